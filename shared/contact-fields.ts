/** The three details a visitor can give in chat and that make a person reachable. */
export const detailFields = ['email', 'name', 'phone'] as const;
export type DetailField = (typeof detailFields)[number];

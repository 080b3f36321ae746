/** Nothing that goes into dist/ changed since it was made. */
export function isBuilt(): boolean;
export function build(options?: { quiet?: boolean }): void;

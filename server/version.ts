declare const __FOYER_VERSION__: string | undefined;
/** The source run without a build is the first one's. */
export const version = typeof __FOYER_VERSION__ === 'string' ? __FOYER_VERSION__ : '1.0.0';

declare module '*.css?inline' {
  const css: string;
  export default css;
}
/** The package's version, set by the build. */
declare const __FOYER_VERSION__: string;
/** Path of the app's entry chunk below the server's origin, set by the build. */
declare const __FOYER_APP__: string;

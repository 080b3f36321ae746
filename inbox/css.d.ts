/** Style sheets that come with a page's code. */
declare module '*.css';

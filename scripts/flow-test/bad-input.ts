/** What the person who runs the test has to mend; its message names the file, the line and the field. */
export class BadInput extends Error {}

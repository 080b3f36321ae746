/** What a person can mend: told as words, without a stack. 2: the command line or the settings are wrong; 1: it could not be done. */
export class Fault extends Error {
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}

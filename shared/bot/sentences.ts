// Sentences said in one breath.

/** Full stops of scripts that write no spaces. */
const closing = /[。！？]$/;

/** With a space between them, unless the one before ends as no language with spaces does. */
export function joinSentences(...sentences: readonly string[]): string {
  return sentences.reduce((said, next) => `${said}${closing.test(said) ? '' : ' '}${next}`);
}

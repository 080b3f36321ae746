// Whose is what an earlier page left unsent? Asked before a session begins, where no cookie tells (I10).
import { storedToken } from './session.ts';

/** Null where nothing was left, or the browser does not say. Where there is no database none comes to be. */
export async function unsentToken(appId: string): Promise<string | null> {
  const name = `foyer_${appId}`;
  try {
    if (storedToken(name) === null && (await indexedDB.databases()).some((database) => database.name === name))
      return await (await import('./read-token.ts')).readToken(name);
  } catch {
    // An old browser, or one that lets the page store nothing.
  }
  return null;
}

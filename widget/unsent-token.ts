// Whose is what an earlier page left unsent? Asked before a session begins, where no cookie tells (I10).
import { storedToken } from './session.ts';

/** As long as a page waits for a browser that neither lists nor refuses. */
const limitMs = 1000;

/** Null where nothing was left, or the browser does not say. Where there is no database none comes to be. */
export async function unsentToken(appId: string): Promise<string | null> {
  const name = `foyer_${appId}`;
  try {
    if (storedToken(name) !== null) return null;
    // Where a cookie was taken and no database opens, a logout on a sister domain leaves this.
    localStorage.removeItem(`${name}_outbox`);
    const silent = new Promise<[]>((resolve) => setTimeout(resolve, limitMs, []));
    const databases = await Promise.race([indexedDB.databases(), silent]);
    if (databases.some((database) => database.name === name)) return await (await import('./read-token.ts')).readToken(name);
  } catch {
    // An old browser, or one that lets the page store nothing.
  }
  return null;
}

// Domains of throw-away mailboxes; the core is handed this as a predicate, since it reads no lists from outside.
import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';

/** Built once, on the first question: the library's own check builds its set anew at every call. */
let listed: ReadonlySet<string> | undefined;

/** Whether the domain, or one it is a subdomain of, hands out throw-away addresses. */
export function isDisposableDomain(domain: string): boolean {
  listed ??= disposableEmailBlocklistSet();
  const labels = domain.trim().toLowerCase().replace(/\.$/, '').split('.');
  for (let from = 0; from < labels.length - 1; from++) if (listed.has(labels.slice(from).join('.'))) return true;
  return false;
}

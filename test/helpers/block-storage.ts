/** Runs in the page before anything else: what strict privacy settings and sandboxes do. */
export function blockStorage(): void {
  const refuse = {
    configurable: true,
    get(): never {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
    set(): never {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    },
  };
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) Object.defineProperty(window, name, refuse);
  Object.defineProperty(Document.prototype, 'cookie', refuse);
}

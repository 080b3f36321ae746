// Two ways in which sites go from page to page without a load. Both run in the page, as scripts of the customer's site.

/** What single-page apps do: another address, another title a moment later, other content. */
export function spaRouter(): void {
  async function show(url: string): Promise<void> {
    const text = await (await fetch(url)).text();
    const page = new DOMParser().parseFromString(text, 'text/html');
    document.querySelector('main')?.replaceWith(page.querySelector('main') ?? '');
    document.title = page.title;
  }
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a');
    if (!link) return;
    event.preventDefault();
    history.pushState(null, '', link.href);
    void show(link.href);
  });
  window.addEventListener('popstate', () => void show(location.href));
}

/**
 * Astro's <ClientRouter />, whose package is far too heavy for a test: written after what its documentation says of a navigation. The
 * next document is fetched and parsed, within a view transition where the browser has one; scripts that ran already are deselected;
 * attributes of the root are replaced; elements of the head that both have stay, others go or come; the body is replaced; then the
 * scripts that are left are run. The events are those of Astro.
 */
export function astroRouter(): void {
  const ran = new Set([...document.scripts].map((script) => script.src || script.textContent));
  const tell = (name: string): boolean => document.dispatchEvent(new Event(`astro:${name}`));

  function deselectScripts(next: Document): void {
    for (const script of next.scripts) if (ran.has(script.src || script.textContent)) script.dataset.astroExec = '';
  }

  function swapRootAttributes(next: Document): void {
    const root = document.documentElement;
    for (const name of root.getAttributeNames()) root.removeAttribute(name);
    for (const { name, value } of next.documentElement.attributes) root.setAttribute(name, value);
  }

  function swapHead(next: Document): void {
    // The list itself changes on the way, here and below.
    for (const element of Array.from(document.head.children)) {
      const same = [...next.head.children].find((other) => other.isEqualNode(element));
      if (same) same.remove();
      else element.remove();
    }
    document.head.append(...next.head.children);
  }

  function runScripts(): void {
    for (const script of Array.from(document.scripts)) {
      if (script.dataset.astroExec === '' || ran.has(script.src || script.textContent)) continue;
      const fresh = document.createElement('script');
      fresh.textContent = script.textContent;
      for (const { name, value } of script.attributes) fresh.setAttribute(name, value);
      ran.add(fresh.src || fresh.textContent);
      script.replaceWith(fresh);
    }
  }

  async function go(url: string, push: boolean): Promise<void> {
    tell('before-preparation');
    const next = new DOMParser().parseFromString(await (await fetch(url)).text(), 'text/html');
    // Addresses in it are of the page it came from.
    next.head.prepend(Object.assign(next.createElement('base'), { href: url }));
    tell('after-preparation');
    const swap = (): void => {
      if (push) history.pushState(null, '', url);
      tell('before-swap');
      next.querySelector('base')?.remove();
      deselectScripts(next);
      swapRootAttributes(next);
      swapHead(next);
      document.body.replaceWith(next.body);
      tell('after-swap');
    };
    if (document.startViewTransition) await document.startViewTransition(swap).updateCallbackDone;
    else swap();
    runScripts();
    tell('page-load');
  }

  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a');
    if (!link) return;
    event.preventDefault();
    void go(link.href, true);
  });
  window.addEventListener('popstate', () => void go(location.href, false));
}

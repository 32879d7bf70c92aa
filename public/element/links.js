// What stays in the element of an app that stands in another page: where its links lead, and what is typed.

/**
 * How the app writes and reads attributes: a link of its own leads to the portal itself, since in a tab of its own it would
 * otherwise be an address of the page's. The app reads it as it wrote it.
 */
export function linksOf(base) {
  const written = new WeakMap();
  const isLink = (element, name) => name === 'href' && element instanceof HTMLAnchorElement;
  return {
    setAttribute(element, name, value) {
      if (!isLink(element, name)) return element.setAttribute(name, value);
      written.set(element, value);
      return element.setAttribute(name, /^[a-z][a-z0-9+.-]*:/i.test(value) ? value : new URL(value, base).href);
    },
    getAttribute(element, name) {
      const value = element.getAttribute(name);
      return value !== null && isLink(element, name) ? written.get(element) ?? value : value;
    },
  };
}

/**
 * Nothing in the element leads the page elsewhere: what the app does not follow itself opens in a tab of its own. And what
 * is typed in its fields, or is a key of the app's, is none of the page's.
 */
export function keepIn(shadow, signal) {
  shadow.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    if (!link || event.defaultPrevented || link.target || link.hasAttribute('download')) return;
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    window.open(link.href, '_blank', 'noopener');
  }, { signal });
  shadow.addEventListener('submit', (event) => event.preventDefault(), { signal });
  // To the page each key would come from the element itself, which is no field: it would take letters for keys of its own.
  for (const kind of ['keydown', 'keypress', 'keyup']) {
    shadow.addEventListener(kind, (event) => {
      const isTyped = !event.ctrlKey && !event.metaKey && !event.altKey && event.target.matches?.('input, textarea, select');
      if (isTyped || event.defaultPrevented) event.stopPropagation();
    }, { signal });
  }
}

// The address of an app that stands in another page.

/** The address of the app, which begins at the portal's own, and its history: neither is the page's. */
export function addressOf(base, reload, moved) {
  const entries = [{ href: base.href, state: null }];
  let at = 0;
  const location = {
    ancestorOrigins: [window.location.origin],
    reload,
    assign: leave,
    replace: leave,
    toString: () => entries[at].href,
  };
  for (const part of ['href', 'origin', 'protocol', 'host', 'hostname', 'port', 'pathname', 'search', 'hash']) {
    Object.defineProperty(location, part, { get: () => new URL(entries[at].href)[part], set: leave });
  }
  const history = {
    get length() { return entries.length; },
    get state() { return entries[at].state; },
    pushState(state, _, url) {
      entries.splice(at + 1, entries.length, entry(state, url));
      at += 1;
    },
    replaceState(state, _, url) { entries[at] = entry(state, url); },
    back: () => go(-1),
    forward: () => go(1),
    go,
  };
  return { location, history };

  function entry(state, url) {
    return { state, href: new URL(url ?? entries[at].href, entries[at].href).href };
  }

  function go(steps = 0) {
    if (!entries[at + steps]) return;
    at += steps;
    queueMicrotask(moved);
  }

  function leave() {
    throw new DOMException('An app in another page does not lead it elsewhere.', 'NotAllowedError');
  }
}

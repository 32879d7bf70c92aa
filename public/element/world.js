// What one app sees of the browser where it stands in another page: a window, a document, an address and a history of its
// own, of which nothing is the page's. Each element has a program of its own in a world of its own, so that two of them
// share nothing, and what one began ends with it (decision 20).
//
// The app's script runs with these objects in the place of the browser's (`xtask/src/dist/in_page.rs`). What is not named
// here is the browser's own.

import { addressOf } from './address.js';
import { keepIn, linksOf } from './links.js';

/** Events of controls: heard only inside the element, where their target is not hidden behind it. */
const INSIDE = new Set([
  'auxclick', 'change', 'click', 'contextmenu', 'copy', 'cut', 'dblclick', 'focusin', 'focusout', 'input', 'keydown',
  'keypress', 'keyup', 'mousedown', 'mouseup', 'paste', 'pointerdown', 'pointerup', 'toggle',
]);
/** Events that the page has as well, and those that are only the app's. */
const BOTH = new Set(['resize', 'storage']);
const OWN = new Set(['hashchange', 'message', 'popstate']);

/** The page around the app has its own of these, of which there is one each. */
const LANDMARKS = { main: 'div', header: 'section', footer: 'section' };

/** All worlds of this page: a change that one makes to what is kept is none that the browser would tell the others of. */
const worlds = new Set();

/**
 * @param {object} ground
 * @param {ShadowRoot} ground.shadow
 * @param {HTMLElement} ground.root stands for the document's element, `page` for its body
 * @param {HTMLElement} ground.page
 * @param {URL} ground.base where the portal's files are
 * @param {(text: string) => void} ground.told takes what the app tells the page around it
 * @param {(error: unknown) => void} ground.failed takes what ended the app
 * @param {() => void} ground.reload starts the app anew
 */
export function makeWorld({ shadow, root, page, base, told, failed, reload }) {
  const end = new AbortController();
  const own = new EventTarget();
  const timers = new Set();
  const observers = new Set();
  const queries = new Set();
  let title = '';

  const { location, history } = addressOf(base, reload, () => own.dispatchEvent(new Event('popstate')));
  keepIn(shadow, end.signal);

  // The page around the app, which hears it as it would from a frame: by its own origin or not at all.
  const around = {
    postMessage(text, origin) {
      if (origin === window.location.origin) queueMicrotask(() => end.signal.aborted || told(text));
    },
  };

  const document = facade(window.document, Document, {
    get defaultView() { return view; },
    get location() { return location; },
    get documentElement() { return root; },
    get body() { return page; },
    get head() { return shadow; },
    get activeElement() { return activeIn(shadow, page); },
    get baseURI() { return base.href; },
    get title() { return title; },
    set title(text) { title = text; },
    createElement: (name) => window.document.createElement(LANDMARKS[name] ?? name),
    getElementById: (id) => shadow.getElementById(id),
    querySelector: (selector) => shadow.querySelector(selector),
    querySelectorAll: (selector) => shadow.querySelectorAll(selector),
    ...listening(window.document, (type) => (type === 'scroll' ? [root, window.document] : undefined)),
  });

  const navigator = facade(window.navigator, Navigator, { get locks() { return locksUntil(end.signal); } });

  const view = facade(window, Window, {
    get window() { return view; },
    get self() { return view; },
    get globalThis() { return view; },
    // As in a frame, another page is around it.
    get parent() { return around; },
    get top() { return around; },
    get document() { return document; },
    get location() { return location; },
    get history() { return history; },
    get navigator() { return navigator; },
    get localStorage() { return kept(window.localStorage); },
    get sessionStorage() { return kept(window.sessionStorage); },
    get pgbpFailed() { return failed; },
    fetch: async (input, options = {}) => alive(window.fetch(addressed(input), {
      ...options,
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([end.signal, options.signal].filter(Boolean)),
    })),
    setTimeout: (act, milliseconds, ...more) => timed(window.setTimeout, act, milliseconds, more),
    clearTimeout: (timer) => stop(timer),
    setInterval: (act, milliseconds, ...more) => timed(window.setInterval, act, milliseconds, more),
    clearInterval: (timer) => stop(timer),
    requestAnimationFrame: (act) => window.requestAnimationFrame((now) => end.signal.aborted || act(now)),
    matchMedia,
    // Where the page around it is scrolled to is its own affair.
    scrollTo: (...place) => root.scrollTo(...place),
    MutationObserver: observing(MutationObserver),
    IntersectionObserver: observing(IntersectionObserver),
    ResizeObserver: observing(ResizeObserver),
    dispatchEvent: (event) => own.dispatchEvent(event),
    ...linksOf(base),
    ...listening(window, (type) => (type.startsWith('pgbp') ? [own] : undefined)),
  });

  // The element may be narrower than the window, and change without it.
  const size = new ResizeObserver(() => {
    for (const query of queries) query.look();
    own.dispatchEvent(new Event('resize'));
  });
  size.observe(root);

  const world = {
    view,
    /** Says a text of the page around the app to it. */
    hear(text) {
      const message = new MessageEvent('message', { data: text, origin: window.location.origin });
      Object.defineProperty(message, 'source', { value: around });
      own.dispatchEvent(message);
    },
    /** Another app of this page has changed what is kept. */
    changed(event) { own.dispatchEvent(event); },
    /** Ends everything that the app has begun, as a tab that is closed does; nothing it still does reaches anything. */
    end() {
      worlds.delete(world);
      end.abort();
      for (const timer of timers) window.clearTimeout(timer);
      for (const observer of [size, ...observers]) observer.disconnect();
      for (const query of queries) query.forget();
      for (const collection of [timers, queries]) collection.clear();
    },
  };
  worlds.add(world);
  return world;

  /** Adding and removing listeners, where `special` or the kind of event says. They go with the world. */
  function listening(target, special) {
    const targets = (type) => special(type) ?? (INSIDE.has(type) ? [root] : OWN.has(type) ? [own] : BOTH.has(type) ? [target, own] : [target]);
    return {
      addEventListener(type, listener, options) {
        const wanted = typeof options === 'object' ? options : { capture: Boolean(options) };
        for (const one of targets(type)) one.addEventListener(type, listener, { ...wanted, signal: end.signal });
      },
      removeEventListener(type, listener, options) {
        for (const one of targets(type)) one.removeEventListener(type, listener, options);
      },
    };
  }

  /** Nothing comes of it any more once the world has ended. */
  function alive(promise) {
    return new Promise((resolve, reject) => {
      promise.then(
        (value) => end.signal.aborted || resolve(value),
        (error) => end.signal.aborted || reject(error),
      );
    });
  }

  function addressed(input) {
    return typeof input === 'string' || input instanceof URL ? new URL(input, base) : input;
  }

  function timed(begin, act, milliseconds, more) {
    if (end.signal.aborted) return 0;
    const timer = begin.call(window, (...given) => {
      if (begin === window.setTimeout) timers.delete(timer);
      act(...given);
    }, milliseconds, ...more);
    timers.add(timer);
    return timer;
  }

  function stop(timer) {
    timers.delete(timer);
    window.clearTimeout(timer);
  }

  function observing(Kind) {
    return class extends Kind {
      observe(...given) {
        observers.add(this);
        super.observe(...given);
      }

      disconnect() {
        observers.delete(this);
        super.disconnect();
      }
    };
  }

  /** A media query: of the width and height of the element in place of the window's. */
  function matchMedia(text) {
    const limits = [...text.matchAll(/\((min|max)-(width|height):\s*([\d.]+)px\)/g)];
    const list = limits.length === 0 ? window.matchMedia(text) : {
      media: text,
      matches: fits(limits),
      onchange: null,
    };
    queries.add({
      look() {
        if (limits.length === 0 || list.matches === fits(limits)) return;
        list.matches = !list.matches;
        list.onchange?.(new Event('change'));
      },
      forget() { list.onchange = null; },
    });
    return list;
  }

  function fits(limits) {
    return limits.every(([, side, dimension, pixels]) => {
      const there = dimension === 'width' ? root.clientWidth : root.clientHeight;
      return side === 'min' ? there >= pixels : there <= pixels;
    });
  }

  /** What the browser keeps for the page's origin, as a tab of its own would see it. */
  function kept(storage) {
    return {
      get length() { return storage.length; },
      key: (index) => storage.key(index),
      getItem: (key) => storage.getItem(key),
      setItem: (key, value) => change(key, value, () => storage.setItem(key, value)),
      removeItem: (key) => change(key, null, () => storage.removeItem(key)),
    };

    function change(key, newValue, act) {
      if (end.signal.aborted) return;
      const oldValue = storage.getItem(key);
      act();
      if (storage !== window.localStorage || oldValue === newValue) return;
      const event = { key, oldValue, newValue, storageArea: storage, url: location.href };
      for (const other of worlds) {
        if (other !== world) queueMicrotask(() => other.changed(new StorageEvent('storage', event)));
      }
    }
  }

  function locksUntil(signal) {
    const locks = window.navigator.locks;
    if (!locks) return undefined;
    const ended = new Promise((resolve) => signal.addEventListener('abort', resolve));
    return {
      request(name, options, act) {
        // One that is asked for only if it is free cannot be given up.
        const waiting = options.ifAvailable ? {} : { signal: AbortSignal.any([signal, options.signal].filter(Boolean)) };
        return alive(locks.request(name, { ...options, ...waiting }, (lock) => (
          signal.aborted ? undefined : Promise.race([act(lock), ended])
        )));
      },
    };
  }
}

/** An object of this kind that has these members of its own, and all others of the browser's. */
function facade(real, Kind, members) {
  return new Proxy(Object.create(Kind.prototype), {
    get(_, name) {
      if (Object.hasOwn(members, name)) return members[name];
      const value = real[name];
      // Constructors stay what they are.
      return typeof value === 'function' && /^[a-z]/.test(String(name)) ? value.bind(real) : value;
    },
    set(_, name, value) {
      members[name] = value;
      return true;
    },
    has: (_, name) => Object.hasOwn(members, name) || name in real,
    deleteProperty: (_, name) => delete members[name],
  });
}

/** What has the focus inside the element; what has it elsewhere in the page is not for the app to take it from. */
function activeIn(shadow, page) {
  const inside = shadow.activeElement;
  if (inside) return inside === page ? null : inside;
  const elsewhere = window.document.activeElement;
  return elsewhere === window.document.body || elsewhere === shadow.host ? null : elsewhere;
}

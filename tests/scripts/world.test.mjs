// public/element/world.js in a made-up page: what an app sees of the browser there, and that nothing of it outlives it.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

const HOST = 'https://admin.contoso.com';
const BASE = new URL('https://backup.contoso.com/portal/');

/** The page: the browser's own objects, as far as they are asked for. */
let page;
let makeWorld;

class Observer {
  constructor(act) { Object.assign(this, { act, seen: [] }); page.observers.push(this); }
  observe(target) { this.seen.push(target); }
  disconnect() { this.seen = []; }
}

class Link {
  attributes = new Map();
  setAttribute(name, value) { this.attributes.set(name, value); }
  getAttribute(name) { return this.attributes.get(name) ?? null; }
  hasAttribute(name) { return this.attributes.has(name); }
  get href() { return this.getAttribute('href'); }
  get target() { return this.getAttribute('target') ?? ''; }
  closest() { return this; }
}

class StorageEvent extends Event {
  constructor(kind, more) { super(kind); Object.assign(this, more); }
}

class Storage {
  #kept = new Map();
  get length() { return this.#kept.size; }
  key(index) { return [...this.#kept.keys()][index] ?? null; }
  getItem(key) { return this.#kept.get(key) ?? null; }
  setItem(key, value) { this.#kept.set(key, value); }
  removeItem(key) { this.#kept.delete(key); }
}

beforeEach(async () => {
  page = { observers: [], timers: new Map(), fetched: [], locks: [], body: {}, active: null };
  class Window extends EventTarget {}
  globalThis.HTMLAnchorElement = Link;
  class Document extends EventTarget {}
  class Navigator {}
  const document = Object.assign(new Document(), { title: 'Host', body: page.body, baseURI: `${HOST}/`, createElement: (name) => ({ name }) });
  Object.defineProperty(document, 'activeElement', { get: () => page.active });
  const locks = {
    request(name, options, act) {
      const lock = { name, options };
      page.locks.push(lock);
      lock.held = Promise.resolve(act(lock)).then(() => (lock.isReleased = true));
      return lock.held;
    },
  };
  const window = Object.assign(new Window(), {
    document,
    navigator: Object.assign(new Navigator(), { locks, language: 'de' }),
    location: new URL(`${HOST}/databases`),
    localStorage: new Storage(),
    sessionStorage: new Storage(),
    crypto: globalThis.crypto,
    fetch: (address, options) => new Promise((resolve, reject) => page.fetched.push({ address: String(address), options, resolve, reject })),
    setTimeout: (act, milliseconds) => { page.timers.set(page.timers.size + 1, { act, milliseconds }); return page.timers.size; },
    setInterval: (act, milliseconds) => { page.timers.set(page.timers.size + 1, { act, milliseconds }); return page.timers.size; },
    clearTimeout: (timer) => page.timers.delete(timer),
    requestAnimationFrame: (act) => { page.frame = act; },
    matchMedia: (media) => ({ media, matches: true, onchange: null }),
  });
  const kinds = { MutationObserver: class extends Observer {}, IntersectionObserver: class extends Observer {}, ResizeObserver: class extends Observer {} };
  Object.assign(globalThis, { window, Window, Document, StorageEvent, ...kinds });
  Object.defineProperty(globalThis, 'navigator', { value: window.navigator, configurable: true });
  Object.assign(globalThis, { Navigator });
  ({ makeWorld } = await import('../../public/element/world.js'));
});

/** An app's ground and its world. */
function world(more = {}) {
  const root = Object.assign(new EventTarget(), { clientWidth: 1000, clientHeight: 800, scrollTo() {} });
  const inner = { tagName: 'DIV' };
  const shadow = Object.assign(new EventTarget(), { host: {}, activeElement: null, getElementById: (id) => `#${id}`, querySelector: (selector) => `one ${selector}`, querySelectorAll: (selector) => `all ${selector}` });
  const told = [];
  const made = makeWorld({ shadow, root, page: inner, base: BASE, told: (text) => told.push(text), failed: () => {}, reload: () => {}, ...more });
  return { ...made, view: made.view, root, inner, shadow, told, document: made.view.document };
}

const soon = () => new Promise(setImmediate);

test('the document is the part of it in which the app stands', () => {
  const { view, document, root, inner } = world();
  assert.ok(view instanceof Window && document instanceof Document);
  assert.equal(document.documentElement, root);
  assert.equal(document.body, inner);
  assert.equal(document.getElementById('main'), '#main');
  assert.equal(document.querySelector('dialog'), 'one dialog');
  assert.equal(document.baseURI, BASE.href);
  assert.deepEqual(document.createElement('p'), { name: 'p' }, 'what is made is the browser\'s own');
  assert.deepEqual(document.createElement('main'), { name: 'div' }, 'the page has one');
  document.title = 'Backups';
  assert.equal(document.title, 'Backups');
  assert.equal(window.document.title, 'Host');
  assert.equal(view.navigator.language, 'de');
});

test('the focus is the app\'s own, or somebody else\'s, which it is not to take', () => {
  const { document, shadow, inner } = world();
  const [button, field] = [{ tagName: 'BUTTON' }, { tagName: 'INPUT' }];
  for (const [inside, outside, expected] of [
    [button, shadow.host, button], [inner, shadow.host, null], [null, page.body, null], [null, shadow.host, null], [null, field, field],
  ]) {
    shadow.activeElement = inside;
    page.active = outside;
    assert.equal(document.activeElement, expected);
  }
});

test('address and history are the portal\'s and in memory', async () => {
  const { view } = world();
  assert.equal(view.location.origin, 'https://backup.contoso.com');
  let came = 0;
  view.addEventListener('popstate', () => (came += 1));
  view.history.pushState({ a: 1 }, '', '/portal/servers?q=1');
  view.history.pushState(null, '', 'jobs');
  assert.equal(view.location.href, 'https://backup.contoso.com/portal/jobs');
  view.history.back();
  await soon();
  assert.deepEqual([view.location.pathname, view.location.search, view.history.state, came], ['/portal/servers', '?q=1', { a: 1 }, 1]);
  view.history.go(9);
  await soon();
  assert.equal(came, 1, 'there is nothing that far');
  assert.throws(() => view.location.assign('https://login.example/'), { name: 'NotAllowedError' });
  assert.throws(() => { view.location.href = '/elsewhere'; }, { name: 'NotAllowedError' });
  assert.equal(window.location.href, `${HOST}/databases`);
});

test('t12_the_page_around_is_told_and_heard_by_its_origin_alone', async () => {
  const { view, hear, told } = world();
  assert.notEqual(view.top, view.self, 'as in a frame');
  view.parent.postMessage('to nobody', 'https://evil.example');
  view.parent.postMessage('to anybody', '*');
  view.parent.postMessage('to the host', HOST);
  await soon();
  assert.deepEqual(told, ['to the host']);
  const heard = [];
  view.addEventListener('message', ({ data, origin, source }) => heard.push([data, origin, source === view.parent]));
  hear('init');
  window.dispatchEvent(Object.assign(new Event('message'), { data: 'from anybody' }));
  assert.deepEqual(heard, [['init', HOST, true]]);
});

test('keys and clicks are heard inside the element alone, and the app\'s own events by itself alone', () => {
  const [one, other] = [world(), world()];
  const heard = [];
  for (const kind of ['keydown', 'click', 'pgbp-part-not-loaded', 'visibilitychange']) {
    one.view.addEventListener(kind, () => heard.push(kind));
  }
  window.dispatchEvent(new Event('keydown'));
  other.root.dispatchEvent(new Event('click'));
  other.view.dispatchEvent(new Event('pgbp-part-not-loaded'));
  assert.deepEqual(heard, []);
  one.root.dispatchEvent(new Event('keydown'));
  one.root.dispatchEvent(new Event('click'));
  one.view.dispatchEvent(new Event('pgbp-part-not-loaded'));
  window.dispatchEvent(new Event('visibilitychange'));
  assert.deepEqual(heard, ['keydown', 'click', 'pgbp-part-not-loaded', 'visibilitychange']);
});

test('a link of the app\'s leads to the portal itself, and the app reads what it wrote', () => {
  const { view } = world();
  const link = new Link();
  for (const [written, leads] of [
    ['/portal/jobs?a=1', 'https://backup.contoso.com/portal/jobs?a=1'],
    ['#main', 'https://backup.contoso.com/portal/#main'],
    ['https://portal.azure.com/x', 'https://portal.azure.com/x'],
    ['blob:https://admin.contoso.com/1', 'blob:https://admin.contoso.com/1'],
  ]) {
    view.setAttribute(link, 'href', written);
    assert.equal(link.href, leads);
    assert.equal(view.getAttribute(link, 'href'), written);
  }
  view.setAttribute(link, 'class', '/not/a/link');
  assert.equal(link.getAttribute('class'), '/not/a/link');
  assert.equal(view.getAttribute(link, 'title'), null);
});

test('no link and no form leads the page elsewhere', () => {
  const { shadow, end } = world();
  const opened = [];
  window.open = (...given) => opened.push(given);
  const click = (attributes = {}, more = {}) => {
    const link = new Link();
    for (const [name, value] of Object.entries({ href: 'https://learn.example/', ...attributes })) link.setAttribute(name, value);
    const event = Object.assign(new Event('click', { cancelable: true }), { button: 0, ...more });
    Object.defineProperty(event, 'target', { value: link });
    shadow.dispatchEvent(event);
    return event.defaultPrevented;
  };
  assert.ok(click());
  assert.deepEqual(opened, [['https://learn.example/', '_blank', 'noopener']]);
  for (const left of [[{ target: '_blank' }], [{ download: 'a.csv' }], [{}, { ctrlKey: true }], [{}, { button: 1 }]]) assert.ok(!click(...left));
  const submit = new Event('submit', { cancelable: true });
  shadow.dispatchEvent(submit);
  assert.ok(submit.defaultPrevented);
  end();
  assert.ok(!click());
  assert.equal(opened.length, 1);
});

test('what is typed in a field, and a key that the app takes, is not heard by the page', () => {
  const { shadow } = world();
  const reaches = (target, more = {}) => {
    const event = Object.assign(new Event('keydown', { cancelable: true, bubbles: true }), more);
    Object.defineProperty(event, 'target', { value: { matches: () => target === 'field' } });
    let isStopped = false;
    event.stopPropagation = () => (isStopped = true);
    if (more.isTaken) event.preventDefault();
    shadow.dispatchEvent(event);
    return !isStopped;
  };
  assert.ok(!reaches('field'));
  assert.ok(reaches('field', { ctrlKey: true }), 'a combination is the page\'s own');
  assert.ok(reaches('button'));
  assert.ok(!reaches('button', { isTaken: true }));
});

test('a width is the element\'s', () => {
  const { view, root } = world();
  const wide = view.matchMedia('(min-width: 1280px)');
  const between = view.matchMedia('(min-width: 640px) and (max-width: 1023.98px)');
  const dark = view.matchMedia('(prefers-color-scheme: dark)');
  assert.deepEqual([wide.matches, between.matches, dark.matches], [false, true, true]);
  let changes = 0;
  let resizes = 0;
  wide.onchange = () => (changes += 1);
  view.addEventListener('resize', () => (resizes += 1));
  root.clientWidth = 1400;
  page.observers[0].act();
  assert.deepEqual([wide.matches, between.matches, changes, resizes], [true, false, 1, 1]);
});

test('its files and Azure are asked without a word of the page, from where the portal is', () => {
  const { view } = world();
  view.fetch('config.json', { cache: 'no-store' });
  view.fetch('https://management.azure.com/subscriptions');
  const [{ address, options }, azure] = page.fetched;
  assert.equal(address, 'https://backup.contoso.com/portal/config.json');
  assert.deepEqual([options.cache, options.referrerPolicy], ['no-store', 'no-referrer']);
  assert.equal(azure.address, 'https://management.azure.com/subscriptions');
});

test('what one app keeps, the others of the page hear as tabs do', async () => {
  const [one, other] = [world(), world()];
  const heard = [];
  one.view.addEventListener('storage', ({ key, oldValue, newValue }) => heard.push(['one', key, oldValue, newValue]));
  other.view.addEventListener('storage', ({ key, oldValue, newValue }) => heard.push(['other', key, oldValue, newValue]));
  one.view.localStorage.setItem('pgbp.a', '1');
  one.view.localStorage.setItem('pgbp.a', '1');
  one.view.sessionStorage.setItem('pgbp.b', '1');
  await soon();
  assert.deepEqual(heard, [['other', 'pgbp.a', null, '1']]);
  assert.deepEqual([other.view.localStorage.getItem('pgbp.a'), other.view.localStorage.length, other.view.localStorage.key(0)], ['1', 1, 'pgbp.a']);
  window.dispatchEvent(new StorageEvent('storage', { key: 'pgbp.c' }));
  assert.equal(heard.length, 3, 'other tabs are heard by both');
});

test('an app that ends leaves nothing behind and does nothing more', async () => {
  const { view, end, root } = world();
  let acts = 0;
  const act = () => (acts += 1);
  view.addEventListener('online', act);
  view.addEventListener('click', act, true);
  view.document.addEventListener('visibilitychange', act);
  view.document.addEventListener('scroll', act, true);
  view.setTimeout(act, 1000);
  view.setInterval(act, 1000);
  view.requestAnimationFrame(act);
  const observer = new view.MutationObserver(act);
  observer.observe(root);
  view.fetch('config.json').then(act, act);
  const lock = view.navigator.locks.request('leader', {}, () => new Promise(() => {}));
  lock.then(act, act);
  const query = view.matchMedia('(prefers-color-scheme: dark)');
  query.onchange = act;
  end();
  for (const kind of ['online', 'visibilitychange']) window.dispatchEvent(new Event(kind));
  for (const kind of ['visibilitychange', 'scroll']) window.document.dispatchEvent(new Event(kind));
  root.dispatchEvent(new Event('click'));
  page.frame(0);
  const [{ options, reject }] = page.fetched;
  assert.ok(options.signal.aborted);
  reject(new Error('aborted'));
  view.localStorage.setItem('pgbp.a', '1');
  assert.equal(view.setTimeout(act, 0), 0);
  await soon();
  assert.equal(acts, 0);
  assert.equal(page.timers.size, 0);
  assert.equal(query.onchange, null);
  assert.deepEqual(page.observers.flatMap(({ seen }) => seen), []);
  assert.ok(page.locks[0].isReleased, 'another app of the page, or tab, leads on');
  assert.equal(window.localStorage.length, 0, 'what a closed tab would not keep');
});

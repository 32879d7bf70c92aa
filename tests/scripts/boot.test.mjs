// public/boot.js in a made-up page: what it takes out of the address, and what it says where there is no app.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

const BOOT = readFileSync(new URL('../../public/boot.js', import.meta.url), 'utf8');

/** The folder of whoever built the app. */
const HOME = ['', 'home', 'somebody'].join('/');

/** Runs boot.js at this address; gives the page it has made of it. */
function boot(address, { inFrame = false, wasm = true, features = true } = {}) {
  const url = new URL(address);
  const shown = { element: null, address, listeners: {}, copied: null };
  const node = (name) => ({ name, children: [], append(...children) { this.children.push(...children); }, replaceChildren(child) { shown.element = child; } });
  const body = node('body');
  const meta = { dataset: { js: 'app.js', wasm: 'app.wasm' } };
  const window = {};
  window.self = window;
  window.top = inFrame ? {} : window;
  const document = {
    baseURI: 'https://portal.example/',
    title: '',
    createElement: node,
    querySelector: (selector) => ({ body, 'meta[name="app"]': meta, '.boot-failure': shown.element })[selector] ?? null,
  };
  const location = { hash: url.hash, search: url.search, pathname: url.pathname, reload() {} };
  const history = { replaceState: (_, __, path) => { shown.address = path; } };
  const navigator = { clipboard: { writeText: async (text) => { shown.copied = text; } } };
  const engine = wasm ? { RuntimeError: WebAssembly.RuntimeError, validate: (bytes) => features && WebAssembly.validate(bytes) } : undefined;
  const globals = {
    window, document, location, history, navigator, WebAssembly: engine,
    HTMLElement: { prototype: { popover: '' } }, CSS: { supports: () => true },
    addEventListener: (kind, listener) => { shown.listeners[kind] = listener; },
  };
  // `import()` of a file that is not there fails here as it does in a browser.
  new Function(...Object.keys(globals), BOOT)(...Object.values(globals));
  const words = (element) => (element ? [element.textContent ?? '', ...element.children.map(words)].join(' ') : '');
  return { shown, window, document, words: () => words(shown.element), next: () => new Promise(setImmediate) };
}

test('an answer leaves the address and is handed over only where its state is', () => {
  for (const [address, left, handedOver] of [
    ['https://p.example/#access_token=t&state=s', '/', 'access_token=t&state=s'],
    ['https://p.example/portal/?a=b#id_token=t&state=s', '/portal/?a=b', 'id_token=t&state=s'],
    ['https://p.example/#access_token=t', '/', undefined],
    ['https://p.example/#code=c&state=s', '/', 'code=c&state=s'],
    ['https://p.example/?error=access_denied&error_description=x&state=s', '/', 'error=access_denied&error_description=x&state=s'],
    ['https://p.example/?error=server_error', '/', undefined],
    ['https://p.example/?pane=take-backup#here', 'https://p.example/?pane=take-backup#here', undefined],
    ['https://p.example/', 'https://p.example/', undefined],
  ]) {
    const { shown, window } = boot(address);
    assert.equal(shown.address, left, address);
    assert.equal(window.pgbpSignInAnswer, handedOver, address);
  }
});

test('in a frame an answer is cleared, and nothing starts', async () => {
  const { shown, window, words, next } = boot('https://p.example/#access_token=t&state=s', { inFrame: true });
  await next();
  assert.deepEqual([shown.address, window.pgbpSignInAnswer, words()], ['/', undefined, '']);
});

test('an old browser is told which ones will do', async () => {
  for (const browser of [{ wasm: false }, { features: false }]) {
    const { words, next } = boot('https://p.example/', browser);
    await next();
    assert.match(words(), /This browser cannot run the portal/);
    assert.match(words(), /Edge or Chrome 123, Firefox 125, Safari 17\.5/);
  }
});

test('an app that cannot be loaded says so and offers to reload', async () => {
  const { words, next } = boot('https://p.example/');
  await next();
  await next();
  assert.match(words(), /The portal could not be loaded .* there may be a new version/);
  assert.match(words(), /Reload/);
});

test('a panic shows its place and no secret', async () => {
  const { window, document, words, shown } = boot('https://p.example/');
  window.pgbpFailed([
    `panicked at ${HOME}/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/leptos-0.8.23/src/lib.rs:1:2:`,
    'no answer of https://management.azure.com/operations/1?api-version=1&t=1&s=Wq to Bearer eyJhbGciOi.eyJpc3Mi.sig_nature',
    'nor of https://a.blob.core.windows.net/c?sv=2024&sig=abc%2Fdef and sig=alone',
    'nor of code=c0de&state=st4te, code_verifier=v3rifier or refresh_token=r3fresh',
    'Version 0.1.0',
  ].join('\n'));
  assert.match(words(), /The portal has stopped/);
  assert.match(document.title, /The portal has stopped/);
  assert.match(words(), /panicked at leptos-0\.8\.23\/src\/lib\.rs:1:2:/);
  assert.match(words(), /https:\/\/management\.azure\.com\/operations\/1\?… to Bearer …/);
  for (const secret of ['eyJ', 'Wq', 'abc', 'alone', 'sig_nature', 'c0de', 'st4te', 'v3rifier', 'r3fresh', HOME]) assert.ok(!words().includes(secret), secret);
  const copy = shown.element.children[0].children.find((child) => child.textContent === 'Copy details');
  await copy.onclick({ target: copy });
  assert.match(shown.copied, /Version 0\.1\.0/);
  assert.ok(!shown.copied.includes('eyJ'));
  assert.equal(copy.textContent, 'Copied');
});

test('what is left of the app after a panic asks for nothing', () => {
  const { window } = boot('https://p.example/');
  window.pgbpFailed('panicked');
  assert.ok(window.fetch('https://management.azure.com/') instanceof Promise, 'and it never ends');
});

test('a trap without a panic is a stop too, another script’s error is not, and the first words stay', async () => {
  const { words, shown } = boot('https://p.example/');
  shown.listeners.error({ error: new TypeError('of an extension') });
  assert.equal(words(), '');
  shown.listeners.error({ error: new WebAssembly.RuntimeError('unreachable') });
  assert.match(words(), /unreachable/);
  shown.listeners.error({ error: new WebAssembly.RuntimeError('second') });
  assert.ok(!words().includes('second'));
});

// xtask/src/dist/prefetch.js in a made-up page: what it fetches, and when it does not.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

const PREFETCH = readFileSync(new URL('../../xtask/src/dist/prefetch.js', import.meta.url), 'utf8');
const FILES = ['./a-1.wasm', './b-2.wasm', './c-3.wasm'];
const ALL = ['a-1.wasm', 'b-2.wasm', 'c-3.wasm'];

/** Runs the script in a page whose timers and idle moments come when `run` lets them. */
function open({ main = true, reading = false, hidden = false, online = true, connection, loaded = [], answers = {}, canBeIdle = true } = {}) {
  const page = { main, reading, hidden, online, connection, fetched: [], read: [], priorities: new Set(), waited: 0 };
  const waiting = [];
  const document = {
    baseURI: 'https://portal.example/at/',
    get hidden() { return page.hidden; },
    querySelector: (selector) => (({ '#main': page.main, '#main .reading': page.reading })[selector] ? {} : null),
  };
  const fetch = async (address, { priority }) => {
    const name = address.replace(document.baseURI, '');
    page.fetched.push(name);
    page.priorities.add(priority);
    const status = answers[name] ?? 200;
    if (status === 0) throw new TypeError('Failed to fetch');
    return { ok: status === 200, arrayBuffer: async () => page.read.push(name) };
  };
  const globals = {
    FILES, document, fetch,
    window: canBeIdle ? { requestIdleCallback: (then) => waiting.push([0, then]) } : {},
    navigator: { get connection() { return page.connection; }, get onLine() { return page.online; } },
    performance: { getEntriesByName: (address) => loaded.map((name) => document.baseURI + name).filter((known) => known === address) },
    setTimeout: (then, milliseconds) => waiting.push([milliseconds, then]),
  };
  new Function(...Object.keys(globals), PREFETCH)(...Object.values(globals));
  /** Lets so many timers and idle moments come. */
  page.run = async (times = 50) => {
    for (; times > 0; times -= 1) {
      const [milliseconds, then] = waiting.shift() ?? [0, () => {}];
      page.waited += milliseconds;
      then();
      await new Promise(setImmediate);
    }
    return page.fetched;
  };
  return page;
}

test('each file is fetched once, to its end and as the last of what the browser fetches', async () => {
  const page = open();
  assert.deepEqual(await page.run(), ALL);
  assert.deepEqual(page.read, ALL);
  assert.deepEqual([...page.priorities], ['low']);
});

test('one file comes after the other, each in an idle moment of its own', async () => {
  const page = open();
  assert.deepEqual(await page.run(1), [], 'the page comes first');
  assert.deepEqual(await page.run(1), ['a-1.wasm']);
  assert.deepEqual(await page.run(1), ['a-1.wasm', 'b-2.wasm']);
});

test('a browser that does not tell its idle moments is left some between two files', async () => {
  const page = open({ canBeIdle: false });
  assert.deepEqual(await page.run(), ALL);
  assert.equal(page.waited, 3000 + 3 * 500);
});

test('what the page has loaded itself is not fetched again', async () => {
  assert.deepEqual(await open({ loaded: ['a-1.wasm', 'c-3.wasm'] }).run(), ['b-2.wasm']);
});

test('nothing comes before the data of the page, nor while the tab is hidden or there is no network', async () => {
  for (const [state, change] of [
    [{ main: false }, { main: true }],
    [{ reading: true }, { reading: false }],
    [{ hidden: true }, { hidden: false }],
    [{ online: false }, { online: true }],
  ]) {
    const page = open(state);
    assert.deepEqual(await page.run(), [], JSON.stringify(state));
    Object.assign(page, change);
    assert.deepEqual(await page.run(), ALL, JSON.stringify(change));
  }
});

test('a user who saves data, and a slow network, are spared', async () => {
  for (const connection of [{ saveData: true }, { effectiveType: '2g' }, { effectiveType: 'slow-2g' }]) {
    assert.deepEqual(await open({ connection }).run(), [], JSON.stringify(connection));
  }
  assert.deepEqual(await open({ connection: { saveData: false, effectiveType: '4g' } }).run(), ALL);

  const page = open();
  await page.run(2);
  page.connection = { saveData: true };
  assert.deepEqual(await page.run(), ['a-1.wasm'], 'from the next file on');
});

test('a file that cannot be fetched ends it without a word', async () => {
  for (const status of [0, 404]) {
    const page = open({ answers: { 'b-2.wasm': status } });
    assert.deepEqual(await page.run(), ['a-1.wasm', 'b-2.wasm'], status);
    assert.deepEqual(page.read, ['a-1.wasm'], status);
  }
});

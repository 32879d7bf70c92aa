// public/embed.js in a made-up page: what it tells the portal, and what it listens to.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

const PORTAL = new URL('../../public/', import.meta.url);
const ORIGIN = 'https://backup.contoso.com';

let page;
let embed;

beforeEach(async () => {
  page = { listeners: new Set(), told: [], appended: [], frame: null };
  globalThis.window = {
    innerHeight: 900,
    addEventListener: (kind, listener) => kind === 'message' && page.listeners.add(listener),
    removeEventListener: (_, listener) => page.listeners.delete(listener),
  };
  globalThis.document = {
    createElement(name) {
      assert.equal(name, 'iframe');
      page.frame = {
        style: {},
        offsetHeight: 150,
        contentWindow: { postMessage: (text, origin) => page.told.push({ ...JSON.parse(text), to: origin }) },
        remove() { page.frame.removed = true; },
      };
      return page.frame;
    },
  };
  ({ embed } = await import(new URL('embed.js', PORTAL)));
});

const container = { append: (child) => page.appended.push(child) };
const url = `${ORIGIN}/portal/`;
const getToken = async () => ({ token: 'tok', expiresOn: new Date(0) });

/** The portal says something. */
async function say(body, { source = page.frame.contentWindow, origin = ORIGIN } = {}) {
  const data = typeof body === 'string' ? body : JSON.stringify({ v: 1, ...body });
  for (const listener of page.listeners) listener({ source, origin, data });
  await new Promise(setImmediate);
}

test('the frame is named, shows the portal, and is told what it starts with', async () => {
  const account = { tenantId: 't', objectId: 'o', name: 'Mira' };
  embed(container, { url, getToken, account, resourceId: '/subscriptions/s', theme: 'dark', readOnly: true, hide: ['restore'] });
  assert.deepEqual(page.appended, [page.frame]);
  assert.equal(page.frame.src, url);
  assert.equal(page.frame.title, 'Backup and restore');
  assert.deepEqual(page.told, [], 'nothing is said before the portal is there');
  await say({ type: 'pgbackup/ready', nonce: 'n' });
  assert.deepEqual(page.told, [{
    type: 'pgbackup/init', v: 1, nonce: 'n', account, resourceId: '/subscriptions/s', theme: 'dark', readOnly: true,
    hide: ['restore'], to: ORIGIN,
  }]);
});

test('t12_nobody_but_the_frame_at_its_own_origin_is_heard', async () => {
  let asked = 0;
  embed(container, { url, getToken: async () => { asked += 1; return getToken(); } });
  const request = { type: 'pgbackup/token-request', requestId: 'r', reason: 'missing' };
  await say(request, { origin: 'https://evil.example' });
  await say(request, { source: {} });
  await say(JSON.stringify({ ...request, v: 2 }));
  await say('{');
  await say(JSON.stringify({ v: 1, ...request, padding: 'x'.repeat(70_000) }));
  for (const listener of page.listeners) listener({ source: page.frame.contentWindow, origin: ORIGIN, data: request });
  assert.equal(asked, 0);
  assert.deepEqual(page.told, []);
  await say(request);
  assert.equal(asked, 1);
});

test('a token is asked for, and goes to the portal alone', async () => {
  const asked = [];
  embed(container, { url, getToken: async (request) => { asked.push(request); return { token: 'tok', expiresOn: 1e12 }; } });
  await say({ type: 'pgbackup/token-request', requestId: 'r', tenantId: 't', claims: '{}', reason: 'claims' });
  assert.deepEqual(asked, [{ tenantId: 't', claims: '{}', reason: 'claims' }]);
  assert.deepEqual(page.told, [{
    type: 'pgbackup/token-response', v: 1, requestId: 'r', token: 'tok', expiresOn: '2001-09-09T01:46:40.000Z', to: ORIGIN,
  }]);
});

test('what gives no token says why, in a line', async () => {
  const failure = Object.assign(new Error(`AADSTS50076: ${'é'.repeat(600)}\nTrace: 1`), { errorCode: 'interaction_required' });
  for (const [getToken, code, begins] of [
    [async () => { throw failure; }, 'interaction_required', 'AADSTS50076: éé'],
    [async () => { throw 'no'; }, 'error', 'no'],
    [async () => undefined, 'TypeError', ''],
    [async () => ({ token: '', expiresOn: 1 }), 'TypeError', 'getToken gave no'],
    [async () => ({ token: 't' }), 'TypeError', 'getToken gave no'],
  ]) {
    page.told.length = 0;
    const embedded = embed(container, { url, getToken });
    await say({ type: 'pgbackup/token-request', requestId: 'r', reason: 'missing' });
    const [{ error, token }] = page.told;
    assert.equal(error.code, code);
    assert.ok(error.message.startsWith(begins), error.message);
    assert.ok(new TextEncoder().encode(error.message).length <= 512 && !error.message.includes('\n'));
    assert.equal(token, undefined);
    embedded.close();
  }
});

test('what the host changes is told, and told again to a frame that is loaded anew', async () => {
  const embedded = embed(container, { url, getToken, resourceId: '/a', theme: 'light' });
  embedded.setTheme('dark', 'more');
  embedded.setLocale('de-CH');
  embedded.setTarget('/b');
  embedded.setPath('/jobs');
  assert.deepEqual(page.told.map(({ type, to, ...more }) => [type, more]), [
    ['pgbackup/theme', { v: 1, theme: 'dark', contrast: 'more' }],
    ['pgbackup/locale', { v: 1, locale: 'de-CH' }],
    ['pgbackup/target', { v: 1, resourceId: '/b' }],
    ['pgbackup/path', { v: 1, path: '/jobs' }],
  ]);
  await say({ type: 'pgbackup/navigate', path: '/vaults', title: 'Backup vaults' });
  page.told.length = 0;
  await say({ type: 'pgbackup/ready', nonce: 'again' });
  assert.deepEqual(page.told, [{
    type: 'pgbackup/init', v: 1, nonce: 'again', path: '/vaults', locale: 'de-CH', theme: 'dark', contrast: 'more', to: ORIGIN,
  }]);
});

test('the portal tells where it is, what it shows and how high it is', async () => {
  const heard = [];
  const note = (name) => (value) => heard.push([name, value]);
  embed(container, {
    url, getToken, onStarted: () => heard.push(['started']), onRefused: note('refused'), onNavigate: note('navigate'),
    onNotify: note('notify'), onResize: note('resize'),
  });
  await say({ type: 'pgbackup/started' });
  await say({ type: 'pgbackup/refused', reason: 'another cloud' });
  await say({ type: 'pgbackup/navigate', path: '/jobs', title: 'Jobs' });
  await say({ type: 'pgbackup/notify', intent: 'success', title: 'On-demand backup completed' });
  await say({ type: 'pgbackup/resize', height: 700 });
  await say({ type: 'pgbackup/resize', height: 'tall' });
  await say({ type: 'pgbackup/later' });
  assert.deepEqual(heard, [
    ['started'], ['refused', 'another cloud'], ['navigate', { path: '/jobs', title: 'Jobs' }],
    ['notify', { intent: 'success', title: 'On-demand backup completed' }], ['resize', 700],
  ]);
});

test('without a listener the frame takes the height by itself, as far as the window goes, and once closed nothing is heard', async () => {
  const embedded = embed(container, { url, getToken });
  await say({ type: 'pgbackup/resize', height: 700.2 });
  assert.equal(page.frame.style.minBlockSize, '701px');
  await say({ type: 'pgbackup/resize', height: 1800 });
  assert.equal(page.frame.style.minBlockSize, '900px');
  page.frame.offsetHeight = 600;
  await say({ type: 'pgbackup/resize', height: 700 });
  assert.equal(page.frame.style.minBlockSize, '', 'its container has a height of its own');
  embedded.close();
  assert.ok(page.frame.removed);
  assert.equal(page.listeners.size, 0);
});

test('a host without getToken is told at once', () => {
  assert.throws(() => embed(container, { url }), /getToken is missing/);
});

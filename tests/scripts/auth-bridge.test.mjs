// public/auth-bridge.js in a made-up page: whom it gives an answer, and what is left.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

const BRIDGE = readFileSync(new URL('../../public/auth-bridge.js', import.meta.url), 'utf8');
const PAGE = readFileSync(new URL('../../public/auth-bridge.html', import.meta.url), 'utf8');

/** Runs auth-bridge.js at this address; gives what it did, in its order. */
function bridge(address, { inFrame = false } = {}) {
  const url = new URL(address);
  const done = [];
  const window = { close: () => done.push(['close']) };
  window.self = window;
  window.top = inFrame ? {} : window;
  class BroadcastChannel {
    constructor(name) { this.name = name; }
    postMessage(message) { done.push(['post', this.name, message]); }
    close() {}
  }
  const location = { hash: url.hash, search: url.search, pathname: url.pathname };
  const history = { replaceState: (_, __, path) => done.push(['replace', path]) };
  const globals = { window, location, history, BroadcastChannel };
  new Function(...Object.keys(globals), BRIDGE)(...Object.values(globals));
  return done;
}

test('an answer goes to the page of its state, after it has left the address', () => {
  const at = 'https://p.example/portal/auth-bridge.html';
  const answer = 'id_token=t&access_token=u&state=s-1';
  const cleared = ['replace', '/portal/auth-bridge.html'];
  const posted = ['post', 'pgbp.sign-in.s-1', answer];
  assert.deepEqual(bridge(`${at}#${answer}`), [cleared, posted, ['close']]);
  assert.deepEqual(bridge(`${at}#${answer}`, { inFrame: true }), [cleared, posted]);
  const error = 'error=login_required&state=s-1';
  assert.deepEqual(bridge(`${at}?${error}`), [cleared, ['post', 'pgbp.sign-in.s-1', error], ['close']], 'in the query');
});

test('what has no state is cleared and goes to nobody', () => {
  for (const rest of ['', '#', '#access_token=t', '?error=server_error', '#state=']) {
    const done = bridge(`https://p.example/auth-bridge.html${rest}`);
    assert.deepEqual(done, [['replace', '/auth-bridge.html'], ['close']], rest);
  }
});

test('the page runs its own script and nothing else', () => {
  assert.match(PAGE, /content="default-src 'none'; script-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"/);
  assert.equal(PAGE.match(/<script/g).length, 1);
  assert.equal(PAGE.match(/src="auth-bridge\.js"/g).length, 1);
});

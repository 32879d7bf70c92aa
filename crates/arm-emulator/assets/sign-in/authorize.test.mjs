// `node --test` on this file; it needs nothing but node.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

// The page's scripts are modules by `<script type="module">`; without a package.json node would have to guess that
// from `.js`, so they are imported from their text.
const text = (file) => readFile(new URL(file, import.meta.url), 'utf8');
const address = (source) => `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`;
const answersAddress = address(await text('answers.js'));
const answers = await import(answersAddress);
const directoryAddress = address(await text('directory.js'));
const directory = await import(directoryAddress);
const linked = (await text('authorize.js')).replace('./answers.js', answersAddress).replace('./directory.js', directoryAddress);
const page = await import(address(linked));

const ORIGIN = 'https://app.example';
const [MIRA, JONAS] = directory.USERS;
const GOOD = {
  client_id: 'app-1',
  response_type: 'id_token token',
  redirect_uri: `${ORIGIN}/portal/`,
  scope: 'openid profile https://management.azure.com/user_impersonation',
  response_mode: 'fragment',
  state: 'AAECAwQFBgcICQoLDA0ODw',
  nonce: 'EBESExQVFhcYGRobHB0eHw',
};
const NOBODY = { user: null, consents: [], contexts: [] };

function request(changes = {}, path = '/organizations/oauth2/v2.0/authorize') {
  const parameters = Object.entries({ ...GOOD, ...changes }).filter(([, value]) => value !== undefined);
  return page.readRequest(`${ORIGIN}${path}?${new URLSearchParams(parameters)}`);
}

const judge = (changes, path) => page.judge(request(changes, path), ORIGIN);
const claims = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());

test('a good request is let through at each tenant that means the directory', () => {
  for (const tenant of ['organizations', 'common', 'contoso.com', 'Contoso.com', directory.TENANT.id]) {
    assert.equal(judge({}, `/${tenant}/oauth2/v2.0/authorize`), null, tenant);
    assert.equal(judge({ tenant }, '/demo/authorize.html'), null, tenant);
  }
  assert.equal(judge({}, '/demo/authorize.html'), null);
});

test('a request that the answer may not reach stops on the page', () => {
  const cases = [
    [{ client_id: undefined }, /^AADSTS900144: .*'client_id'/],
    [{ redirect_uri: undefined }, /^AADSTS900144: .*'redirect_uri'/],
    [{ response_type: undefined }, /^AADSTS900144: .*'response_type'/],
    [{ scope: undefined }, /^AADSTS900144: .*'scope'/],
    [{ nonce: undefined }, /^AADSTS900144: .*'nonce'/],
    [{ redirect_uri: 'https://evil.example/' }, /^AADSTS50011/],
  ];
  for (const [changes, expected] of cases) assert.match(judge(changes).stop, expected);
  assert.match(judge({}, '/adatum.com/oauth2/v2.0/authorize').stop, /^AADSTS90002: .*'adatum.com'/);
});

test('a request that Entra would refuse is answered with an error', () => {
  const cases = [
    [{ response_type: 'code token' }, 'unsupported_response_type', 700054],
    [{ response_type: 'id_token code' }, 'unsupported_response_type', 700054],
    [{ response_mode: 'query' }, 'invalid_request', 70007],
    [{ response_mode: 'form_post' }, 'invalid_request', 70007],
    [{ prompt: 'whatever' }, 'invalid_request', 90023],
    [{ claims: '{' }, 'invalid_request', 90023],
    [{ scope: 'https://management.azure.com/.default' }, 'invalid_request', 70011],
    [{ scope: 'openid profile' }, 'invalid_scope', 70011],
    [{ scope: 'openid user_impersonation' }, 'invalid_scope', 70011],
    [{ scope: 'openid https://management.azure.com/.default https://graph.microsoft.com/.default' }, 'invalid_scope', 700022],
    [{ scope: 'openid https://graph.microsoft.com/User.Read' }, 'invalid_resource', 500011],
  ];
  for (const [changes, code, number] of cases) {
    const { error } = judge(changes) ?? {};
    assert.deepEqual(error?.slice(0, 2), [code, number], JSON.stringify(changes));
  }
  assert.equal(judge({ response_type: 'id_token', scope: 'openid' }), null);
  assert.equal(judge({ response_type: 'token', nonce: undefined, scope: 'https://management.azure.com/.default' }), null);
});

test('the page redirects to its own origin and to loopback only', () => {
  const cases = [
    ['https://app.example/', true],
    ['https://app.example/portal/?x=1', true],
    ['http://127.0.0.1:8400/', true],
    ['http://localhost:1/', true],
    ['http://[::1]:8400/', true],
    ['https://app.example:8443/', false],
    ['http://app.example/', false],
    ['https://app.example.evil.example/', false],
    ['https://app.example@evil.example/', false],
    ['https://user@app.example/', false],
    ['http://localhost.evil.example/', false],
    ['http://127.0.0.2/', false],
    ['https://app.example/#x', false],
    ['//evil.example/', false],
    ['/portal/', false],
    ['javascript:alert(1)//localhost', false],
    ['javascript://localhost/%0aalert(1)', false],
    ['data:text/html,x', false],
    ['', false],
  ];
  for (const [target, expected] of cases) assert.equal(page.mayRedirectTo(target, ORIGIN), expected, target);
});

test('the session, the prompt and the consent decide what comes next', () => {
  const mira = { user: MIRA.objectId, consents: [], contexts: [] };
  const letIn = page.withConsent(mira, MIRA, request());
  const letInByMiraOnly = { ...letIn, user: JONAS.objectId };
  const LOGIN_REQUIRED = 50058;
  const cases = [
    [NOBODY, {}, 'pick'],
    [mira, {}, 'consent'],
    [letIn, {}, 'answer'],
    [letInByMiraOnly, {}, 'consent'],
    [letIn, { client_id: 'app-2' }, 'consent'],
    [letIn, { prompt: 'consent' }, 'consent'],
    [letIn, { prompt: 'login' }, 'pick'],
    [letIn, { prompt: 'select_account' }, 'pick'],
    [letIn, { login_hint: 'MIRA.Lindqvist@contoso.com' }, 'answer'],
    [letIn, { login_hint: JONAS.username }, 'pick'],
    [letIn, { prompt: 'none' }, 'answer'],
    [NOBODY, { prompt: 'none' }, LOGIN_REQUIRED],
    [letIn, { prompt: 'none', login_hint: JONAS.username }, LOGIN_REQUIRED],
    [mira, { prompt: 'none' }, 65001],
    [{ user: 'gone', consents: [], contexts: [] }, {}, 'pick'],
  ];
  for (const [session, changes, expected] of cases) {
    const step = page.nextStep(request(changes), session);
    const got = step.error ? step.error[1] : Object.keys(step)[0];
    assert.equal(got, expected, JSON.stringify({ session, changes }));
  }
  assert.deepEqual(page.withConsent(letIn, MIRA, request()), letIn, 'a consent is kept once');
});

test('a claims challenge is answered by signing in once more, and kept in mind', async () => {
  const asking = { claims: '{"access_token":{"acrs":{"essential":true,"value":"p1"}}}' };
  const letIn = page.withConsent({ user: MIRA.objectId, consents: [], contexts: [] }, MIRA, request());
  assert.equal(page.nextStep(request({ ...asking, prompt: 'none' }), letIn).error[1], 50076);
  assert.deepEqual(page.nextStep(request(asking), letIn), { pick: true });

  const proved = page.withUser(letIn, MIRA, request(asking));
  assert.deepEqual(proved.contexts, ['p1']);
  assert.deepEqual(page.nextStep(request({ ...asking, prompt: 'none' }), proved), { answer: MIRA });
  assert.deepEqual(page.withUser(proved, MIRA, request()).contexts, ['p1'], 'a renewal forgets nothing');
  assert.deepEqual(page.withUser(proved, JONAS, request()).contexts, [], 'somebody else has proved nothing');

  const answer = await page.issue(request(asking), MIRA, 0, proved);
  assert.deepEqual(claims(answer.access_token).acrs, ['p1']);
  const without = await page.issue(request(), MIRA, 0, {});
  assert.equal(claims(without.access_token).acrs, undefined);
  for (const harmless of ['{}', 'null', '{"access_token":{"nbf":{"essential":true,"value":"1"}}}', '[]']) {
    assert.deepEqual(request({ claims: harmless }).contexts, [], harmless);
  }
  assert.deepEqual(request({ claims: '{"access_token":{"acrs":{"values":["p1","c2"]}}}' }).contexts, ['p1', 'c2']);
});

test('the tokens are bound to the request and to each other', async () => {
  const answer = await page.issue(request(), MIRA, 1_772_359_200, { sessionState: 's', tokenId: 't' });
  const id = claims(answer.id_token);
  const access = claims(answer.access_token);
  const hash = createHash('sha256').update(answer.access_token).digest().subarray(0, 16).toString('base64url');
  assert.equal(id.at_hash, hash);
  assert.deepEqual([id.nonce, id.aud, id.tid, id.oid], [GOOD.nonce, 'app-1', directory.TENANT.id, MIRA.objectId]);
  assert.equal(id.iss, `https://emulator.invalid/${directory.TENANT.id}/v2.0`);
  assert.equal(access.iss, `https://emulator.invalid/${directory.TENANT.id}/`);
  assert.deepEqual([access.aud, access.exp - access.iat], ['https://management.azure.com/', answer.expires_in]);
  assert.deepEqual([access.scp, access.appid, access.upn], ['user_impersonation', 'app-1', MIRA.username]);

  const idOnly = await page.issue(request({ response_type: 'id_token' }), MIRA, 0, {});
  assert.deepEqual([idOnly.access_token, claims(idOnly.id_token).at_hash], [undefined, undefined]);
  const tokenOnly = await page.issue(request({ response_type: 'token' }), MIRA, 0, {});
  assert.equal(tokenOnly.id_token, undefined);
});

test('the answer is the one that the sign-in library is tested with', async () => {
  const answer = await page.issue(request(), MIRA, 1_772_359_200, { sessionState: 'session-1', tokenId: 'token-1' });
  const example = await readFile(new URL('example-answer.txt', import.meta.url), 'utf8');
  assert.equal(page.answerAddress(request(), answer), example.trim());
});

test('a refusal carries the state and a text such as the ones of Entra', () => {
  const refusal = answers.refusal(answers.ERRORS[0], 'id-1', '2026-03-01T10:00:00.000Z');
  const address = new URL(page.answerAddress(request(), refusal));
  const parameters = new URLSearchParams(address.hash.slice(1));
  assert.equal(parameters.get('error'), 'interaction_required');
  assert.match(parameters.get('error_description'), /^AADSTS50076: Due to .* Trace ID: id-0 Correlation ID: id-1 Timestamp: 2026-03-01 10:00:00Z$/);
  assert.equal(parameters.get('suberror'), 'basic_action');
  assert.equal(parameters.get('state'), GOOD.state);
  assert.equal(address.href.split('#')[0], GOOD.redirect_uri);
});

const BEFORE = { state: 'earlier-state', nonce: 'earlier-nonce' };

async function played(play) {
  const asked = request({ play });
  const issued = await page.issue(asked, MIRA, 1_772_359_200, { before: BEFORE });
  return new URLSearchParams(new URL(page.answerAddress(asked, issued, BEFORE)).hash.slice(1));
}

test('an answer can be made one that must not be believed', async () => {
  const good = await played('slow');
  const goodId = claims(good.get('id_token'));
  const states = { 'wrong-state': [`${GOOD.state}x`], 'no-state': [], twice: [GOOD.state, `${GOOD.state}x`], replay: ['earlier-state'] };
  for (const [play, expected] of Object.entries(states)) {
    assert.deepEqual((await played(play)).getAll('state'), expected, play);
  }
  const changed = {
    'wrong-nonce': ['nonce'],
    replay: ['nonce'],
    'wrong-hash': ['at_hash'],
    'wrong-audience': ['aud'],
    'wrong-issuer': ['iss'],
    'wrong-tenant': ['iss', 'tid'],
    expired: ['exp', 'iat', 'nbf'],
  };
  for (const [play, names] of Object.entries(changed)) {
    const id = claims((await played(play)).get('id_token'));
    const others = Object.keys(goodId).filter((name) => id[name] !== goodId[name]);
    assert.deepEqual(others.sort(), names, play);
  }
  assert.equal((await played('unreadable')).get('id_token'), 'not.a-token');
  assert.equal(goodId.nonce, GOOD.nonce);
});

test('everything that is offered can be played, and nothing else', () => {
  const letIn = page.withConsent({ user: MIRA.objectId, consents: [], contexts: [] }, MIRA, request());
  for (const play of answers.PLAYS.keys()) {
    assert.equal(judge({ play }), null, play);
    const step = page.nextStep(request({ play, prompt: 'none' }), letIn);
    const number = answers.errorOf(play)?.[1] ?? (play === 'no-session' ? 50058 : undefined);
    assert.equal(step.error?.[1], number, play);
  }
  assert.match(judge({ play: 'error-1' }).stop, /no answer 'error-1'/);
  const numbers = answers.ERRORS.map(([, number]) => number);
  assert.equal(new Set(numbers).size, numbers.length);
});

test('a guest is somebody else in the directory that invited them, and lets the app in there once more', async () => {
  const { FABRIKAM } = directory;
  const inFabrikam = (changes) => request(changes, `/${FABRIKAM.id}/oauth2/v2.0/authorize`);
  const letIn = page.withConsent({ user: MIRA.objectId, consents: [], contexts: [] }, MIRA, request());
  assert.equal(page.nextStep(inFabrikam({ prompt: 'none' }), letIn).error[1], 65001);
  assert.deepEqual(page.nextStep(inFabrikam(), letIn), { consent: MIRA });
  const everywhere = page.withConsent(letIn, MIRA, inFabrikam());
  assert.deepEqual(page.nextStep(inFabrikam({ prompt: 'none' }), everywhere), { answer: MIRA });

  const answer = await page.issue(inFabrikam(), MIRA, 0, {});
  for (const token of [answer.access_token, answer.id_token].map(claims)) {
    assert.deepEqual([token.tid, token.oid], [FABRIKAM.id, '0a1b2c3d-0001-4000-8000-000000000001']);
    assert.ok(token.iss.startsWith(`https://emulator.invalid/${FABRIKAM.id}/`), token.iss);
  }
  const noor = { user: directory.USERS[2].objectId, consents: [], contexts: [] };
  assert.equal(page.nextStep(inFabrikam({ prompt: 'none' }), noor).error[1], 16000);
  assert.deepEqual(page.nextStep(inFabrikam(), noor), { pick: true });
});

test('a directory can want more proof than another', () => {
  const { TAILWIND } = directory;
  const inTailwind = (changes) => request(changes, `/${TAILWIND.domain}/oauth2/v2.0/authorize`);
  const letIn = page.withConsent({ user: MIRA.objectId, consents: [], contexts: [] }, MIRA, inTailwind());
  assert.equal(page.nextStep(inTailwind({ prompt: 'none' }), letIn).error[1], 50076);
  assert.deepEqual(page.nextStep(inTailwind(), letIn), { pick: true });
  const proved = page.withUser(letIn, MIRA, inTailwind());
  assert.deepEqual(page.nextStep(inTailwind({ prompt: 'none' }), proved), { answer: MIRA });
});

test('a sign-out is told from a sign-in', () => {
  assert.equal(page.readRequest(`${ORIGIN}/organizations/oauth2/v2.0/logout`).isLogout, true);
  assert.equal(page.readRequest(`${ORIGIN}/demo/authorize.html?logout=1`).isLogout, true);
  assert.equal(request().isLogout, false);
});

test('a code holds the tokens for whoever has the verifier, and needs a challenge', async () => {
  const challenge = createHash('sha256').update('verifier').digest('base64url');
  const byCode = { response_type: 'code', code_challenge: challenge, code_challenge_method: 'S256' };
  assert.equal(judge(byCode), null);
  for (const changes of [{ code_challenge: undefined }, { code_challenge: 'short' }, { code_challenge_method: 'plain' }]) {
    assert.equal(judge({ ...byCode, ...changes }).error[1], 9002325, JSON.stringify(changes));
  }
  const asked = request(byCode);
  const tokens = await page.issue(asked, MIRA, 1_772_359_200, { sessionState: 's', tokenId: 't' });
  const answer = page.codeFor(asked, tokens, 1_772_359_200, 'code-1');
  assert.deepEqual(Object.keys(answer), ['code', 'session_state']);
  const code = JSON.parse(Buffer.from(answer.code, 'base64url').toString());
  assert.deepEqual([code.id, code.client_id, code.redirect_uri], ['code-1', 'app-1', GOOD.redirect_uri]);
  assert.deepEqual([code.challenge, code.exp], [challenge, 1_772_359_200 + 600]);
  assert.equal(claims(code.tokens.id_token).nonce, GOOD.nonce);
  assert.equal(code.tokens.session_state, undefined);
});

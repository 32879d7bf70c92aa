// The emulator's stand-in for Entra's authorization and sign-out endpoints.
//
// One static page plays both, so that a directory of files is enough to try the app. It asks nobody for a
// password and issues unsigned tokens that only the emulator takes. The upper part is pure and tested with
// node; the lower part is the page.

import { PLAYS, SLOWNESS, errorOf, playedAnswer, playedClaims, refusal } from './answers.js';
import { TENANT, USERS, directoryOf, objectIdIn } from './directory.js';

const TOKEN_SECONDS = 3599;
const CODE_SECONDS = 600;
/** What the token endpoint gives for a code. */
const FOR_A_CODE = ['id_token', 'token'];
const ISSUER = 'https://emulator.invalid';
const OPENID_SCOPES = ['openid', 'profile', 'email', 'offline_access'];
const ARM_HOSTS = [
  'management.azure.com',
  'management.core.windows.net',
  'management.usgovcloudapi.net',
  'management.core.usgovcloudapi.net',
  'management.chinacloudapi.cn',
  'management.core.chinacloudapi.cn',
  'arm.emulator.invalid',
];
const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** Reads an authorization request from the address of the page. */
export function readRequest(address) {
  const url = new URL(address);
  const get = (name) => url.searchParams.get(name) ?? '';
  const tenantInPath = url.pathname.match(/\/([^/]+)\/oauth2\/(?:v2\.0\/)?(?:authorize|logout)$/)?.[1];
  const tenant = tenantInPath || get('tenant') || 'organizations';
  const directory = directoryOf(tenant);
  const isByCode = get('response_type') === 'code';
  return {
    isLogout: url.searchParams.has('logout') || url.pathname.endsWith('/logout'),
    tenant,
    directory,
    clientId: get('client_id'),
    redirectUri: get('redirect_uri'),
    afterLogout: get('post_logout_redirect_uri'),
    isByCode,
    challenge: get('code_challenge'),
    challengeMethod: get('code_challenge_method'),
    responseTypes: isByCode ? FOR_A_CODE : words(get('response_type')),
    responseMode: get('response_mode'),
    scopes: words(get('scope')),
    state: get('state'),
    nonce: get('nonce'),
    prompt: get('prompt'),
    loginHint: get('login_hint'),
    contexts: contextsIn(get('claims'), directory?.requires),
    play: get('play'),
  };
}

/** What the directory and a claims challenge (`acrs`) want proved; null where the challenge cannot be read. */
function contextsIn(claims, required) {
  if (claims === '') return required ? [required] : [];
  try {
    const asked = JSON.parse(claims)?.access_token?.acrs;
    return [required, asked?.value, ...(asked?.values ?? [])].filter((value) => typeof value === 'string');
  } catch {
    return null;
  }
}

/** Whether the page may send a browser, and what it issued, to `target`: to its own origin or to loopback. */
export function mayRedirectTo(target, ownOrigin) {
  if (!URL.canParse(target)) return false;
  const url = new URL(target);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  const isPlain = !target.includes('#') && url.username === '' && url.password === '';
  return isWeb && isPlain && (url.origin === ownOrigin || LOOPBACK.includes(url.hostname));
}

/**
 * What is wrong with a request: nothing (null), a `stop` with a text for the page where the answer cannot be
 * trusted to reach its asker, or an `error` for the app.
 */
export function judge(request, ownOrigin) {
  const missing = (name) => ({ stop: `AADSTS900144: The request must contain the following parameter: '${name}'.` });
  const error = (code, number, text) => ({ error: [code, number, text] });
  if (request.play && !PLAYS.has(request.play)) return { stop: `This emulator has no answer '${request.play}'.` };
  if (!request.clientId) return missing('client_id');
  if (!request.redirectUri) return missing('redirect_uri');
  if (!mayRedirectTo(request.redirectUri, ownOrigin)) {
    return {
      stop: `AADSTS50011: This emulator only redirects to its own origin and to loopback, not to '${request.redirectUri}'.`,
    };
  }
  if (!request.directory) {
    return { stop: `AADSTS90002: Tenant '${request.tenant}' not found. The home of this emulator is ${TENANT.domain}.` };
  }
  if (request.responseTypes.length === 0) return missing('response_type');
  if (request.scopes.length === 0) return missing('scope');
  if (asksFor(request, 'id_token') && !request.isByCode && !request.nonce) return missing('nonce');

  const unknownType = request.responseTypes.find((type) => type !== 'token' && type !== 'id_token');
  if (unknownType) {
    return error('unsupported_response_type', 700054, `response_type '${unknownType}' is not enabled for the application.`);
  }
  if (request.isByCode && (request.challengeMethod !== 'S256' || !/^[\w-]{43}$/.test(request.challenge))) {
    return error('invalid_request', 9002325, 'Proof Key for Code Exchange is required for cross-origin authorization code redemption.');
  }
  if (request.responseMode && request.responseMode !== 'fragment') {
    return error('invalid_request', 70007, `'${request.responseMode}' is not a supported value of 'response_mode' when requesting a token.`);
  }
  if (!['', 'none', 'login', 'consent', 'select_account'].includes(request.prompt)) {
    return error('invalid_request', 90023, `Unsupported 'prompt' value '${request.prompt}'.`);
  }
  if (request.contexts === null) {
    return error('invalid_request', 90023, "The provided value for the input parameter 'claims' is not valid.");
  }
  return judgeScopes(request, error);
}

function judgeScopes(request, error) {
  const resources = request.scopes.filter((scope) => !OPENID_SCOPES.includes(scope));
  if (asksFor(request, 'id_token') && !request.scopes.includes('openid')) {
    return error('invalid_request', 70011, "The provided value for scope is not valid: 'openid' must be part of it when an id_token is requested.");
  }
  if (!asksFor(request, 'token')) return null;
  const hosts = new Set(resources.map((scope) => (URL.canParse(scope) ? new URL(scope).host : scope)));
  if (hosts.size > 1) {
    return error('invalid_scope', 700022, 'The provided value for the input parameter scope is not valid: it asks for more than one resource.');
  }
  const [host] = hosts;
  if (host === undefined || !URL.canParse(resources[0])) {
    return error('invalid_scope', 70011, `The provided value for the input parameter 'scope' is not valid: ${request.scopes.join(' ')}.`);
  }
  if (!ARM_HOSTS.includes(host) && !LOOPBACK.includes(new URL(resources[0]).hostname)) {
    return error('invalid_resource', 500011, `The resource principal named ${new URL(resources[0]).origin} was not found in the tenant named ${request.directory.name}.`);
  }
  return null;
}

/**
 * What comes next for a good request: `pick` an account, ask for `consent`, `answer`, or an `error`.
 * `session` is `{ user, consents, contexts }`: the object id of who is signed in, who let which app in, and which
 * authentication contexts the one who is signed in has proved.
 */
export function nextStep(request, session) {
  const played = errorOf(request.play);
  if (played) return { error: played };
  const isKnown = request.play !== 'no-session';
  const signedIn = USERS.find((user) => isKnown && user.objectId === session.user);
  const isOther = signedIn && request.loginHint && request.loginHint.toLowerCase() !== signedIn.username;
  const mustProve = request.contexts.some((context) => !session.contexts.includes(context));
  const isStranger = signedIn && !objectIdIn(request.directory, signedIn);
  if (request.prompt === 'none') {
    if (!signedIn || isOther) return { error: errorOf('error-50058') };
    if (isStranger) return { error: errorOf('error-16000') };
    if (!hasConsented(session, signedIn, request)) return { error: errorOf('error-65001') };
    if (mustProve) return { error: errorOf('error-50076') };
    return { answer: signedIn };
  }
  if (!signedIn || isOther || isStranger || mustProve || request.prompt === 'login' || request.prompt === 'select_account') return { pick: true };
  return afterPicking(request, session, signedIn);
}

/** What comes next once it is known who signs in. */
export function afterPicking(request, session, user) {
  const mustAsk = request.prompt === 'consent' || !hasConsented(session, user, request);
  return mustAsk ? { consent: user } : { answer: user };
}

/** The session after `user` let the app of `request` in. */
export function withConsent(session, user, request) {
  return { ...session, consents: [...new Set([...session.consents, consentKey(user, request)])] };
}

/** The session after `user` signed in, and so proved what `request` asked for. */
export function withUser(session, user, request) {
  const proved = session.user === user.objectId ? session.contexts : [];
  return { ...session, user: user.objectId, contexts: [...new Set([...proved, ...request.contexts])] };
}

/** The parameters of a successful answer; `seconds` is Unix time, the ids are any that differ each time. */
export async function issue(request, user, seconds, { sessionState, tokenId, contexts = [], before }) {
  const times = { iat: seconds, nbf: seconds, exp: seconds + TOKEN_SECONDS };
  const [tid, oid] = [request.directory.id, objectIdIn(request.directory, user)];
  const answer = {};
  if (asksFor(request, 'token')) {
    answer.access_token = token({
      aud: 'https://management.azure.com/',
      iss: `${ISSUER}/${tid}/`,
      ...times,
      ...(contexts.length === 0 ? {} : { acrs: contexts }),
      appid: request.clientId,
      name: user.name,
      oid,
      scp: 'user_impersonation',
      tid,
      upn: user.username,
      uti: tokenId,
      ver: '1.0',
    });
    Object.assign(answer, { token_type: 'Bearer', expires_in: TOKEN_SECONDS, scope: request.scopes.join(' ') });
  }
  if (asksFor(request, 'id_token')) {
    const binding = answer.access_token ? { at_hash: await accessTokenHash(answer.access_token) } : {};
    const claims = {
      aud: request.clientId,
      iss: `${ISSUER}/${tid}/v2.0`,
      ...times,
      ...binding,
      name: user.name,
      nonce: request.nonce,
      oid,
      preferred_username: user.username,
      sub: oid,
      tid,
      ver: '2.0',
    };
    answer.id_token = token(playedClaims(request.play, claims, before));
  }
  answer.session_state = sessionState;
  return answer;
}

/**
 * What the app gets in place of `answer` when it asked for a code: whoever has the verifier has the tokens for it from
 * the token endpoint, which keeps nothing and so finds all it needs in the code itself.
 */
export function codeFor(request, { session_state, ...tokens }, seconds, codeId) {
  const code = {
    id: codeId,
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    challenge: request.challenge,
    exp: seconds + CODE_SECONDS,
    tokens,
  };
  return { code: base64url(new TextEncoder().encode(JSON.stringify(code))), session_state };
}

/** The address that brings `answer` to the app; `before` is the request that was answered before this one. */
export function answerAddress(request, answer, before) {
  return `${request.redirectUri}#${new URLSearchParams(playedAnswer(request.play, answer, request.state, before))}`;
}

/** `at_hash`: the left half of the token's SHA-256 in base64url (OpenID Connect Core 3.2.2.9). */
async function accessTokenHash(accessToken) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(accessToken));
  return base64url(new Uint8Array(digest).subarray(0, 16));
}

function token(claims) {
  const part = (value) => base64url(new TextEncoder().encode(JSON.stringify(value)));
  // Nothing signs it: the last part is a text that says so to whoever decodes it.
  return [part({ typ: 'JWT', alg: 'none' }), part(claims), base64url(new TextEncoder().encode('emulator'))].join('.');
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

const words = (text) => text.split(' ').filter((word) => word !== '');
const asksFor = (request, type) => request.responseTypes.includes(type);
const consentKey = (user, request) => `${objectIdIn(request.directory, user)} ${request.clientId}`;
const hasConsented = (session, user, request) => session.consents.includes(consentKey(user, request));

// From here on: the page.

const STORAGE_KEY = 'emulator-sign-in';
const LAST_KEY = 'emulator-sign-in-last';
const NOBODY = { user: null, consents: [], contexts: [] };
let kept = NOBODY;

function loadSession() {
  try {
    const { user, consents, contexts = [] } = JSON.parse(localStorage.getItem(STORAGE_KEY)) ?? NOBODY;
    return Array.isArray(consents) && Array.isArray(contexts) ? { user, consents, contexts } : NOBODY;
  } catch {
    // Storage is refused or holds something else: the session lasts as long as the page.
    return kept;
  }
}

function saveSession(session) {
  kept = session;
  keep(STORAGE_KEY, session);
}

/** State and nonce of the request that was answered last, which is all that a replay needs. */
function lastAnswered() {
  try {
    return JSON.parse(localStorage.getItem(LAST_KEY));
  } catch {
    return null;
  }
}

function keep(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is refused, as above.
  }
}

const byId = (id) => document.getElementById(id);
const VIEWS = ['picker', 'consent', 'problem', 'signed-out'];

function show(view) {
  const isFirst = VIEWS.every((id) => byId(id).hidden);
  for (const id of VIEWS) byId(id).hidden = id !== view;
  byId('answers').hidden = view !== 'picker' && view !== 'consent';
  // After a step the focus goes to the new heading; on arrival it stays where the browser puts it.
  if (!isFirst) byId(`${view}-title`).focus();
}

function stop(text) {
  byId('problem-text').textContent = text;
  show('problem');
}

function send(request, answer) {
  const before = lastAnswered();
  keep(LAST_KEY, { state: request.state, nonce: request.nonce });
  const leave = () => location.replace(answerAddress(request, answer, before));
  if (request.play === 'never') return stop('This answer never comes, as was asked for.');
  return request.play === 'slow' ? setTimeout(leave, SLOWNESS) : leave();
}

function refuse(request, error, more = {}) {
  send(request, { ...refusal(error, randomId(), new Date().toISOString()), ...more });
}

function cancel(request) {
  refuse(request, ['access_denied', 65004, 'User declined to consent to access the app.'], { error_subcode: 'cancel' });
}

async function signIn(request, user) {
  if (!crypto.subtle) {
    stop('The browser gives no cryptography to this page, because its address is neither https nor on loopback.');
    return;
  }
  const session = withUser(loadSession(), user, request);
  saveSession(session);
  const more = { sessionState: randomId(), tokenId: randomId(), contexts: session.contexts, before: lastAnswered() };
  const seconds = Math.floor(Date.now() / 1000);
  const answer = await issue(request, user, seconds, more);
  send(request, request.isByCode ? codeFor(request, answer, seconds, randomId()) : answer);
}

function take(request, step) {
  if (request.play === 'cancel') return cancel(request);
  if (step.error) return refuse(request, step.error);
  if (step.answer) return signIn(request, step.answer);
  // Entra forbids frames around all that asks the user something.
  if (window.top !== window.self) return stop('This page asks nothing inside a frame.');
  return step.pick ? show('picker') : askConsent(request, step.consent);
}

function askConsent(request, user) {
  byId('consent-user').textContent = `${user.name} (${user.username})`;
  byId('accept').onclick = () => {
    saveSession(withConsent(loadSession(), user, request));
    signIn(request, user);
  };
  show('consent');
}

function fillIn(request) {
  for (const place of document.querySelectorAll('[data-application]')) place.textContent = request.clientId;
  for (const button of document.querySelectorAll('[data-cancel]')) button.onclick = () => cancel(request);
  const isHinted = (user) => user.username === request.loginHint.toLowerCase();
  for (const place of document.querySelectorAll('[data-directory]')) place.textContent = request.directory.name;
  const members = USERS.filter((user) => objectIdIn(request.directory, user));
  const users = members.sort((a, b) => isHinted(b) - isHinted(a));
  byId('accounts').replaceChildren(...users.map((user) => accountItem(request, user)));
  const permissions = ['Access Azure Resource Manager as you', 'Know who you are: your name and user name'];
  byId('permissions').replaceChildren(...permissions.map((text) => element('li', '', text)));
  byId('answer').replaceChildren(...[...PLAYS].map(([name, words]) => Object.assign(element('option', '', words), { value: name })));
  byId('answer-so').onclick = () => {
    request.play = byId('answer').value;
    take(request, nextStep(request, loadSession()));
  };
}

function accountItem(request, user) {
  const initials = user.name.split(' ').map((word) => word[0]).join('');
  const button = element('button', 'account');
  button.type = 'button';
  const picture = element('span', 'initials', initials);
  picture.setAttribute('aria-hidden', 'true');
  button.append(
    picture,
    element('span', 'name', user.name),
    element('span', 'username', user.username),
    element('span', 'role', user.role),
  );
  button.onclick = () => take(request, afterPicking(request, loadSession(), user));
  const item = element('li');
  item.append(button);
  return item;
}

function element(name, className = '', text = '') {
  return Object.assign(document.createElement(name), { className, textContent: text });
}

function logOut(request) {
  saveSession({ ...loadSession(), user: null });
  if (request.afterLogout && mayRedirectTo(request.afterLogout, location.origin)) {
    location.replace(request.afterLogout);
    return;
  }
  if (request.afterLogout) {
    byId('signed-out-text').textContent = `This emulator only redirects to its own origin and to loopback, not to '${request.afterLogout}'.`;
  }
  show('signed-out');
}

function randomId() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function start() {
  const request = readRequest(location.href);
  if (request.isLogout) return logOut(request);
  const verdict = judge(request, location.origin);
  if (verdict?.stop) return stop(verdict.stop);
  fillIn(request);
  return take(request, verdict ?? nextStep(request, loadSession()));
}

if (typeof document !== 'undefined') start();

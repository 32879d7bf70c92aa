// What the emulator's sign-in page answers on demand: each class of Entra's errors, and answers that an app must not
// believe or must not wait for. Pure; `play` in the page's address names one, and so does its list of answers.

/** Entra's errors (auth #14 to #17): code, AADSTS number, text, and what else comes with it. */
export const ERRORS = [
  ['interaction_required', 50076, 'Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.', { suberror: 'basic_action' }],
  ['interaction_required', 50079, 'Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access the resource.', { suberror: 'additional_action' }],
  ['interaction_required', 53003, 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.', { suberror: 'message_only' }],
  ['interaction_required', 16000, 'User account from identity provider does not exist in the tenant and cannot access the application in that tenant.'],
  ['login_required', 50058, 'A silent sign-in request was sent but no user is signed in.'],
  ['consent_required', 65001, 'The user or administrator has not consented to use the application. Send an interactive authorization request for this user and resource.', { suberror: 'consent_required' }],
  ['access_denied', 65004, 'User declined to consent to access the app.'],
  ['access_denied', 50105, 'The signed in user is not assigned to a role for the application.'],
  ['access_denied', 90094, 'An administrator has to grant the permission that the application asks for.'],
  ['invalid_client', 650057, 'Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client\'s application registration.'],
  ['unauthorized_client', 700016, 'Application was not found in the directory.'],
  ['unsupported_response_type', 700051, 'response_type \'token\' is not enabled for the application.'],
  ['unsupported_response_type', 700054, 'response_type \'id_token\' is not enabled for the application.'],
  ['invalid_scope', 70011, 'The provided value for the input parameter \'scope\' is not valid.'],
  ['invalid_resource', 500011, 'The resource principal was not found in the tenant.'],
  ['invalid_request', 50194, 'The application is not configured as a multi-tenant application.'],
  ['invalid_request', 50196, 'The server terminated an operation because it encountered a client request loop.'],
  ['server_error', 90033, 'A transient error has occurred. Try again.'],
  ['temporarily_unavailable', 90006, 'The service is temporarily unavailable. Try again.'],
];

/** What else there is to play, and what the page calls it. */
const OTHERS = {
  cancel: 'as if the user had cancelled',
  'no-session': 'as if the browser kept the session\'s cookies back',
  slow: 'after three seconds',
  never: 'never',
  'wrong-state': 'with another state',
  'no-state': 'without a state',
  twice: 'with the state twice',
  replay: 'with the state and nonce of the answer before',
  'wrong-nonce': 'with another nonce',
  'wrong-hash': 'with the hash of another access token',
  'wrong-audience': 'with an id token for another app',
  'wrong-issuer': 'with an id token of another issuer',
  'wrong-tenant': 'with an id token of another directory',
  expired: 'with an id token that has expired',
  unreadable: 'with an id token that cannot be read',
};

/** Everything that can be played, by name. */
export const PLAYS = new Map([
  ...ERRORS.map(([code, number]) => [`error-${number}`, `${code} (AADSTS${number})`]),
  ...Object.entries(OTHERS),
]);

/** How long a slow answer takes, in milliseconds. */
export const SLOWNESS = 3000;

const ELSEWHERE = '0e15e0e1-0000-4000-8000-00000000dead';

/** The error of a play, if it is one. */
export function errorOf(play) {
  return ERRORS.find(([, number]) => play === `error-${number}`);
}

/** The parameters of a refusal, with a text such as Entra's; `moment` is an ISO time. */
export function refusal([code, number, text, more = {}], correlationId, moment) {
  const [traceId, time] = [correlationId.replace(/.$/, '0'), `${moment.slice(0, 19).replace('T', ' ')}Z`];
  const ids = `Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${time}`;
  return {
    error: code,
    error_description: `AADSTS${number}: ${text} ${ids}`,
    error_uri: `https://login.microsoftonline.com/error?code=${number}`,
    ...more,
  };
}

/** The claims of an id token as `play` makes them; `before` is the request that was answered before. */
export function playedClaims(play, claims, before) {
  const issuer = (id) => claims.iss.replace(claims.tid, id);
  switch (play) {
    case 'replay':
      return { ...claims, nonce: before?.nonce ?? 'none' };
    case 'wrong-nonce':
      return { ...claims, nonce: `${claims.nonce}x` };
    case 'wrong-hash':
      return { ...claims, at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' };
    case 'wrong-audience':
      return { ...claims, aud: ELSEWHERE };
    case 'wrong-issuer':
      return { ...claims, iss: 'https://elsewhere.example/v2.0' };
    case 'wrong-tenant':
      return { ...claims, tid: ELSEWHERE, iss: issuer(ELSEWHERE) };
    case 'expired':
      return { ...claims, iat: claims.iat - 7200, nbf: claims.nbf - 7200, exp: claims.iat - 3600 };
    default:
      return claims;
  }
}

/** The parameters of an answer as `play` makes them, as pairs, since a name may come twice. */
export function playedAnswer(play, answer, state, before) {
  const pairs = Object.entries(play === 'unreadable' ? { ...answer, id_token: 'not.a-token' } : answer);
  const states = { 'no-state': [], twice: [state, `${state}x`], 'wrong-state': [`${state}x`], replay: [before?.state ?? 'none'] };
  return [...pairs, ...(states[play] ?? [state]).filter((each) => each).map((each) => ['state', each])];
}

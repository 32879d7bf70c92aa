// Starts the app, takes Entra's answer out of the address before anything else runs, and says why where there is no app.
//
// This is a file of its own because the Content-Security-Policy lets no inline script run, and it imports
// nothing statically because an import would run first: as long as a token stands in the address, the
// history, an extension or an error report may keep it (auth #50). In a frame an answer belongs to the page
// around it, so the app does not start there (auth #46).

// The app's panic hook calls this; it is plain JavaScript, since the app itself can do nothing any more.
window.pgbpFailed = showCrash;
addEventListener('error', ({ error }) => error?.name === 'RuntimeError' && showCrash(error));

const isRelay = takeAnswer();
if (!isRelay) startApp().catch(showNotLoaded);

/** Takes an answer out of the address; says whether it came into a frame, where it is not this page's. */
function takeAnswer() {
  const inFragment = location.hash.slice(1);
  const answer = isAnswer(inFragment) ? inFragment : location.search.slice(1);
  if (!isAnswer(answer)) return false;
  // Some of Entra's errors come in the query, whatever was asked for.
  history.replaceState(null, '', location.pathname + (answer === inFragment ? location.search : ''));
  if (window.top !== window.self) return true;
  // Without a state nobody asked for it: it is cleared all the same, and not handed over.
  if (new URLSearchParams(answer).has('state')) window.pgbpSignInAnswer = answer;
  return false;
}

function isAnswer(text) {
  const parameters = new URLSearchParams(text);
  return ['access_token', 'id_token', 'code', 'error'].some((name) => parameters.has(name));
}

async function startApp() {
  if (!canRun()) {
    show('This browser cannot run the portal', 'Use Edge or Chrome 123, Firefox 125, Safari 17.5, or later, with WebAssembly switched on.');
    return;
  }
  const { js, wasm, style, prefetch } = document.querySelector('meta[name="app"]').dataset;
  const { default: initialise } = await import(new URL(js, document.baseURI));
  await initialise({ module_or_path: new URL(wasm, document.baseURI) });
  // The styles of what opens later, which the first page does not wait for.
  if (style) document.head.append(element('link', '', '', { rel: 'stylesheet', href: style }));
  // What they open, fetched while nobody waits; without it, it comes when it is opened.
  if (prefetch) import(new URL(prefetch, document.baseURI)).catch(() => {});
}

/** Whether this browser has what the app is compiled to, and what its pages are built with. */
function canRun() {
  // A module with a table of references, sign extension, saturating conversion and bulk memory.
  const module = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 4, 4, 1, 111, 0, 0, 5, 3, 1, 0, 0,
    10, 19, 1, 17, 0, 65, 0, 192, 65, 0, 67, 0, 0, 0, 0, 252, 0, 252, 11, 0, 11,
  ];
  return typeof WebAssembly === 'object' && WebAssembly.validate(new Uint8Array(module))
    && 'popover' in HTMLElement.prototype && CSS.supports('color', 'light-dark(red, red)');
}

function showNotLoaded(error) {
  show('The portal could not be loaded', 'Check the connection, then reload the page: there may be a new version.', error);
}

function showCrash(error) {
  show('The portal has stopped', 'It met a fault of its own. What you started goes on in Azure; reload the page to see it. If it stops again, send the details to whoever runs this portal.', error);
  // What is left of the app asks Azure for nothing any more.
  window.fetch = () => new Promise(() => {});
}

/** Puts a page in place of the app, once. Text only: an error's words are not markup. */
function show(title, sentence, error) {
  if (document.querySelector('.boot-failure')) return;
  document.title = `${title} · PG Backup Portal`;
  const alert = element('div', 'start-card', '', { role: 'alert' });
  alert.append(
    element('p', 'start-product', 'PG Backup Portal'),
    element('h1', '', title),
    element('p', '', sentence),
  );
  if (error) {
    const text = withoutSecrets(String(error));
    const copy = ({ target }) => navigator.clipboard.writeText(text).then(() => (target.textContent = 'Copied'));
    alert.append(
      element('button', 'button button-primary', 'Reload', { onclick: () => location.reload() }),
      element('p', 'start-details', text),
      element('button', 'button button-default button-small', 'Copy details', { onclick: copy }),
    );
  }
  const main = element('main', 'start-page boot-failure');
  main.append(alert);
  document.querySelector('body').replaceChildren(main);
}

/** Without tokens, signatures, the queries of addresses, and folders of the machine that built the app. */
function withoutSecrets(text) {
  return text
    .replace(/(https?:\/\/[^\s?#"']+)[?#][^\s"']*/g, '$1?…')
    .replace(/\beyJ[\w.-]+/g, '…')
    .replace(/\b(sig|access_token|id_token|refresh_token|code|code_verifier|state)=[^\s&"']+/g, '$1=…')
    .replace(/\S*\/registry\/src\/[^/]+\//g, '');
}

function element(name, className, textContent = '', more = {}) {
  return Object.assign(document.createElement(name), { className, textContent, ...more });
}

// Starts the app, and takes Entra's answer out of the address before anything else runs.
//
// This is a file of its own because the Content-Security-Policy lets no inline script run, and it imports
// nothing statically because an import would run first: as long as a token stands in the address, the
// history, an extension or an error report may keep it (auth #50). In a frame an answer belongs to the page
// around it, so the app does not start there (auth #46).

const isRelay = takeAnswer();
if (!isRelay) startApp().catch(showFailure);

/** Takes an answer out of the address; says whether it came into a frame, where it is not this page's. */
function takeAnswer() {
  const fragment = location.hash.slice(1);
  const parameters = new URLSearchParams(fragment);
  const isAnswer = ['access_token', 'id_token', 'error'].some((name) => parameters.has(name));
  if (!isAnswer) return false;
  history.replaceState(null, '', location.pathname + location.search);
  if (window.top !== window.self) return true;
  // Without a state nobody asked for it: it is cleared all the same, and not handed over.
  if (parameters.has('state')) window.pgbpSignInAnswer = fragment;
  return false;
}

async function startApp() {
  const { js, wasm } = document.querySelector('meta[name="app"]').dataset;
  const { default: initialise } = await import(new URL(js, document.baseURI));
  await initialise({ module_or_path: new URL(wasm, document.baseURI) });
}

/** Says in place of the app why there is none. Text only: an error's words are not markup. */
function showFailure(error) {
  const alert = element('div', { role: 'alert' });
  if (typeof WebAssembly !== 'object') {
    alert.append(
      element('h1', { textContent: 'This browser cannot run the app' }),
      element('p', { textContent: 'WebAssembly is missing or switched off. Open the page in a current version of Edge, Chrome, Firefox or Safari.' }),
    );
  } else {
    const details = element('details');
    details.append(
      element('summary', { textContent: 'Details' }),
      element('p', { textContent: String(error) }),
    );
    alert.append(
      element('h1', { textContent: 'The app could not be loaded' }),
      element('p', { textContent: 'Check the connection, then reload the page. If that does not help, the browser may be too old.' }),
      element('button', { type: 'button', textContent: 'Reload', onclick: () => location.reload() }),
      details,
    );
  }
  const main = element('main', { className: 'boot-failure' });
  main.append(alert);
  document.body.replaceChildren(main);
}

function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}

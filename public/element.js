// The portal as an element of the page of another portal:
//
//   <script type="module" src="https://backup.contoso.com/element.js"></script>
//   <pg-backup-portal></pg-backup-portal>
//   <script>document.querySelector('pg-backup-portal').getToken = ({ tenantId, claims }) => …</script>
//
// It stands in a shadow root, and its program in a world of its own: the page's address, title, links, styles and
// listeners stay the page's. It starts only where the page's origin is among the "hosts" of the portal's config.json.
// docs/embedding.md has the whole of it. `cargo xtask dist` puts BUILD, the names of its files, before this.

import { converse } from './embed.js';

/** What is said of a failure, until the portal's own styles are there. */
const LOOK = `
  :host { display: block; }
  .failure { all: initial; display: block; box-sizing: border-box; max-inline-size: 480px; margin: 24px auto; padding: 24px;
    border: 1px solid #8a8a8a; border-radius: 8px; background: Canvas; color: CanvasText; color-scheme: light dark;
    font: 14px/20px "Segoe UI", system-ui, sans-serif; overflow-wrap: anywhere; }
  .failure h2 { margin: 0 0 8px; font: 600 20px/28px "Segoe UI", system-ui, sans-serif; }
  .failure p { margin: 0 0 16px; }
  .failure button { min-block-size: 32px; padding: 0 12px; font: inherit; font-weight: 600; }
  .failure details { margin-block-start: 16px; }
`;

/** What all elements of a page share: the program, compiled, and the style. */
let files;
/** How often that could not be fetched: a browser may remember of an address that there is no script. */
let failures = 0;

class PgBackupPortal extends HTMLElement {
  static observedAttributes = ['resource-id', 'path', 'theme', 'contrast', 'locale'];

  #shadow = this.attachShadow({ mode: 'open' });
  #getToken = null;
  #hasGetToken;
  #giveGetToken = null;
  #account;
  /** What runs now: the app's world and what is said with it. */
  #app = null;
  /** Counts starts: what a start fetched is nothing to the next. */
  #start = 0;
  /** Where the user was, and is again after a start anew. */
  #path;

  constructor() {
    super();
    this.#hasGetToken = new Promise((resolve) => (this.#giveGetToken = resolve));
    // What was said before this script came.
    for (const name of ['getToken', 'account']) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
  }

  get getToken() { return this.#getToken; }

  set getToken(getToken) {
    if (typeof getToken !== 'function') throw new TypeError('pg-backup-portal: getToken is a function');
    this.#getToken = getToken;
    this.#giveGetToken();
  }

  /** Who is signed in: `{ tenantId, objectId, name }`; a change counts from the next start on. */
  get account() { return this.#account; }

  set account(account) { this.#account = account; }

  connectedCallback() {
    // One that is only moved goes on.
    if (!this.#app) this.#begin();
  }

  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.#end());
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#app) return;
    const { host } = this.#app;
    if (name === 'resource-id' && now) this.#keepingFocus(() => host.setTarget(now));
    // A page may give back what `pgbackup-navigate` has just told it.
    if (name === 'path' && now && now !== this.#path) this.#keepingFocus(() => host.setPath(now));
    if (name === 'locale') host.setLocale(now ?? undefined);
    if (name === 'theme' || name === 'contrast') {
      host.setTheme(this.getAttribute('theme') ?? 'system', this.getAttribute('contrast') ?? 'normal');
    }
  }

  async #begin() {
    const start = (this.#start += 1);
    this.#app = { host: quiet, world: null };
    if (!canRun()) return this.#fail(start, 'This browser cannot run the portal', BROWSERS);
    try {
      files ??= load();
      const { makeWorld, program, module, style } = await files;
      if (start !== this.#start) return;
      const { root, page } = ground(this.#shadow, style);
      const world = makeWorld({
        shadow: this.#shadow,
        root,
        page,
        base: new URL('.', import.meta.url),
        told: (text) => host.hear(text),
        failed: (error) => this.#fail(start, 'The portal has stopped', STOPPED, error),
        reload: () => this.#renew(),
      });
      const host = converse(this.#options(), { send: (text) => world.hear(text), resize() {} });
      this.#app = { host, world };
      await program(world.view).initialise({ module_or_path: module });
    } catch (error) {
      files = undefined;
      failures += 1;
      this.#fail(start, 'The portal could not be loaded', 'Check the connection, then try again.', error);
    }
  }

  #end() {
    this.#start += 1;
    this.#app?.world?.end();
    this.#app = null;
    this.#path = undefined;
    this.#shadow.replaceChildren();
  }

  #again() {
    this.#end();
    if (this.isConnected) this.#begin();
  }

  /** Starts the release that the portal's host has now, where the user was. */
  #renew() {
    const path = this.#path;
    // Another address is another script to the browser; what it exports is all that is taken from it.
    files = import(new URL(`?${Date.now()}`, import.meta.url)).then(({ load: loadNew }) => loadNew());
    this.#end();
    this.#path = path;
    if (this.isConnected) this.#begin();
  }

  #fail(start, title, sentence, error) {
    if (start !== this.#start) return;
    this.#start += 1;
    this.#app?.world?.end();
    const look = new CSSStyleSheet();
    look.replaceSync(LOOK);
    this.#shadow.adoptedStyleSheets = [look];
    const card = element('div', { className: 'failure', role: 'alert' });
    card.lang = 'en';
    card.append(element('h2', { textContent: title }), element('p', { textContent: sentence }));
    if (error) {
      const details = element('details');
      details.append(element('summary', { textContent: 'Details' }), element('p', { textContent: withoutSecrets(String(error)) }));
      card.append(element('button', { type: 'button', textContent: 'Try again', onclick: () => this.#again() }), details);
    }
    this.#shadow.replaceChildren(card);
  }

  /** What the portal is started with, as it is when it starts; what happens in it become events of the element. */
  #options() {
    const said = (name) => this.getAttribute(name) ?? undefined;
    const tell = (name, detail) => this.dispatchEvent(new CustomEvent(`pgbackup-${name}`, { bubbles: true, composed: true, detail }));
    return {
      getToken: async (request) => {
        await this.#hasGetToken;
        return this.#getToken(request);
      },
      account: this.#account,
      tenantId: said('tenant-id'),
      resourceId: this.#path === undefined ? said('resource-id') : undefined,
      path: this.#path ?? said('path'),
      theme: said('theme'),
      contrast: said('contrast'),
      locale: said('locale'),
      readOnly: this.hasAttribute('read-only') || undefined,
      hide: said('hide')?.split(/\s+/).filter(Boolean),
      onStarted: () => tell('started'),
      onRefused: (reason) => tell('refused', { reason }),
      onNavigate: (page) => {
        this.#path = page.path;
        tell('navigate', page);
      },
      onNotify: (notification) => tell('notify', notification),
      onResize: (height) => tell('resize', { height }),
    };
  }

  /** Another page of the portal takes the focus; not where the page around it asked for it, until the user does something. */
  #keepingFocus(act) {
    const { activeElement } = document;
    const isOutside = activeElement && activeElement !== this && activeElement !== document.body;
    if (!isOutside) return act();
    const done = new AbortController();
    const listen = (target, kind, listener) => target.addEventListener(kind, listener, { signal: done.signal, capture: true });
    listen(this.#shadow, 'focusin', () => activeElement.focus({ preventScroll: true }));
    for (const kind of ['keydown', 'pointerdown']) listen(window, kind, () => done.abort());
    return act();
  }
}

const BROWSERS = 'Use Edge or Chrome 123, Firefox 125, Safari 17.5, or later, with WebAssembly switched on.';

const STOPPED = 'It met a fault of its own. What you started goes on in Azure. '
  + 'If it stops again, send the details to whoever runs this portal.';

/** Whether this browser has what the app is built with; what it is compiled to, later browsers have as well. */
function canRun() {
  return typeof WebAssembly === 'object' && 'popover' in HTMLElement.prototype && 'any' in AbortSignal
    && CSS.supports('color', 'light-dark(red, red)');
}

/** What is said before there is anybody to say it to. */
const quiet = { setTheme() {}, setLocale() {}, setTarget() {}, setPath() {} };

/** The box that keeps the page's styles out, with what stands for the document's element and its body. */
function ground(shadow, style) {
  shadow.adoptedStyleSheets = [style];
  const box = element('div', { className: 'portal-box' });
  const root = element('div', { className: 'portal', lang: 'en', dir: 'ltr' });
  const page = element('div', { className: 'portal-page', tabIndex: -1 });
  const boot = element('div', { id: 'boot' });
  boot.append(element('p', { className: 'boot-status', role: 'status', textContent: 'Loading' }));
  page.append(boot);
  for (const kind of ['status', 'alert']) {
    const news = element('div', { className: 'visually-hidden', role: kind });
    news.dataset.news = kind;
    page.append(news);
  }
  root.append(page);
  box.append(root);
  shadow.replaceChildren(box, release());
  // What the reader chose as the size of text, whatever the page makes of it.
  const measure = element('span');
  measure.style.cssText = 'all: initial; position: absolute; visibility: hidden; font-size: medium; inline-size: 1em;';
  box.append(measure);
  root.style.setProperty('--rem', `${Number.parseFloat(getComputedStyle(measure).fontSize)}px`);
  measure.remove();
  return { root, page };
}

function release() {
  const meta = element('meta', { name: 'release', content: BUILD.release.version });
  for (const name of ['commit', 'date']) if (BUILD.release[name]) meta.dataset[name] = BUILD.release[name];
  return meta;
}

export async function load() {
  const file = ({ href, integrity }) => fetch(new URL(href, import.meta.url), { integrity, referrerPolicy: 'no-referrer' });
  const sheet = async () => {
    const answer = await file(BUILD.style);
    if (!answer.ok) throw new Error(`${answer.status} for ${BUILD.style.href}`);
    return new CSSStyleSheet().replace(await answer.text());
  };
  const [{ makeWorld, program }, module, style] = await Promise.all([
    import(new URL(failures ? `${BUILD.app}?${failures}` : BUILD.app, import.meta.url)),
    WebAssembly.compileStreaming(file(BUILD.wasm)),
    sheet(),
  ]);
  return { makeWorld, program, module, style };
}

/** Without tokens, signatures, the queries of addresses, and folders of the machine that built the app. */
function withoutSecrets(text) {
  return text
    .replace(/(https?:\/\/[^\s?#"']+)[?#][^\s"']*/g, '$1?…')
    .replace(/\beyJ[\w.-]+/g, '…')
    .replace(/\b(sig|access_token|id_token|refresh_token|code|code_verifier|state)=[^\s&"']+/g, '$1=…')
    .replace(/\S*\/registry\/src\/[^/]+\//g, '');
}

function element(name, more = {}) {
  return Object.assign(document.createElement(name), more);
}

// A script of a later release finds the element of this one.
if (!customElements.get('pg-backup-portal')) customElements.define('pg-backup-portal', PgBackupPortal);

// Puts the portal into a page of another portal: a frame, and what is said between the two.
//
//   import { embed } from 'https://backup.contoso.com/embed.js';
//   embed(document.querySelector('#backup'), { getToken: ({ tenantId, claims }) => … });
//
// The portal hears this page only if the page's origin is among the "hosts" of the portal's config.json. A token goes to
// the frame's own origin and nowhere else; no token and no SAS ever comes back. docs/embedding.md has the whole of it.

const VERSION = 1;
/** The longest text that is read. */
const LONGEST = 65536;
/** The lowest height that the portal asks for. */
const LOWEST = 320;

/** @type {typeof import('./embed').embed} */
export function embed(container, options) {
  const portal = new URL(options?.url ?? '.', import.meta.url);
  const frame = document.createElement('iframe');
  const host = converse(options, {
    send: (text) => frame.contentWindow?.postMessage(text, portal.origin),
    resize(height) {
      frame.style.minBlockSize = '';
      // A container with a height of its own keeps it. Never higher than this window: what opens over the portal's page has
      // to be in sight.
      if (frame.offsetHeight < LOWEST) frame.style.minBlockSize = `${Math.min(Math.ceil(height), window.innerHeight)}px`;
    },
  });
  frame.title = options.title ?? 'Backup and restore';
  frame.allow = 'clipboard-write';
  frame.style.cssText = 'border: 0; display: block; inline-size: 100%; block-size: 100%;';
  window.addEventListener('message', hear);
  frame.src = portal.href;
  container.append(frame);
  return {
    frame,
    setTheme: host.setTheme,
    setLocale: host.setLocale,
    setTarget: host.setTarget,
    setPath: host.setPath,
    close() {
      window.removeEventListener('message', hear);
      frame.remove();
    },
  };

  function hear({ source, origin, data }) {
    if (source === frame.contentWindow && origin === portal.origin) host.hear(data);
  }
}

/**
 * The host's side of what is said, whatever carries it; element.js has it as well. The options are read when they are
 * needed. `carrier.send` takes a text to the portal, `carrier.resize` a height that the host does not want itself.
 */
export function converse(options, carrier) {
  if (typeof options?.getToken !== 'function') throw new TypeError('embed: getToken is missing');
  // Only what was said last counts, also for a portal that is loaded anew.
  const said = {
    resourceId: options.resourceId, path: options.path, locale: options.locale,
    theme: options.theme, contrast: options.contrast,
  };
  return {
    hear,
    setTheme(theme, contrast = 'normal') {
      Object.assign(said, { theme, contrast });
      tell('theme', { theme, contrast });
    },
    setLocale(locale) {
      said.locale = locale;
      tell('locale', { locale });
    },
    setTarget(resourceId) {
      Object.assign(said, { resourceId, path: undefined });
      tell('target', { resourceId });
    },
    setPath(path) {
      Object.assign(said, { path, resourceId: undefined });
      tell('path', { path });
    },
  };

  function tell(type, body) {
    carrier.send(JSON.stringify({ type: `pgbackup/${type}`, v: VERSION, ...body }));
  }

  function hear(data) {
    const message = read(data);
    switch (message?.type) {
      case 'pgbackup/ready': return start(message.nonce);
      case 'pgbackup/started': return options.onStarted?.();
      case 'pgbackup/refused': return options.onRefused?.(String(message.reason));
      case 'pgbackup/token-request': return answer(message);
      case 'pgbackup/resize': return resize(message.height);
      case 'pgbackup/navigate': {
        const { path, title } = message;
        // A portal that is loaded anew goes on where it was.
        Object.assign(said, { path, resourceId: undefined });
        return options.onNavigate?.({ path, title });
      }
      case 'pgbackup/notify': return options.onNotify?.({ intent: message.intent, title: message.title });
      default: return undefined;
    }
  }

  function start(nonce) {
    const { account, tenantId, readOnly, hide } = options;
    tell('init', { nonce, account, tenantId, readOnly, hide, ...said });
  }

  async function answer({ requestId, tenantId, claims, reason }) {
    try {
      const { token, expiresOn } = await options.getToken({ tenantId, claims, reason });
      const ends = new Date(expiresOn);
      if (typeof token !== 'string' || !token || Number.isNaN(ends.getTime())) {
        throw new TypeError('getToken gave no { token, expiresOn }');
      }
      tell('token-response', { requestId, token, expiresOn: ends.toISOString() });
    } catch (error) {
      // Of an error only its name and first line are told: the portal shows them to the user.
      const code = short(error?.errorCode ?? error?.name ?? 'error', 64);
      tell('token-response', { requestId, error: { code, message: short(error?.message ?? error, 512) } });
    }
  }

  function resize(height) {
    if (!Number.isFinite(height) || height < 0) return;
    if (options.onResize) options.onResize(height);
    else carrier.resize(height);
  }
}

/** The message in what was posted; nothing where it is none of this version. */
function read(data) {
  if (typeof data !== 'string' || data.length > LONGEST) return undefined;
  try {
    const message = JSON.parse(data);
    return message?.v === VERSION ? message : undefined;
  } catch {
    return undefined;
  }
}

/** The first line of a text, at most so many bytes of it. */
function short(text, most) {
  const line = String(text).split(/[\u0000-\u001f\u007f-\u009f]/, 1)[0];
  let kept = line.slice(0, most);
  while (new TextEncoder().encode(kept).length > most) kept = kept.slice(0, -1);
  return kept;
}

// What the splitting's own loader ends with, in place of its list of chunks. A file is fetched once, whichever part asks
// first; one that could not be fetched is forgotten, so that the next try fetches it again.

const loaded = new Map();

/** These files, put into the program. */
function part(...files) {
  return wrapAsyncCb(() => fetched(files));
}

/** The same, and then what of them, and of the main module, no page waits for. */
function page(...files) {
  return wrapAsyncCb(() => fetched(files).then(() => ['main', ...files].forEach(soon)));
}

function fetched(files) {
  return Promise.all(files.map((file) => {
    if (!loaded.has(file)) {
      const loading = load(FILES[file]);
      loading.catch(() => loaded.delete(file));
      loaded.set(file, loading);
    }
    return loaded.get(file);
  }));
}

function load(file, options) {
  return WebAssembly.instantiateStreaming(fetch(new URL(file, import.meta.url), options), imports());
}

function imports() {
  return { ...getSharedImports(), './__wasm_split.js': rests };
}

/** Milliseconds until what could not be fetched is asked for again. */
const AGAIN = 10_000;

/** Whose rest has been asked for, and whose is there. */
const asked = new Set();
const complete = new Set();

/** Fetches the rest of a file beside the data, for which the page asks now. */
function soon(of) {
  if (!LATER[of] || asked.has(of) || complete.has(of)) return;
  asked.add(of);
  load(LATER[of], { priority: 'low' }).then(() => complete.add(of), () => setTimeout(() => {
    asked.delete(of);
    soon(of);
  }, AGAIN));
}

/**
 * The rest of a file at once: the program has come to a function that is not there yet, and cannot go on without it.
 * Only a synchronous request makes it wait.
 */
function now(of) {
  if (complete.has(of)) return;
  try {
    const request = new XMLHttpRequest();
    request.open('GET', new URL(LATER[of], import.meta.url), false);
    // Bytes as letters, since such a request gives text alone.
    request.overrideMimeType('text/plain; charset=x-user-defined');
    request.send();
    if (request.status !== 200) throw new Error(`the host answered ${request.status}`);
    const bytes = Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0));
    new WebAssembly.Instance(new WebAssembly.Module(bytes), imports());
    complete.add(of);
  } catch (error) {
    // The page that `boot.js` shows where the program cannot go on.
    const failure = new WebAssembly.RuntimeError(`A part of the portal could not be loaded: ${error.message}`);
    // A page that is left runs on for a moment, without what a document gives: the one that came after it has not failed.
    if (typeof XMLHttpRequest === 'function' && document.defaultView) window.pgbpFailed?.(failure);
    throw failure;
  }
}

/** By these names each file asks for its rest. */
const rests = Object.fromEntries(Object.keys(LATER).map((of) => [`complete_${of}`, () => now(of)]));
export const complete_main = rests.complete_main;

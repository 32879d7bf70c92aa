// What the splitting's own loader ends with, in place of its list of chunks. A file is fetched once, whichever part asks
// first; one that could not be fetched is forgotten, so that the next try fetches it again.

const loaded = new Map();

/** These files, put into the program. */
function part(...files) {
  return wrapAsyncCb(() => Promise.all(files.map((file) => {
    if (!loaded.has(file)) {
      const loading = load(file);
      loading.catch(() => loaded.delete(file));
      loaded.set(file, loading);
    }
    return loaded.get(file);
  })));
}

function load(file) {
  return WebAssembly.instantiateStreaming(fetch(new URL(FILES[file], import.meta.url)), getSharedImports());
}

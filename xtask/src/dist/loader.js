// What the splitting's own loader ends with, in place of its list of chunks. A file is fetched once, whichever part asks
// first; one that could not be fetched is forgotten, so that the next try fetches it again.

const loaded = new Map();

/** All chunks of these files, put into the program. */
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

async function load(file) {
  const module = await WebAssembly.compileStreaming(fetch(new URL(FILES[file], import.meta.url)));
  const chunks = WebAssembly.Module.customSections(module, 'chunk');
  const modules = chunks.length > 0 ? await Promise.all(chunks.map((chunk) => WebAssembly.compile(chunk))) : [module];
  // No chunk calls another while it is put in.
  await Promise.all(modules.map((chunk) => WebAssembly.instantiate(chunk, getSharedImports())));
}

// Fetches what other pages and panes are made of once the page in sight has its data and the browser nothing to do: what
// is opened later is then in the browser's cache, or comes as it always did. `cargo xtask dist` puts FILES before this.

/** Milliseconds: at first, since the frame fetches what it needs soon after the page; and until it looks again. */
const AT_FIRST = 3000;
const BETWEEN_LOOKS = 500;

// Without a network, or with a new version on the host, nothing is lost: who needs a part fetches it and says so.
prefetch().catch(() => {});

async function prefetch() {
  await pause(AT_FIRST);
  for (const file of FILES) {
    await quiet();
    if (isCostly()) return;
    const { href } = new URL(file, document.baseURI);
    if (performance.getEntriesByName(href).length > 0) continue;
    const answer = await fetch(href, { priority: 'low' });
    if (!answer.ok) return;
    // Only an answer that was read to its end is kept in the cache.
    await answer.arrayBuffer();
  }
}

/** Waits until the page is in sight and has its data, there is a network, and the browser has nothing to do. */
async function quiet() {
  await idle();
  while (document.hidden || !navigator.onLine || !hasData()) {
    await pause(BETWEEN_LOOKS);
    await idle();
  }
}

function hasData() {
  return document.querySelector('#main') && !document.querySelector('#main .reading');
}

/** Whether the user, or the network, wants as little as possible fetched. */
function isCostly() {
  const { saveData, effectiveType } = navigator.connection ?? {};
  return saveData || /2g/.test(effectiveType);
}

function idle() {
  return window.requestIdleCallback ? new Promise((resolve) => window.requestIdleCallback(resolve)) : pause(BETWEEN_LOOKS);
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

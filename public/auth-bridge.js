// Where Entra sends the answer of a sign-in in a hidden frame or in a window of its own: it goes to the page that
// asked, and nothing of it stays here (auth #21, #23).
//
// The channel is named by the answer's state, which nobody knows but the page that made it. What the answer says is
// judged there.

const answer = location.hash.length > 1 ? location.hash.slice(1) : location.search.slice(1);
// Before anything else: as long as a token stands in the address, the history or an extension may keep it.
history.replaceState(null, '', location.pathname);
const state = new URLSearchParams(answer).get('state');
if (state) {
  const channel = new BroadcastChannel(`pgbp.sign-in.${state}`);
  channel.postMessage(answer);
  channel.close();
}
// The page takes its frame away itself; a window that it did not open stays, and says that it can be closed.
if (window.top === window.self) window.close();

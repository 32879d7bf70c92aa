// A page of the host portal with the backup portal as two elements of it. What matters is what they are given; a page of
// one's own names its element.js in a script element, and needs no parameter.

import { getToken, account } from './sign-in.js';
import { resources } from './resources.js';

const portal = new URL(new URLSearchParams(location.search).get('portal') ?? 'http://127.0.0.1:8080/');
const elements = document.querySelectorAll('pg-backup-portal');
const find = (selector) => document.querySelector(selector);

for (const [index, element] of elements.entries()) {
  element.setAttribute('resource-id', resources[index].id);
  element.setAttribute('theme', 'light');
  Object.assign(element, { getToken, account });
  element.addEventListener('pgbackup-navigate', ({ detail }) => tell(`Page: ${detail.title}`));
  element.addEventListener('pgbackup-notify', ({ detail }) => tell(`${detail.intent}: ${detail.title}`));
}

const [orders] = elements;
find('#theme').addEventListener('click', () => orders.setAttribute('theme', 'dark'));
find('#catalog-above').addEventListener('click', () => orders.setAttribute('resource-id', resources[1].id));
find('#remove').addEventListener('click', ({ target }) => {
  const isThere = orders.isConnected;
  if (isThere) orders.remove();
  else find('#orders').append(orders);
  target.textContent = isThere ? 'Open orders' : 'Close orders';
});

function tell(text) {
  find('#news').append(Object.assign(document.createElement('li'), { textContent: text }));
}

await import(new URL('element.js', portal));

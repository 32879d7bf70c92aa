// A portal of an invented company, with the portal for backups as two elements of its page. `?portal=` says where that is;
// a page of yours would name its element.js in a script element.

const address = new URLSearchParams(location.search);
const portal = new URL(address.get('portal') ?? 'https://backup.contoso.com/');

const SUBSCRIPTION = '/subscriptions/11111111-1111-4111-8111-111111111111';
const SERVERS = 'providers/Microsoft.DBforPostgreSQL/flexibleServers';
const ORDERS = `${SUBSCRIPTION}/resourceGroups/rg-commerce-prod/${SERVERS}/pg-orders-prod`;
const BILLING = `${SUBSCRIPTION}/resourceGroups/rg-billing-prod/${SERVERS}/pg-billing-prod`;

const [orders, billing] = document.querySelectorAll('pg-backup-portal');

/** In a page of yours: MSAL's acquireTokenSilent, for the scope of Azure Resource Manager. */
async function getToken() {
  return { token: 'a-token-of-contoso-admin', expiresOn: Date.now() + 3_600_000 };
}

const account = {
  tenantId: '72f988bf-0000-4000-8000-00000000c0de',
  objectId: '0a1b2c3d-0000-4000-8000-000000000001',
  name: 'Mira Lindqvist',
};

for (const [element, resourceId] of [[orders, ORDERS], [billing, BILLING]]) {
  element.setAttribute('resource-id', resourceId);
  element.setAttribute('theme', 'light');
  Object.assign(element, { account, getToken });
  element.addEventListener('pgbackup-navigate', ({ detail }) => tell(`Page: ${detail.title}`));
  element.addEventListener('pgbackup-notify', ({ detail }) => tell(`${detail.intent}: ${detail.title}`));
}

function tell(text) {
  const item = document.createElement('li');
  item.textContent = text;
  document.querySelector('#news').append(item);
}

document.querySelector('#theme').addEventListener('click', () => orders.setAttribute('theme', 'dark'));
document.querySelector('#billing-above').addEventListener('click', () => orders.setAttribute('resource-id', BILLING));
document.querySelector('#remove').addEventListener('click', ({ target }) => {
  const isThere = orders.isConnected;
  if (isThere) orders.remove();
  else document.querySelector('#orders').append(orders);
  target.textContent = isThere ? 'Open orders' : 'Close orders';
});

await import(new URL('element.js', portal));

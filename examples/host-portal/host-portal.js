// A small admin portal with pg-backup-portal inside. The five lines that matter are those of `embed`; the rest is the
// look of this page.

import { getToken, account } from './sign-in.js';
import { resources } from './resources.js';

// Where the backup portal is. A portal of one's own writes its address here, and needs no parameter.
const portal = new URL(new URLSearchParams(location.search).get('portal') ?? 'http://127.0.0.1:8080/');
const { embed } = await import(new URL('embed.js', portal));

const [first] = resources;
const find = (selector) => document.querySelector(selector);

const embedded = embed(find('#backup'), {
  getToken,
  account,
  resourceId: first.id,
  theme: 'light',
  locale: 'en-US',
  onStarted: () => tell('The backup portal has started.'),
  onRefused: (reason) => tell(`The backup portal cannot start: ${reason}`),
  onNavigate: ({ path, title }) => tell(`It shows ${title} (${path}).`),
  onNotify: ({ intent, title }) => tell(`${intent}: ${title}`),
});

// Each resource of this portal is a button that shows it in the backup portal.
for (const resource of resources) {
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: resource.name });
  button.addEventListener('click', () => {
    embedded.setTarget(resource.id);
    show(resource);
  });
  const item = document.createElement('li');
  item.append(button);
  find('#resources').append(item);
}
show(first);

// The look of this page is that of the backup portal too.
const isOn = (button) => button.getAttribute('aria-pressed') === 'true';
for (const button of document.querySelectorAll('.look button')) {
  button.addEventListener('click', () => {
    button.setAttribute('aria-pressed', String(!isOn(button)));
    const theme = isOn(find('#theme')) ? 'dark' : 'light';
    const contrast = isOn(find('#contrast')) ? 'more' : 'normal';
    Object.assign(document.documentElement.dataset, { theme, contrast });
    embedded.setTheme(theme, contrast);
  });
}
find('#locale').addEventListener('change', ({ target }) => embedded.setLocale(target.value));

function show({ name }) {
  find('#shown').textContent = name;
}

function tell(text) {
  find('#news').append(Object.assign(document.createElement('li'), { textContent: text }));
}

// The types of element.js. Attributes are strings: see docs/embedding.md.

import type { Account, Token, TokenRequest } from './embed';

/** The portal as an element: `<pg-backup-portal resource-id="…" theme="dark">`. */
export class PgBackupPortalElement extends HTMLElement {
  /** Gives an access token for Azure Resource Manager: what MSAL's acquireTokenSilent answers will do. */
  getToken: ((request: TokenRequest) => Promise<Token>) | null;
  /** Who is signed in; counts from the next start on. Without it, what runs is not followed over a reload. */
  account: Account | undefined;

  addEventListener<K extends keyof PgBackupEvents>(
    type: K, listener: (this: PgBackupPortalElement, event: PgBackupEvents[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions,
  ): void;
}

/** What happens in the portal; each bubbles. */
export interface PgBackupEvents {
  /** It has taken what it was told. */
  'pgbackup-started': CustomEvent<null>;
  /** It cannot go by what it was told; the reason is for whoever builds the page. */
  'pgbackup-refused': CustomEvent<{ reason: string }>;
  /** The user has gone to another page of the portal. */
  'pgbackup-navigate': CustomEvent<{ path: string; title: string }>;
  /** It shows a notification. */
  'pgbackup-notify': CustomEvent<{ intent: 'info' | 'success' | 'warning' | 'error'; title: string }>;
  /** It would like this height in pixels; by itself it has the height of the element. */
  'pgbackup-resize': CustomEvent<{ height: number }>;
}

declare global {
  interface HTMLElementTagNameMap {
    'pg-backup-portal': PgBackupPortalElement;
  }
}

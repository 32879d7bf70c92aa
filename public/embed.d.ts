// The types of embed.js.

/** An access token for Azure Resource Manager. */
export interface Token {
  token: string;
  /** When it ends: a Date, milliseconds since 1970, or a text that Date reads. */
  expiresOn: Date | number | string;
}

/** What a token is asked for. */
export interface TokenRequest {
  /** The directory (tenant) that it has to be of; absent is the user's own. */
  tenantId?: string;
  /** What a claims challenge asked for, as JSON: to be given to Entra as `claims`. */
  claims?: string;
  /** Why it is asked for. */
  reason: 'missing' | 'expiring' | 'refused' | 'claims';
}

/** Who is signed in at the host. Without it, what runs is not followed over a reload. */
export interface Account {
  tenantId: string;
  objectId: string;
  name: string;
}

export type Theme = 'light' | 'dark' | 'system';
export type Contrast = 'normal' | 'more';

/** An act that is not offered, by the names that config.json has for them (docs/configuration.md). */
export type HiddenAct =
  | 'take-backup'
  | 'delete-backup'
  | 'long-term-backup'
  | 'protect'
  | 'change-policy'
  | 'backup-now'
  | 'stop-backup'
  | 'resume-backup'
  | 'delete-backup-data'
  | 'undelete'
  | 'restore'
  | 'create-vault'
  | 'change-vault'
  | 'create-policy'
  | 'delete-policy'
  | 'assign-roles'
  | 'change-storage'
  | 'create-container'
  | 'create-sas';

export interface Options {
  /** Gives an access token for Azure Resource Manager: what MSAL's acquireTokenSilent answers will do. */
  getToken(request: TokenRequest): Promise<Token>;
  account?: Account;
  /** The directory (tenant) of the tokens. */
  tenantId?: string;
  /** Where the portal is; beside embed.js unless said. */
  url?: string | URL;
  /** The name of the frame for screen readers. */
  title?: string;
  /** What is shown first: the id of a flexible server, a backup vault or a backup instance. */
  resourceId?: string;
  /** A path of the portal to start at, as onNavigate gave it; `resourceId` goes before it. */
  path?: string;
  theme?: Theme;
  contrast?: Contrast;
  /** A language tag (BCP 47) for numbers and times. */
  locale?: string;
  /** Nothing can be changed. */
  readOnly?: boolean;
  hide?: HiddenAct[];
  /** The portal has taken what it was told. */
  onStarted?(): void;
  /** The portal cannot go by what it was told; the reason is for whoever builds the host page. */
  onRefused?(reason: string): void;
  /** The user has gone to another page of the portal. */
  onNavigate?(page: { path: string; title: string }): void;
  /** The portal shows a notification. */
  onNotify?(notification: { intent: 'info' | 'success' | 'warning' | 'error'; title: string }): void;
  /** The portal would like this height in pixels (320 to 2000); without it, the frame takes it by itself where its
   * container has no height of its own, as far as the window goes. */
  onResize?(height: number): void;
}

/** The portal in the page. */
export interface Embedded {
  readonly frame: HTMLIFrameElement;
  setTheme(theme: Theme, contrast?: Contrast): void;
  setLocale(locale: string): void;
  /** Shows another resource; what the user is typing is asked about first. */
  setTarget(resourceId: string): void;
  /** Shows another page of the portal, by a path that onNavigate gave; what the user is typing is asked about first. */
  setPath(path: string): void;
  /** Takes the portal out of the page. */
  close(): void;
}

/** Puts the portal into an element of the page. */
export function embed(container: Element, options: Options): Embedded;

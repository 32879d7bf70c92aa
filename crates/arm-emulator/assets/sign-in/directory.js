// The emulated directories and their people; the emulator knows the same (`directory.rs`).

/** The first is everybody's home; `requires` names what a sign-in there has to prove. */
export const TENANTS = [
  { id: '72f988bf-0000-4000-8000-00000000c0de', name: 'Contoso', domain: 'contoso.com' },
  { id: '72f988bf-0000-4000-8000-0000000fab01', name: 'Fabrikam', domain: 'fabrikam.com' },
  { id: '72f988bf-0000-4000-8000-0000007a1101', name: 'Tailwind Traders', domain: 'tailwindtraders.com', requires: 'mfa' },
];
export const [TENANT, FABRIKAM, TAILWIND] = TENANTS;

/** `guestIn` are the directories that have invited them. */
export const USERS = [
  ['Mira Lindqvist', 'mira.lindqvist', 1, 'Backup administrator of all subscriptions', [FABRIKAM, TAILWIND]],
  ['Jonas Weber', 'jonas.weber', 2, 'Reader: may look, not change', [FABRIKAM]],
  ['Noor Haddad', 'noor.haddad', 3, 'Has no subscription', []],
  ['Tomas Ribeiro', 'tomas.ribeiro', 4, 'Reader, but not in the sandbox', []],
  ['Amara Okafor', 'amara.okafor', 5, 'Contributor: may change everything but not assign roles', []],
].map(([name, alias, number, role, guestIn]) => ({
  name,
  username: `${alias}@${TENANT.domain}`,
  objectId: `0a1b2c3d-0000-4000-8000-00000000000${number}`,
  role,
  guestIn,
}));

/** The directory that a request names; undefined where the emulator has none of that name. */
export function directoryOf(name) {
  const asked = name.toLowerCase();
  if (['organizations', 'common'].includes(asked)) return TENANT;
  return TENANTS.find((tenant) => asked === tenant.id || asked === tenant.domain);
}

/** Who somebody is in a directory; undefined where they are nobody there. */
export function objectIdIn(tenant, user) {
  if (tenant === TENANT) return user.objectId;
  const number = TENANTS.indexOf(tenant);
  return user.guestIn.includes(tenant) ? user.objectId.replace('-0000-', `-000${number}-`) : undefined;
}

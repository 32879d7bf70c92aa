// Stands for the sign-in of this portal: with MSAL, getToken is some lines more (docs/embedding.md). The tokens made here
// are good for the emulator only, which takes any.

/** Who is signed in. */
export const account = {
  tenantId: '72f988bf-0000-4000-8000-00000000c0de',
  objectId: '0a1b2c3d-0000-4000-8000-000000000001',
  name: 'Mira Lindqvist',
};

let number = 0;

/** An access token for Azure Resource Manager, good for an hour. */
export async function getToken({ tenantId = account.tenantId, claims, reason }) {
  const expiresOn = Date.now() + 3_600_000;
  const part = (content) => btoa(JSON.stringify(content)).replace(/=+$/, '');
  const says = { iss: 'https://host-portal.invalid/', tid: tenantId, number: ++number, reason, claims };
  return { token: `${part({ alg: 'none' })}.${part(says)}.made-up`, expiresOn };
}

// What this portal knows of: servers and a backup vault of the emulator's world.

const group = (name) => `/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/${name}/providers`;

export const resources = [
  { name: 'pg-orders-prod', id: `${group('rg-commerce-prod')}/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod` },
  { name: 'pg-catalog-prod', id: `${group('rg-commerce-prod')}/Microsoft.DBforPostgreSQL/flexibleServers/pg-catalog-prod` },
  { name: 'bv-commerce-weu', id: `${group('rg-backup-prod')}/Microsoft.DataProtection/backupVaults/bv-commerce-weu` },
];

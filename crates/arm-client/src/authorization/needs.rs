//! What the identity of a backup vault needs (reference C1).

use arm_core::ResourceId;

use crate::data_protection::{Datasource, DatasourceKind};

/// A built-in role that Azure Backup asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Looks at everything.
    Reader,
    /// Lets a vault copy a flexible server's data.
    LongTermRetentionBackup,
    /// Reads the values of secrets of a key vault that goes by roles.
    KeyVaultSecretsUser,
    /// Writes restored files.
    StorageBlobDataContributor,
}

impl Role {
    /// The GUID of the definition, the same in every tenant.
    pub const fn guid(self) -> &'static str {
        match self {
            Self::Reader => "acdd72a7-3385-48ef-bd42-f606fba81ae7",
            Self::LongTermRetentionBackup => "c088a766-074b-43ba-90d4-1fb21feae531",
            Self::KeyVaultSecretsUser => "4633458b-17de-408a-b874-0445c86b69e6",
            Self::StorageBlobDataContributor => "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
        }
    }

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reader => "Reader",
            Self::LongTermRetentionBackup => "PostgreSQL Flexible Server Long Term Retention Backup Role",
            Self::KeyVaultSecretsUser => "Key Vault Secrets User",
            Self::StorageBlobDataContributor => "Storage Blob Data Contributor",
        }
    }
}

/// An action that somebody must be allowed, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Such as `Microsoft.DBforPostgreSQL/flexibleServers/startLtrBackup/action`.
    pub action: &'static str,
    /// Whether it is an action on data.
    pub is_data: bool,
    /// The resource or the group.
    pub at: ResourceId,
}

/// A role that covers some needs, and where Azure's documentation assigns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleNeed {
    /// The role.
    pub role: Role,
    /// The scope at which it is to be assigned, if nothing above it will do.
    pub scope: ResourceId,
    /// What it is for.
    pub needs: Vec<Need>,
}

impl RoleNeed {
    fn new(role: Role, scope: &ResourceId, actions: &[(&'static str, &ResourceId)]) -> Self {
        let needs = actions.iter().map(|(action, at)| Need {
            action,
            is_data: false,
            at: (*at).clone(),
        });
        Self {
            role,
            scope: scope.clone(),
            needs: needs.collect(),
        }
    }

    /// What it takes to back a datasource up.
    pub fn of_backup(datasource: &Datasource) -> Vec<Self> {
        const READ_ROLES: &str = "Microsoft.Authorization/roleAssignments/read";
        let server = datasource.server();
        match datasource.kind {
            DatasourceKind::FlexibleServer => {
                let group = server.parent().unwrap_or_else(|| server.clone());
                vec![
                    Self::new(
                        Role::Reader,
                        &group,
                        &[
                            (READ_ROLES, &server),
                            ("Microsoft.DBforPostgreSQL/flexibleServers/read", &server),
                            ("Microsoft.Resources/subscriptions/resourceGroups/read", &group),
                        ],
                    ),
                    Self::new(
                        Role::LongTermRetentionBackup,
                        &server,
                        &[
                            (
                                "Microsoft.DBforPostgreSQL/flexibleServers/ltrPreBackup/action",
                                &server,
                            ),
                            (
                                "Microsoft.DBforPostgreSQL/flexibleServers/startLtrBackup/action",
                                &server,
                            ),
                            (
                                "Microsoft.DBforPostgreSQL/flexibleServers/ltrBackupOperations/read",
                                &server,
                            ),
                        ],
                    ),
                ]
            }
            DatasourceKind::SingleServerDatabase => vec![Self::new(
                Role::Reader,
                &server,
                &[
                    (READ_ROLES, &server),
                    ("Microsoft.DBforPostgreSQL/servers/read", &server),
                    ("Microsoft.DBforPostgreSQL/servers/databases/read", &server),
                ],
            )],
        }
    }

    /// What it takes to write restored files to a container, or to the account whose container is still to be made; the
    /// documentation assigns the role at the account.
    pub fn of_restore(account: &ResourceId, container: Option<&ResourceId>) -> Self {
        Self {
            role: Role::StorageBlobDataContributor,
            scope: account.clone(),
            needs: vec![Need {
                action: "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write",
                is_data: true,
                at: container.unwrap_or(account).clone(),
            }],
        }
    }

    /// What it takes to read a secret of a key vault that goes by roles; others go by access policies.
    pub fn of_secrets(key_vault: &ResourceId) -> Self {
        Self {
            role: Role::KeyVaultSecretsUser,
            scope: key_vault.clone(),
            needs: vec![Need {
                action: "Microsoft.KeyVault/vaults/secrets/getSecret/action",
                is_data: true,
                at: key_vault.clone(),
            }],
        }
    }
}

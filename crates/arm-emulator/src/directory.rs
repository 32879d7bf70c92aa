//! The emulated directories and their people; the sign-in page lists the same.

/// The id of the tenant that is everybody's home.
pub const TENANT_ID: &str = "72f988bf-0000-4000-8000-00000000c0de";
/// What the tenant is called.
pub const TENANT_NAME: &str = "Contoso";
/// The tenant's default domain.
pub const DOMAIN: &str = "contoso.com";
/// The id of a tenant that has guests.
pub const FABRIKAM: &str = "72f988bf-0000-4000-8000-0000000fab01";
/// The id of a tenant that wants a second factor of everybody.
pub const TAILWIND: &str = "72f988bf-0000-4000-8000-0000007a1101";

/// A directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Directory {
    /// Its id.
    pub id: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// Its default domain.
    pub domain: &'static str,
    /// Where it is.
    pub country: &'static str,
}

/// All directories, everybody's home first.
pub const DIRECTORIES: [Directory; 3] = [
    Directory {
        id: TENANT_ID,
        name: TENANT_NAME,
        domain: DOMAIN,
        country: "DE",
    },
    Directory {
        id: FABRIKAM,
        name: "Fabrikam",
        domain: "fabrikam.com",
        country: "SE",
    },
    Directory {
        id: TAILWIND,
        name: "Tailwind Traders",
        domain: "tailwindtraders.com",
        country: "NL",
    },
];

/// Who issues the emulator's tokens, before the tenant's id.
pub const ISSUER: &str = "https://emulator.invalid/";
/// Whom the emulator's tokens are for.
pub const AUDIENCE: &str = "https://management.azure.com/";

/// Somebody who can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct User {
    /// First and last name.
    pub name: &'static str,
    /// The user principal name.
    pub username: &'static str,
    /// The object id.
    pub object_id: &'static str,
    /// What the user may do.
    pub access: Access,
}

/// What somebody may do, in all subscriptions alike but for the one that is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everything.
    All,
    /// Everything but giving and taking roles.
    Contribute,
    /// Reading only.
    Read,
    /// Reading only, and not in the subscription of this id: some role there has it listed, and holds no right to read.
    ReadBut(&'static str),
    /// Nothing: no subscription is even listed.
    None,
}

/// Everybody in the directory.
pub const USERS: [User; 5] = [
    User {
        name: "Mira Lindqvist",
        username: "mira.lindqvist@contoso.com",
        object_id: "0a1b2c3d-0000-4000-8000-000000000001",
        access: Access::All,
    },
    User {
        name: "Jonas Weber",
        username: "jonas.weber@contoso.com",
        object_id: "0a1b2c3d-0000-4000-8000-000000000002",
        access: Access::Read,
    },
    User {
        name: "Noor Haddad",
        username: "noor.haddad@contoso.com",
        object_id: "0a1b2c3d-0000-4000-8000-000000000003",
        access: Access::None,
    },
    User {
        name: "Tomas Ribeiro",
        username: "tomas.ribeiro@contoso.com",
        object_id: "0a1b2c3d-0000-4000-8000-000000000004",
        access: Access::ReadBut(crate::default_world::SANDBOX),
    },
    User {
        name: "Amara Okafor",
        username: "amara.okafor@contoso.com",
        object_id: "0a1b2c3d-0000-4000-8000-000000000005",
        access: Access::Contribute,
    },
];

/// Somebody of the home directory, as another one that has invited them knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guest {
    /// The user principal name at home.
    pub username: &'static str,
    /// The id of the directory.
    pub directory: &'static str,
    /// The object id there.
    pub object_id: &'static str,
    /// What they may do there.
    pub access: Access,
}

/// All guests.
pub const GUESTS: [Guest; 3] = [
    Guest {
        username: USERS[0].username,
        directory: FABRIKAM,
        object_id: "0a1b2c3d-0001-4000-8000-000000000001",
        access: Access::All,
    },
    Guest {
        username: USERS[0].username,
        directory: TAILWIND,
        object_id: "0a1b2c3d-0002-4000-8000-000000000001",
        access: Access::Contribute,
    },
    Guest {
        username: USERS[1].username,
        directory: FABRIKAM,
        object_id: "0a1b2c3d-0001-4000-8000-000000000002",
        access: Access::Read,
    },
];

/// People and identities that share their roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// What it is called.
    pub name: &'static str,
    /// The object id.
    pub object_id: &'static str,
    /// The object ids of those who are in it.
    pub members: &'static [&'static str],
}

/// The identity of the backup vault `bv-commerce-weu`.
pub const COMMERCE_VAULT: &str = "5e1f0001-0000-4000-8000-0000000000a1";
/// The identity of the backup vault `bv-insights-neu`.
pub const INSIGHTS_VAULT: &str = "5e1f0001-0000-4000-8000-0000000000a2";
/// The identity of the backup vault `bv-archive-gwc`.
pub const ARCHIVE_VAULT: &str = "5e1f0001-0000-4000-8000-0000000000a3";

/// The identity of the backup vault `bv-retail-neu` of Fabrikam.
pub const RETAIL_VAULT: &str = "5e1f0001-0000-4000-8000-0000000000a4";

/// The groups of the directory.
pub const GROUPS: [Group; 1] = [Group {
    name: "sg-backup-vaults",
    object_id: "5e1f0002-0000-4000-8000-0000000000b1",
    members: &[COMMERCE_VAULT, ARCHIVE_VAULT],
}];

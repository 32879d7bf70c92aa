//! What is found in a SAS URI before it is sent.

/// Something about a SAS URI that a backup will, or may, fail of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SasFinding {
    /// Which rule was not kept.
    pub rule: SasRule,
    /// How bad that is.
    pub severity: SasSeverity,
    /// What it is.
    pub what: String,
    /// How it is mended.
    pub mend: String,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SasSeverity {
    /// The backup is certain to fail.
    Blocks,
    /// The backup may fail, or more is given away than it needs.
    Warns,
}

macro_rules! rules {
    ($($(#[$meta:meta])* $rule:ident = $id:literal,)+) => {
        /// A rule that a SAS URI for a long-term retention backup is held against.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum SasRule {
            $($(#[$meta])* $rule,)+
        }

        impl SasRule {
            /// Every rule, in the order in which they are judged.
            pub const ALL: &[Self] = &[$(Self::$rule,)+];

            /// A name that does not change.
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$rule => $id,)+
                }
            }
        }
    };
}

rules! {
    /// The URI is one of https.
    Https = "sas-https",
    /// The host is a blob endpoint of the cloud.
    Host = "sas-host",
    /// The path names a container and nothing below it.
    Container = "sas-container",
    /// Each parameter is given once.
    Repeated = "sas-repeated",
    /// There is a signature, and it is whole.
    Signature = "sas-signature",
    /// There is a version, and it is one.
    Version = "sas-version",
    /// It is a SAS of a container.
    Resource = "sas-resource",
    /// A stored access policy may say more than is seen.
    Policy = "sas-policy",
    /// It allows reading, writing, deleting and listing.
    Permissions = "sas-permissions",
    /// It allows no more than that.
    Excess = "sas-excess",
    /// It has begun.
    Start = "sas-start",
    /// It has not expired, and does not before the backup ends.
    Expiry = "sas-expiry",
    /// It is for https only.
    Protocol = "sas-protocol",
    /// It is not bound to addresses.
    Addresses = "sas-addresses",
}

//! A tenant.

use serde::Deserialize;

use crate::lenient;

/// A directory the user belongs to; everything but the id may be missing (reference G9).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tenant {
    /// The id.
    pub tenant_id: String,
    /// What people call it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub display_name: Option<String>,
    /// Such as `contoso.com`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub default_domain: Option<String>,
    /// `Home`, `ProjectedBy`, `ManagedBy`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub tenant_category: Option<String>,
}

impl Tenant {
    /// The name people use, or the id where there is none.
    pub fn shown_name(&self) -> &str {
        self.display_name.as_deref().unwrap_or(&self.tenant_id)
    }
}

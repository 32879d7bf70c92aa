//! A resource group.

use arm_core::ResourceId;
use serde::Deserialize;

use crate::lenient;

/// A resource group (reference C4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ResourceGroup {
    /// `/subscriptions/{id}/resourceGroups/{name}`.
    pub id: ResourceId,
    /// The name.
    pub name: String,
    /// The region its own record is kept in.
    #[serde(default, deserialize_with = "lenient::text")]
    pub location: Option<String>,
}

//! Roles (`Microsoft.Authorization`, reference C1, C2, G4): who has which one where, and which are missing.

mod actions;
mod missing_roles;
mod needs;
mod operations;

use arm_core::ResourceId;
use serde::Deserialize;
use serde_json::Value;

use crate::data_protection::text;

pub use missing_roles::{Grant, MissingRole, missing_roles};
pub use needs::{Need, Role, RoleNeed};
pub use operations::Authorization;

/// That somebody has a role somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Value")]
pub struct RoleAssignment {
    /// The id, which begins with the scope.
    pub id: String,
    /// The GUID that names it.
    pub name: String,
    /// Where it holds: there and below; `/` is everywhere.
    pub scope: String,
    /// The role's id, which may be told at any level: the last segment says which role it is.
    pub role_definition_id: String,
    /// The object id of who has it.
    pub principal_id: String,
    /// `User`, `Group`, `ServicePrincipal`.
    pub principal_type: Option<String>,
}

impl RoleAssignment {
    /// The GUID of the role.
    pub fn role(&self) -> &str {
        self.role_definition_id.rsplit('/').next().unwrap_or_default()
    }
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Value")]
pub struct RoleDefinition {
    /// The GUID that names it.
    pub name: String,
    /// What it is called.
    pub role_name: String,
    /// Whether the organisation made it itself.
    pub is_custom: bool,
    /// What it allows.
    pub permissions: Vec<Permission>,
}

/// What is allowed: each of `actions` without those of `not_actions`, and likewise on data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Permission {
    /// Patterns of what is allowed; `*` stands for any text.
    pub actions: Vec<String>,
    /// Patterns of what this entry withholds from that; another entry may grant it all the same.
    pub not_actions: Vec<String>,
    /// The same on data.
    pub data_actions: Vec<String>,
    /// The same on data.
    pub not_data_actions: Vec<String>,
}

impl TryFrom<Value> for RoleAssignment {
    type Error = String;

    fn try_from(assignment: Value) -> Result<Self, Self::Error> {
        let id = text(&assignment, "/id").ok_or("a role assignment without an id")?;
        let property = |name: &str| text(&assignment, &format!("/properties/{name}"));
        // The scope stands in the id too.
        let scope = property("scope").or_else(|| {
            let at = id
                .to_ascii_lowercase()
                .find("/providers/microsoft.authorization/")?;
            Some(id[..at].to_owned())
        });
        Ok(Self {
            name: text(&assignment, "/name").unwrap_or_default(),
            scope: scope.unwrap_or_default(),
            role_definition_id: property("roleDefinitionId").unwrap_or_default(),
            principal_id: property("principalId").unwrap_or_default(),
            principal_type: property("principalType"),
            id,
        })
    }
}

impl TryFrom<Value> for RoleDefinition {
    type Error = String;

    fn try_from(role: Value) -> Result<Self, Self::Error> {
        let permissions = role["properties"]["permissions"].as_array().into_iter().flatten();
        let permissions = permissions.map(|entry| serde_json::from_value(entry.clone()).unwrap_or_default());
        Ok(Self {
            name: text(&role, "/name").ok_or("a role without a name")?,
            role_name: text(&role, "/properties/roleName").unwrap_or_default(),
            is_custom: text(&role, "/properties/type")
                .is_some_and(|kind| kind.eq_ignore_ascii_case("CustomRole")),
            permissions: permissions.collect(),
        })
    }
}

/// Whether some entry allows an action; a hint, as conditions, locks and policies may still forbid it (reference G4).
pub fn are_allowed(permissions: &[Permission], action: &str) -> bool {
    actions::are_allowed(permissions, action, false)
}

/// Whether one scope is another or lies above it; ids are compared without case.
pub fn covers(scope: &str, below: &ResourceId) -> bool {
    let (scope, below) = (
        scope.trim_end_matches('/').to_ascii_lowercase(),
        below.as_str().to_ascii_lowercase(),
    );
    below
        .strip_prefix(&scope)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

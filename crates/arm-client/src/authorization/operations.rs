//! Reading, giving and taking roles (reference C2, G4).

use arm_core::ResourceId;
use serde_json::json;

use super::{Grant, MissingRole, Permission, Role, RoleAssignment, RoleDefinition, RoleNeed, missing_roles};
use crate::{ArmClient, ArmError, Pager, api_versions};

/// The operations on roles.
#[derive(Clone)]
pub struct Authorization {
    client: ArmClient,
}

impl Authorization {
    pub(crate) fn new(client: ArmClient) -> Self {
        Self { client }
    }

    /// The role assignments of a principal and of its groups, at a scope and above it.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn assigned_to(
        &self,
        scope: &ResourceId,
        principal: &str,
    ) -> Result<Vec<RoleAssignment>, ArmError> {
        let path = format!("{scope}/providers/Microsoft.Authorization/roleAssignments");
        let filter = format!("atScope() and assignedTo('{principal}')");
        let first = self
            .client
            .url_with(&path, api_versions::AUTHORIZATION, ("$filter", &filter))?;
        Pager::new(self.client.clone(), first).collect().await
    }

    /// One role, by the id that an assignment tells.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn role_definition(&self, id: &str) -> Result<RoleDefinition, ArmError> {
        self.client.get(id, api_versions::AUTHORIZATION).await
    }

    /// The assignments of a principal together with what their roles allow; each role is read once.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn grants(&self, scope: &ResourceId, principal: &str) -> Result<Vec<Grant>, ArmError> {
        let mut roles: Vec<RoleDefinition> = Vec::new();
        let mut grants = Vec::new();
        for assignment in self.assigned_to(scope, principal).await? {
            let known = roles
                .iter()
                .find(|role| role.name.eq_ignore_ascii_case(assignment.role()));
            let permissions = match known {
                Some(role) => role.permissions.clone(),
                None => {
                    let role = self.role_definition(&assignment.role_definition_id).await?;
                    let permissions = role.permissions.clone();
                    roles.push(role);
                    permissions
                }
            };
            grants.push(Grant {
                assignment,
                permissions,
            });
        }
        Ok(grants)
    }

    /// The roles that a principal lacks; reads the grants at each scope of the needs that is not covered by another.
    ///
    /// # Errors
    /// See [`ArmError`]; where the user may not read role assignments nobody can tell.
    pub async fn missing_roles(
        &self,
        principal: &str,
        needs: &[RoleNeed],
    ) -> Result<Vec<MissingRole>, ArmError> {
        let mut scopes: Vec<&ResourceId> = Vec::new();
        for at in needs.iter().flat_map(|need| &need.needs).map(|need| &need.at) {
            if !scopes.contains(&at) {
                scopes.push(at);
            }
        }
        // What is listed at a resource has everything above it too.
        let all = scopes.clone();
        scopes.retain(|scope| {
            !all.iter()
                .any(|below| below != scope && super::covers(scope.as_str(), below))
        });
        let mut grants = Vec::new();
        for scope in scopes {
            grants.extend(self.grants(scope, principal).await?);
        }
        Ok(missing_roles(principal, needs, &grants))
    }

    /// What the signed-in user may do at a scope.
    ///
    /// # Errors
    /// See [`ArmError`]; a refusal means that nobody knows, not that nothing is allowed (reference G4).
    pub async fn permissions(&self, scope: &ResourceId) -> Result<Vec<Permission>, ArmError> {
        let path = format!("{scope}/providers/Microsoft.Authorization/permissions");
        let first = self.client.url(&path, api_versions::AUTHORIZATION)?;
        Pager::new(self.client.clone(), first).collect().await
    }

    /// Gives a role to an identity. `name` is a new GUID; the same one again converges.
    ///
    /// # Errors
    /// See [`ArmError`]; `RoleAssignmentExists` where it has the role there under another name.
    pub async fn assign(
        &self,
        scope: &ResourceId,
        name: &str,
        role: Role,
        principal: &str,
    ) -> Result<RoleAssignment, ArmError> {
        let subscription = scope.subscription_id();
        let body = json!({ "properties": {
            "roleDefinitionId": format!(
                "/subscriptions/{subscription}/providers/Microsoft.Authorization/roleDefinitions/{}",
                role.guid()
            ),
            "principalId": principal,
            // Without it a new identity may not be found yet (reference C2).
            "principalType": "ServicePrincipal",
        } });
        let path = format!("{scope}/providers/Microsoft.Authorization/roleAssignments/{name}");
        self.client.put(&path, api_versions::AUTHORIZATION, &body).await
    }

    /// Takes a role away again; one that is gone already is no error.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn unassign(&self, assignment: &RoleAssignment) -> Result<(), ArmError> {
        self.client
            .delete(&assignment.id, api_versions::AUTHORIZATION)
            .await
    }
}

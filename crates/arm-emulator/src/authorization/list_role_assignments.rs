//! `GET /{scope}/providers/Microsoft.Authorization/roleAssignments` (reference C2).

use arm_core::Response;
use serde_json::Value;

use super::{ASSIGNMENT_TYPE, effective, role_assignments};
use crate::{
    call::Call,
    paging,
    postgres::servers::text,
    refusals::{self, Refusal},
    world::World,
};

/// The assignments at a scope, above it and below it, as far as the filter lets them through.
pub(crate) fn list_role_assignments(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    role_assignments::scope(world, call)?;
    let filter = Filter::read(call)?;
    let scope = role_assignments::scope_key(call);
    let mut listed = role_assignments::at_and_above(world, &scope);
    if !filter.is_at_scope {
        // What lies exactly at the scope is above in the list already.
        let at_scope = format!("{scope}/providers/microsoft.authorization/");
        let below = world.below(&scope, ASSIGNMENT_TYPE);
        listed.extend(below.filter(|found| !text(found, "/id").to_ascii_lowercase().starts_with(&at_scope)));
    }
    let wanted = listed.into_iter().filter(|assignment| filter.lets(assignment));
    paging::page(world, call, wanted)
}

/// Which assignments are asked for.
#[derive(Debug, Default)]
struct Filter {
    /// `atScope()`: at the scope and above, not below.
    is_at_scope: bool,
    /// `principalId eq '…'`: to exactly this principal.
    principal: Option<String>,
    /// `assignedTo('…')`: to it, or to a group it is in.
    assigned_to: Option<String>,
}

impl Filter {
    fn read(call: &Call) -> Result<Self, Refusal> {
        let mut filter = Self::default();
        let text = call.target.parameter("$filter").unwrap_or_default();
        for condition in text.split(" and ").map(str::trim).filter(|part| !part.is_empty()) {
            let lower = condition.to_ascii_lowercase();
            let quoted = condition.split('\'').nth(1).map(str::to_owned);
            if lower == "atscope()" {
                filter.is_at_scope = true;
            } else if lower.starts_with("principalid eq") && quoted.is_some() {
                filter.principal = quoted;
            } else if lower.starts_with("assignedto(") && quoted.is_some() {
                filter.assigned_to = quoted;
            } else {
                let message = format!("The filter '{text}' is not supported.");
                return Err(refusals::BAD_REQUEST.refuse(&[&message]));
            }
        }
        Ok(filter)
    }

    fn lets(&self, assignment: &Value) -> bool {
        let holder = text(assignment, "/properties/principalId");
        let principal = self.principal.as_ref();
        let assigned_to = self.assigned_to.as_ref();
        principal.is_none_or(|principal| holder.eq_ignore_ascii_case(principal))
            && assigned_to.is_none_or(|principal| effective::is_for(principal, holder))
    }
}

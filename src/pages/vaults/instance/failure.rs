//! Why the instance is not protected, in Azure's words taken apart.

use arm_client::{ArmError, ServiceError, data_protection::BackupVault};

use crate::{components::protection::ProtectionProblem, prelude::*};

/// A bar with what happened, who lacks what, what Azure recommends, and what to give to support.
///
/// With its vault the bar names the vault whose identity lacks something, instead of an object id.
pub fn failure(
    title: &'static str,
    error: &ServiceError,
    vault: Option<&BackupVault>,
    actions: Option<AnyView>,
) -> AnyView {
    let error = ArmError::OperationFailed(Box::new(error.clone()));
    let identity = vault.and_then(|vault| Some((vault.principal_id.clone()?, vault.name.clone())));
    match actions {
        Some(actions) => {
            view! { <ProtectionProblem title error identity actions=move || actions /> }.into_any()
        }
        None => view! { <ProtectionProblem title error identity /> }.into_any(),
    }
}

//! Whether a recovery point can be restored, asked of Azure; an answer holds until what was asked about changes.

use arm_client::{
    ArmError,
    data_protection::{DataProtection, RestoreRequest},
};
use arm_core::ResourceId;

use super::use_validation::{Validation, use_asking};
use crate::prelude::*;

/// A page's window on one validation of a restore.
#[derive(Clone, Copy)]
pub struct RestoreValidating {
    /// How far it is.
    pub state: Signal<Validation>,
    /// The service's own word for how far it is, such as `Inprogress`; nothing unless it runs.
    pub status: Signal<Option<String>>,
    /// Why the last look gave nothing, or why nobody can say.
    pub problem: Signal<Option<ArmError>>,
    /// Asks whether the instance can be restored so; does nothing while it is being asked.
    pub validate: Callback<(ResourceId, RestoreRequest)>,
    /// Forgets the answer, also one that has yet to come: something has changed.
    pub void: Callback<()>,
}

/// A window on a validation that has yet to be asked for; it goes with its owner.
pub fn use_restore_validation() -> RestoreValidating {
    let asking = use_asking();
    let validate = Callback::new(move |(instance, request): (ResourceId, RestoreRequest)| {
        asking.ask(Box::new(move |service: DataProtection| {
            Box::pin(async move { service.begin_validate_restore(&instance, &request).await })
        }));
    });
    RestoreValidating {
        state: asking.state.into(),
        status: asking.status.into(),
        problem: asking.problem.into(),
        validate,
        void: asking.void,
    }
}

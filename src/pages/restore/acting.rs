//! Validating and restoring what the form asks for.

use arm_client::{ArmError, data_protection::RestoreRequest};
use arm_core::Timestamp;
use uuid::Uuid;

use super::{
    form::Form,
    stage::{Facts, Stage, stage},
};
use crate::{
    hooks::{Validation, use_restore_validation},
    location::{link, use_going},
    prelude::*,
    routes,
    services::use_services,
    stores::operations::{Act, Operation, OperationState, RestoredTo, Start, use_operations},
    ui::live_region::announce,
};

/// The restore on its way.
#[derive(Clone, Copy)]
pub struct Acting {
    /// How far it is.
    pub stage: Memo<Stage>,
    /// When Azure said that it can be done.
    pub validated_at: RwSignal<Option<Timestamp>>,
    /// Why Azure did not take the request, whatever the form asks for now.
    pub refusal: RwSignal<Option<Box<ArmError>>>,
    /// The restore, once it has begun.
    pub operation: Memo<Option<Operation>>,
    /// Asks Azure whether it can be done.
    pub validate: Callback<()>,
    /// Sends the request, once; a click while it is on its way does nothing.
    pub restore: Callback<()>,
}

/// What follows the form.
pub fn use_acting(form: Form) -> Acting {
    let clock = StoredValue::new_local(use_services().page_clock.clone());
    let validating = use_restore_validation();
    let validated = RwSignal::new(None::<RestoreRequest>);
    let validated_at = RwSignal::new(None);
    let (is_sending, refusal) = (RwSignal::new(false), RwSignal::new(None::<Box<ArmError>>));
    let id = RwSignal::new(None::<Uuid>);
    let set_aside = RwSignal::new(Vec::<Uuid>::new());
    let operation = use_operation(form, id, set_aside);
    let is_validated =
        move |request: &RestoreRequest| validated.with(|asked| asked.as_ref() == Some(request));
    let stage = Memo::new(move |_| {
        stage(Facts {
            lacks: form.request.with(|request| request.as_ref().err().cloned()),
            validation: validating.state.get(),
            is_sending: is_sending.get(),
            refusal: refusal.get(),
            operation: operation.with(|operation| Some(operation.as_ref()?.progress.clone())),
            is_as_validated: form
                .request
                .with(|request| request.as_ref().is_ok_and(is_validated)),
        })
    });
    let forget = move || {
        validating.void.run(());
        validated.set(None);
        validated_at.set(None);
        refusal.set(None);
        id.set(None);
    };
    // What Azure said holds for what it was asked about.
    Effect::new(move |_| {
        let is_another = form.request.with(|request| {
            validated.with(|validated| validated.is_some() && validated.as_ref() != request.as_ref().ok())
        });
        if is_another && !stage.with_untracked(Stage::is_begun) {
            let was_said = validating
                .state
                .with_untracked(|state| *state != Validation::Idle);
            forget();
            if was_said {
                announce("Validation is void. Validate again.", false);
            }
        }
    });
    Effect::new(move |before: Option<Stage>| {
        let now = stage.get();
        if before.as_ref().is_some_and(|before| *before != now) {
            if now == Stage::Valid && before == Some(Stage::Validating) {
                validated_at.set(Some(clock.with_value(|clock| clock.now())));
            }
            if let Some(words) = now.spoken() {
                announce(words, false);
            }
        }
        now
    });
    lead_to_the_job(operation);
    let instance = form.known.id;
    let validate = Callback::new(move |()| {
        if let Ok(request) = form.request.get_untracked()
            && stage.with_untracked(Stage::can_be_validated)
        {
            // Whoever validates again has looked for the one whose outcome is not known.
            if let (Stage::OutcomeNotKnown, Some(unknown)) =
                (stage.get_untracked(), operation.get_untracked())
            {
                set_aside.update(|set_aside| set_aside.push(unknown.id));
            }
            forget();
            validated.set(Some(request.clone()));
            validating.validate.run((instance.get_value(), request));
        }
    });
    let operations = use_operations();
    let restore = Callback::new(move |()| {
        let (Ok(request), None) = (
            form.request.get_untracked(),
            stage.with_untracked(Stage::reason_not_to),
        ) else {
            return;
        };
        // It may have been changed in the moment before.
        if !untrack(|| is_validated(&request)) {
            return;
        }
        is_sending.set(true);
        refusal.set(None);
        id.set(None);
        let time = untrack(|| form.chosen_point()).and_then(|point| point.time);
        let started = operations.restore(instance.get_value(), request, time);
        spawn_local(async move {
            // The form may be gone by now; the store goes on without it.
            match started.await {
                Start::Followed(followed) => drop(id.try_set(Some(followed))),
                Start::Refused(refused) => drop(refusal.try_set(Some(Box::new(refused.error)))),
            }
            is_sending.try_set(false);
        });
    });
    Acting {
        stage,
        validated_at,
        refusal,
        operation,
        validate,
        restore,
    }
}

/// The restore that was begun here, or before the page was loaded again; of one that was set aside nothing more is
/// seen while its outcome is not known.
fn use_operation(
    form: Form,
    id: RwSignal<Option<Uuid>>,
    set_aside: RwSignal<Vec<Uuid>>,
) -> Memo<Option<Operation>> {
    let operations = use_operations();
    let operation = Memo::new_with_compare(
        move |_| match id.get() {
            Some(id) => operations.get(id),
            None => {
                let request = form.request.get().ok()?;
                let asked = RestoredTo::of(&request.target);
                let is_it = |operation: &Operation| match &operation.act {
                    Act::Restore {
                        recovery_point_id,
                        target,
                        ..
                    } => *recovery_point_id == request.recovery_point_id && *target == asked,
                    _ => false,
                };
                let is_seen = |operation: &Operation| match operation.progress {
                    OperationState::Sent => false,
                    OperationState::Unknown => set_aside.with(|ids| !ids.contains(&operation.id)),
                    _ => true,
                };
                let going = operations.unfinished_on(&form.known.id.get_value());
                going
                    .into_iter()
                    .find(|operation| is_it(operation) && is_seen(operation))
            }
        },
        |_, _| true,
    );
    // It stays the one that is meant when it has ended.
    Effect::new(move |_| {
        let found = operation.with(|operation| operation.as_ref().map(|operation| operation.id));
        if found.is_some() && id.get_untracked().is_none() {
            id.set(found);
        }
    });
    operation
}

/// Goes to the page of the job once there is one: all else is seen there.
fn lead_to_the_job(operation: Memo<Option<Operation>>) {
    let go = use_going();
    let job = Memo::new(move |_| operation.with(|operation| operation.as_ref()?.job.clone()));
    Effect::new(move |is_led: Option<bool>| {
        let path = job.with(|job| routes::job(job.as_ref()?));
        match path {
            Some(path) if is_led != Some(true) => {
                go.run(link(&path));
                true
            }
            path => path.is_some(),
        }
    });
}

//! Whether something can be protected, asked of Azure; an answer holds until what was asked about changes.

use arm_client::{
    ArmError, Progress,
    data_protection::{DataProtection, Done, NewInstance},
};
use arm_core::{ResourceId, Timestamp};
use chrono::TimeDelta;

use crate::{prelude::*, services::use_services, stores::operations::is_passing};

/// How long a validation is asked about of which nothing can be learned.
const ASKING_FOR: TimeDelta = TimeDelta::minutes(15);

/// How far a validation is.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Validation {
    /// Nothing has been asked for, or what was asked about has changed since.
    #[default]
    Idle,
    /// The service works on it.
    Running,
    /// It can be protected.
    Passed,
    /// It cannot; [`ArmError::Service`] says so at once, [`ArmError::OperationFailed`] after a while.
    Failed(Box<ArmError>),
    /// Nobody can say. There is nothing to look at instead; it can be asked for again, as it changes nothing.
    Unknown,
}

/// A page's window on one validation.
#[derive(Clone, Copy)]
pub struct Validating {
    /// How far it is.
    pub state: Signal<Validation>,
    /// The service's own word for how far it is, such as `Inprogress`; nothing unless it runs.
    pub status: Signal<Option<String>>,
    /// Why the last look gave nothing, or why nobody can say.
    pub problem: Signal<Option<ArmError>>,
    /// Asks whether the vault can protect it; does nothing while it is being asked.
    pub validate: Callback<(ResourceId, NewInstance)>,
    /// Forgets the answer, also one that has yet to come: something has changed.
    pub void: Callback<()>,
}

/// A window on a validation that has yet to be asked for; it goes with its owner.
pub fn use_validation() -> Validating {
    let services = StoredValue::new_local(use_services());
    let state = RwSignal::new(Validation::Idle);
    let status = RwSignal::new(None);
    let problem = RwSignal::new(None);
    // What an earlier round still says is not heard.
    let round = StoredValue::new(0_u32);
    let void = Callback::new(move |()| {
        round.update_value(|round| *round += 1);
        state.set(Validation::Idle);
        status.set(None);
        problem.set(None);
    });
    let validate = Callback::new(move |(vault, instance): (ResourceId, NewInstance)| {
        if state.with_untracked(|state| *state == Validation::Running) {
            return;
        }
        void.run(());
        state.set(Validation::Running);
        let mine = round.get_value();
        let (arm, clock) = services.with_value(|services| (services.arm.clone(), services.clock.clone()));
        spawn_local(async move {
            let is_heard = || round.try_get_value() == Some(mine);
            let tell = |said: Said| {
                if !is_heard() {
                    return false;
                }
                match said {
                    Said::Running(word) => {
                        status.set(Some(word));
                        problem.set(None);
                    }
                    Said::NotAnswered(error) => problem.set(Some(error)),
                    Said::Ended(ended) => {
                        status.set(None);
                        problem.set(None);
                        state.set(ended);
                    }
                    Said::Unknown(error) => {
                        status.set(None);
                        problem.set(error);
                        state.set(Validation::Unknown);
                    }
                }
                true
            };
            let service = arm.data_protection();
            follow(&service, &vault, &instance, &|| clock.now(), &tell).await;
        });
    });
    Validating {
        state: state.into(),
        status: status.into(),
        problem: problem.into(),
        validate,
        void,
    }
}

/// What is told on the way.
pub enum Said {
    /// The service's own word for how far it is.
    Running(String),
    /// A look gave no answer.
    NotAnswered(ArmError),
    /// It passed or failed.
    Ended(Validation),
    /// Nobody can say; the error, where there is one, is why.
    Unknown(Option<ArmError>),
}

/// Asks and follows to the end, as long as somebody hears it.
pub async fn follow(
    service: &DataProtection,
    vault: &ResourceId,
    instance: &NewInstance,
    now: &dyn Fn() -> Timestamp,
    tell: &dyn Fn(Said) -> bool,
) {
    let mut poller: arm_client::Poller<Done> = match service.begin_validate(vault, instance).await {
        Ok(poller) => poller,
        Err(error) => {
            tell(not_begun(error));
            return;
        }
    };
    let mut until = now() + ASKING_FOR;
    loop {
        let said = match poller.next().await {
            Ok(Progress::Running { status, .. }) => {
                until = now() + ASKING_FOR;
                Said::Running(status)
            }
            Ok(Progress::Finished) => Said::Ended(Validation::Passed),
            Ok(Progress::Unknown) => Said::Unknown(None),
            Err(error @ ArmError::OperationFailed(_)) => Said::Ended(Validation::Failed(Box::new(error))),
            Err(error) if is_passing(&error) && now() < until => Said::NotAnswered(error),
            Err(error) => Said::Unknown(Some(error)),
        };
        let goes_on = matches!(said, Said::Running(_) | Said::NotAnswered(_));
        if !tell(said) || !goes_on {
            return;
        }
    }
}

/// A refusal is an answer; where none came, or nobody is signed in, nobody can say.
fn not_begun(error: ArmError) -> Said {
    match error.cause() {
        ArmError::Service(service) if service.status < 500 && !matches!(service.status, 408 | 429) => {
            Said::Ended(Validation::Failed(Box::new(error)))
        }
        _ => Said::Unknown(Some(error)),
    }
}

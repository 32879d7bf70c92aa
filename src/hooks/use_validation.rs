//! Whether something can be protected or restored, asked of Azure; an answer holds until what was asked about changes.

use std::rc::Rc;

use arm_client::{
    ArmError, Poller, Progress,
    data_protection::{DataProtection, Done, NewInstance},
};
use arm_core::{LocalFuture, ResourceId, Timestamp};
use chrono::TimeDelta;

use crate::{
    prelude::*,
    services::{Services, use_services},
    stores::operations::is_passing,
};

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
    /// It can be done.
    Passed,
    /// It cannot; [`ArmError::Service`] says so at once, [`ArmError::OperationFailed`] after a while.
    Failed(Box<ArmError>),
    /// Nobody can say. There is nothing to look at instead; it can be asked for again, as it changes nothing.
    Unknown,
}

/// A page's window on one validation of protection.
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
    let asking = use_asking();
    let validate = Callback::new(move |(vault, instance): (ResourceId, NewInstance)| {
        asking.ask(Box::new(move |service: DataProtection| {
            Box::pin(async move { service.begin_validate(&vault, &instance).await })
        }));
    });
    Validating {
        state: asking.state.into(),
        status: asking.status.into(),
        problem: asking.problem.into(),
        validate,
        void: asking.void,
    }
}

/// The request that begins a validation.
pub(super) type Begin =
    Box<dyn FnOnce(DataProtection) -> LocalFuture<'static, Result<Poller<Done>, ArmError>>>;

/// What all validations have in common.
#[derive(Clone, Copy)]
pub(super) struct Asking {
    pub(super) state: RwSignal<Validation>,
    pub(super) status: RwSignal<Option<String>>,
    pub(super) problem: RwSignal<Option<ArmError>>,
    pub(super) void: Callback<()>,
    /// What an earlier round still says is not heard.
    round: StoredValue<u32>,
    services: StoredValue<Rc<Services>, LocalStorage>,
}

/// A validation that has yet to be asked for; it goes with its owner.
pub(super) fn use_asking() -> Asking {
    let state = RwSignal::new(Validation::Idle);
    let status = RwSignal::new(None);
    let problem = RwSignal::new(None);
    let round = StoredValue::new(0_u32);
    let void = Callback::new(move |()| {
        round.update_value(|round| *round += 1);
        state.set(Validation::Idle);
        status.set(None);
        problem.set(None);
    });
    Asking {
        state,
        status,
        problem,
        void,
        round,
        services: StoredValue::new_local(use_services()),
    }
}

impl Asking {
    /// Asks, unless it is being asked already.
    pub(super) fn ask(self, begin: Begin) {
        let Self {
            state,
            status,
            problem,
            void,
            round,
            services,
        } = self;
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
            let begun = begin(arm.data_protection()).await;
            follow(begun, &|| clock.now(), &tell).await;
        });
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

/// Follows what has begun, or has not, to the end, as long as somebody hears it.
pub async fn follow(
    begun: Result<Poller<Done>, ArmError>,
    now: &dyn Fn() -> Timestamp,
    tell: &dyn Fn(Said) -> bool,
) {
    let mut poller = match begun {
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

//! The one way in which a page starts, follows and resumes a long-running operation.
//!
//! The work is the store's, which outlives the page; the hook is the page's window on it and goes
//! with its owner. It sends at most one request per click, however fast the clicks come.

use arm_client::{
    BackupName, data_protection::RestoreRequest, postgres::long_term_retention::LongTermBackupName,
    storage::SasUri,
};
use arm_core::{LocalFuture, ResourceId, Timestamp};
use uuid::Uuid;

use crate::{
    prelude::*,
    problem::Problem,
    stores::operations::{OperationState, ProtectionRequest, Start, use_operations},
};

/// How far the operation of this hook is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsyncOperationState {
    /// Nothing has been asked for.
    Idle,
    /// The request has left, and no answer has come yet.
    Requesting,
    /// The service refused it; nothing has begun.
    Refused,
    /// The service works on it.
    Running,
    /// It is done.
    Completed,
    /// The service says that it failed.
    Failed,
    /// Nobody can say.
    Unknown,
}

/// A page's window on one operation.
#[derive(Clone, Copy)]
pub struct AsyncOperation {
    /// How far it is.
    pub state: Signal<AsyncOperationState>,
    /// The operation that was started last, for [`Operations::get`](crate::stores::operations::Operations::get).
    pub id: Signal<Option<Uuid>>,
    /// The service's own word for how far it is, such as `InProgress`; nothing unless it runs.
    pub status: Signal<Option<String>>,
    /// How much is done, where the service says so; 0 to 100.
    pub percent: Signal<Option<f64>>,
    /// When it was asked for.
    pub started: Signal<Option<Timestamp>>,
    /// When the service is asked next.
    pub next_poll: Signal<Option<Timestamp>>,
    /// Why it was refused, or why the last look gave nothing.
    pub problem: Signal<Option<Problem>>,
    /// Asks for an on-demand backup, with the names of those in the list where it has been read; does nothing while one
    /// is being requested or runs.
    pub take_backup: Callback<(ResourceId, BackupName, Option<Vec<String>>)>,
    /// Asks for the deletion of an on-demand backup; does nothing while one is being requested or runs.
    pub delete_backup: Callback<(ResourceId, BackupName)>,
    /// Asks for a long-term retention backup into these containers; does nothing while one is being requested or runs.
    pub back_up_long_term: Callback<(ResourceId, LongTermBackupName, Vec<SasUri>)>,
    /// Asks for something to be done with a backup instance; does nothing while it is being requested or runs.
    pub protect: Callback<(ResourceId, ProtectionRequest)>,
    /// Asks for a restore of a recovery point of a backup instance, with the time at which it was taken; does nothing
    /// while it is being requested or runs.
    pub restore: Callback<(ResourceId, RestoreRequest, Option<Timestamp>)>,
    /// Looks again at once.
    pub check_again: Callback<()>,
    /// Stops asking; the service goes on.
    pub stop_following: Callback<()>,
}

/// A window on an operation that has yet to be started.
pub fn use_async_operation() -> AsyncOperation {
    let operations = use_operations();
    let is_requesting = RwSignal::new(false);
    let refusal = RwSignal::new(None::<Problem>);
    let id = RwSignal::new(None::<Uuid>);
    let entry = Memo::new_with_compare(move |_| id.get().and_then(|id| operations.get(id)), |_, _| true);

    let state = Signal::derive(move || {
        if is_requesting.get() {
            return AsyncOperationState::Requesting;
        }
        let progress = entry.with(|entry| entry.as_ref().map(|operation| operation.progress.clone()));
        match progress {
            Some(OperationState::Sent) => AsyncOperationState::Requesting,
            Some(OperationState::Running { .. }) => AsyncOperationState::Running,
            Some(OperationState::Completed) => AsyncOperationState::Completed,
            Some(OperationState::Failed(_)) => AsyncOperationState::Failed,
            Some(OperationState::Unknown) => AsyncOperationState::Unknown,
            None if refusal.with(Option::is_some) => AsyncOperationState::Refused,
            None => AsyncOperationState::Idle,
        }
    });
    let status = Signal::derive(move || {
        entry.with(|entry| match &entry.as_ref()?.progress {
            OperationState::Running { status, .. } => Some(status.clone()),
            _ => None,
        })
    });
    let percent = Signal::derive(move || {
        entry.with(|entry| match entry.as_ref()?.progress {
            OperationState::Running { percent, .. } => percent,
            _ => None,
        })
    });
    let started = Signal::derive(move || entry.with(|entry| Some(entry.as_ref()?.started)));
    let next_poll = Signal::derive(move || entry.with(|entry| entry.as_ref()?.next_look));
    let problem = Signal::derive(move || {
        let looking = || entry.with(|entry| entry.as_ref()?.problem.as_ref().map(Problem::in_full));
        refusal.get().or_else(looking)
    });

    // Every act begins in the same way, so that none of them can be begun twice by one window.
    let begin = move |name: String, start: LocalFuture<'static, Start>| {
        is_requesting.set(true);
        refusal.set(None);
        id.set(None);
        spawn_local(async move {
            // The page may be gone by now; the store goes on without it.
            match start.await {
                Start::Followed(followed) => drop(id.try_set(Some(followed))),
                Start::Refused(refused) => drop(refusal.try_set(Some(refused.problem(&name)))),
            }
            is_requesting.try_set(false);
        });
    };
    let is_busy = move || {
        matches!(
            state.get_untracked(),
            AsyncOperationState::Requesting | AsyncOperationState::Running
        )
    };
    let take_backup = Callback::new(
        move |(server, name, known_before): (ResourceId, BackupName, Option<Vec<String>>)| {
            if !is_busy() {
                let asked = name.to_string();
                begin(
                    asked,
                    Box::pin(operations.take_backup(server, name, known_before)),
                );
            }
        },
    );
    let delete_backup = Callback::new(move |(server, name): (ResourceId, BackupName)| {
        if !is_busy() {
            begin(name.to_string(), Box::pin(operations.delete_backup(server, name)));
        }
    });
    let back_up_long_term = Callback::new(
        move |(server, name, containers): (ResourceId, LongTermBackupName, Vec<SasUri>)| {
            if !is_busy() {
                let asked = name.to_string();
                begin(
                    asked,
                    Box::pin(operations.back_up_long_term(server, name, containers)),
                );
            }
        },
    );
    let protect = Callback::new(move |(instance, request): (ResourceId, ProtectionRequest)| {
        if !is_busy() {
            let asked = instance.name().to_owned();
            begin(asked, Box::pin(operations.protect(instance, request)));
        }
    });
    let restore = Callback::new(
        move |(instance, request, point_time): (ResourceId, RestoreRequest, Option<Timestamp>)| {
            if !is_busy() {
                let asked = instance.name().to_owned();
                begin(asked, Box::pin(operations.restore(instance, request, point_time)));
            }
        },
    );
    let check_again = Callback::new(move |()| {
        if let Some(id) = id.get_untracked() {
            operations.check_again(id);
        }
    });
    let stop_following = Callback::new(move |()| {
        if let Some(id) = id.get_untracked() {
            operations.stop_following(id);
        }
    });

    AsyncOperation {
        state,
        id: id.into(),
        status,
        percent,
        started,
        next_poll,
        problem,
        take_backup,
        delete_backup,
        back_up_long_term,
        protect,
        restore,
        check_again,
        stop_following,
    }
}

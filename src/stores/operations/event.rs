//! What happens to an operation, in the order in which it happens.

use std::time::Duration;

use arm_client::{ArmError, ContinuationToken};
use arm_core::{ResourceId, Timestamp};

use super::{Cause, Failure};

/// What happens to an operation.
#[derive(Clone)]
pub enum Event {
    /// The list was read before the request left: whether a backup of this name was in it.
    LookedBefore(bool),
    /// The jobs of an instance were read before the request left: when the newest one had begun.
    JobsBefore(Timestamp),
    /// The service took the request; the token, where there is one, is how to go on asking.
    Accepted(Option<ContinuationToken>),
    /// The service says how far it is, and when it is asked next.
    Running {
        /// The service's own word.
        status: String,
        /// How much is done.
        percent: Option<f64>,
        /// The wait before the next look.
        next_look_in: Option<Duration>,
        /// How to go on asking.
        token: Option<ContinuationToken>,
    },
    /// A look gave no answer; the operation is not affected, and is looked at again.
    NotAnswered(ArmError),
    /// It is done.
    Completed,
    /// The backup or restore of an instance runs, or has run, as this job.
    JobStarted(ResourceId),
    /// It is done, and the service has something to say about it.
    Warned(Failure),
    /// The answer was lost, and the backup is in the list, where it was not before; since this moment.
    Found(Option<Timestamp>),
    /// There was nothing to do: what is to be deleted is not there.
    AlreadyGone,
    /// It has failed; the cause is what was found out about an InternalServerError.
    Failed(Failure, Option<Cause>),
    /// Somebody gave its job up.
    Cancelled(Failure),
    /// More is known about why it has failed.
    Explained(Cause),
    /// Nobody can say; the error, where there is one, is why.
    Unknown(Option<ArmError>),
    /// The service answered InternalServerError to the request, and nobody can say whether something has begun.
    Open(ArmError, Cause),
    /// The service refused the request: nothing has begun.
    Refused(ArmError, Option<Cause>),
}

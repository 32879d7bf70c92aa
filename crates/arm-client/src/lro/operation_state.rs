//! All that is known of an operation, and how each answer changes it.

use std::time::Duration;

use arm_core::{Headers, Method, Response, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    FinalStateVia,
    final_read::{Ending, FinalRead, final_read},
    follow::{FirstStep, Following, Protocol, first_step},
    operation_status::OperationStatus,
    pace,
    progress::Progress,
    reading::Reading,
};
use crate::{ArmOrigin, ServiceError, Unreadable, pipeline::Call, retry_after::retry_after};

/// The shape of a kept state; another one is not read.
const FORMAT: u32 = 1;

/// All that is known of an operation. It is plain data: a continuation token is its JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct OperationState {
    format: u32,
    origin: String,
    pub(super) tenant: Option<String>,
    method: Method,
    /// The URL of the first request.
    original: String,
    /// The caller's fields, which go with every poll and the final read.
    pub(super) headers: Headers,
    via: FinalStateVia,
    following: Option<Following>,
    /// The last readable `Location`, where the result of an action may be.
    location: Option<String>,
    phase: Phase,
    /// Answers read so far, the first one not counted.
    polls: u32,
    /// Spreads the waits.
    seed: u64,
    /// When to ask next.
    due: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Phase {
    Running {
        status: String,
        percent: Option<f64>,
    },
    Succeeded(FinalRead),
    #[serde(skip)]
    Failed(Box<ServiceError>),
    Unknown,
}

impl OperationState {
    /// The state after the first answer.
    ///
    /// # Errors
    /// When it is no answer of Azure Resource Manager's.
    pub(super) fn begin(
        origin: &ArmOrigin,
        call: &Call,
        via: FinalStateVia,
        response: &Response,
        seed: u64,
        now: Timestamp,
    ) -> Result<Self, Unreadable> {
        let mut state = Self {
            format: FORMAT,
            origin: origin.as_str().to_owned(),
            tenant: call.tenant.clone(),
            method: call.method,
            original: call.url.as_str().to_owned(),
            headers: call.headers.clone(),
            via,
            following: None,
            location: Protocol::Location.url(response, origin),
            phase: Phase::Unknown,
            polls: 0,
            seed,
            due: None,
        };
        match first_step(call.method, &state.original, response, origin) {
            FirstStep::Unknown => {}
            FirstStep::Unreadable => {
                let reason = format!("an answer of {} holds no JSON", response.status);
                return Err(Unreadable::new(reason).answered_by(response));
            }
            FirstStep::Ended => state.succeed(None, response),
            FirstStep::Follow(following) => {
                let is_resource = following.protocol == Protocol::ResourceBody;
                state.following = Some(following);
                state.phase = Phase::Running {
                    status: "Accepted".to_owned(),
                    percent: None,
                };
                // The first answer is a reading only where it is the resource itself; an empty one is
                // asked again, never taken for an end.
                if is_resource && let Ok(reading) = Protocol::ResourceBody.read(response) {
                    state.take_reading(reading, response, origin);
                }
                state.set_due(retry_after(&response.headers, now), now);
            }
        }
        Ok(state)
    }

    /// The state after a poll was answered with 2xx.
    ///
    /// # Errors
    /// When the answer says nothing of the operation; the state is as before then.
    pub(super) fn take(
        &mut self,
        response: &Response,
        origin: &ArmOrigin,
        now: Timestamp,
    ) -> Result<(), Unreadable> {
        let Some(protocol) = self.following.as_ref().map(|following| following.protocol) else {
            return Ok(());
        };
        let reading = protocol.read(response)?;
        self.polls = self.polls.saturating_add(1);
        // A service may move the status and the result; a URL that is refused moves nothing.
        if let Some(url) = protocol.url(response, origin) {
            self.following = Some(Following { protocol, url });
        }
        if let Some(url) = Protocol::Location.url(response, origin) {
            self.location = Some(url);
        }
        self.take_reading(reading, response, origin);
        self.set_due(retry_after(&response.headers, now), now);
        Ok(())
    }

    /// Sets when to ask next: after `asked`, or at our own pace.
    pub(super) fn set_due(&mut self, asked: Option<Duration>, now: Timestamp) {
        self.due = self
            .is_running()
            .then(|| now + pace::wait(asked, self.polls, self.seed));
    }

    /// How long to wait until the next poll; no longer than a wait can be, should the clock have been set back.
    pub(super) fn due_in(&self, now: Timestamp) -> Option<Duration> {
        let longest = pace::wait(Some(Duration::MAX), 0, 0);
        Some((self.due? - now).to_std().unwrap_or_default().min(longest))
    }

    /// Where to ask, while the operation runs.
    pub(super) fn poll_url(&self) -> Option<&str> {
        let following = self.following.as_ref()?;
        self.is_running().then_some(following.url.as_str())
    }

    /// What is known, or the service's words on why it failed.
    pub(super) fn progress(&self) -> Result<Progress, Box<ServiceError>> {
        match &self.phase {
            Phase::Running { status, percent } => Ok(Progress::Running {
                status: status.clone(),
                percent: *percent,
            }),
            Phase::Succeeded(_) => Ok(Progress::Finished),
            Phase::Unknown => Ok(Progress::Unknown),
            Phase::Failed(error) => Err(error.clone()),
        }
    }

    /// How to get the result, once the operation has succeeded.
    pub(super) fn final_read(&self) -> Option<&FinalRead> {
        match &self.phase {
            Phase::Succeeded(read) => Some(read),
            _ => None,
        }
    }

    pub(super) fn is_running(&self) -> bool {
        matches!(self.phase, Phase::Running { .. })
    }

    /// Whether a later session could do something with it.
    pub(super) fn is_resumable(&self) -> bool {
        matches!(self.phase, Phase::Running { .. } | Phase::Succeeded(_))
    }

    pub(super) fn belongs_to(&self, origin: &ArmOrigin) -> bool {
        self.format == FORMAT && self.origin == origin.as_str()
    }

    fn take_reading(&mut self, reading: Reading, response: &Response, origin: &ArmOrigin) {
        match reading.status {
            OperationStatus::Running => {
                self.phase = Phase::Running {
                    status: reading.word,
                    percent: reading.percent,
                };
            }
            OperationStatus::Succeeded => {
                let accepted = reading.resource_location.filter(|url| origin.accept(url).is_ok());
                self.succeed(accepted.as_deref(), response);
            }
            OperationStatus::Failed | OperationStatus::Canceled => {
                let error = ServiceError::from_status(response, reading.error.as_ref(), &reading.word);
                self.phase = Phase::Failed(Box::new(error));
            }
        }
    }

    fn succeed(&mut self, resource_location: Option<&str>, response: &Response) {
        self.phase = Phase::Succeeded(final_read(Ending {
            method: self.method,
            via: self.via,
            protocol: self.following.as_ref().map(|following| following.protocol),
            original: &self.original,
            location: self.location.as_deref(),
            resource_location,
            body: &response.body,
        }));
    }
}

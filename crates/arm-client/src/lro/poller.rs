//! Following an operation to its end.

use std::{marker::PhantomData, time::Duration};

use arm_core::{Method, Response};
use serde::de::DeserializeOwned;

use super::{ContinuationToken, Operation, Progress, final_read::FinalRead, operation_state::OperationState};
use crate::{
    ArmClient, ArmError, Unreadable,
    pipeline::{Answer, Call, Repetition, read_body},
};

/// Follows one long-running operation.
///
/// Dropping it, or a future of it, stops the asking and not the operation: Azure goes on, and
/// [`Poller::continuation_token`] lets a later page pick it up again.
///
/// ```
/// # use arm_client::{ArmError, Poller, Progress};
/// async fn follow<T: serde::de::DeserializeOwned>(mut poller: Poller<T>) -> Result<Option<T>, ArmError> {
///     loop {
///         match poller.next().await? {
///             Progress::Running { .. } => {}
///             Progress::Finished => return poller.result().await.map(Some),
///             Progress::Unknown => return Ok(None),
///         }
///     }
/// }
/// ```
pub struct Poller<T> {
    client: ArmClient,
    state: OperationState,
    /// Whether `next` has told the state already.
    is_told: bool,
    /// The status of the answer to the request that began it; `None` where an earlier tab sent it.
    began_with: Option<u16>,
    result: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Poller<T> {
    pub(crate) async fn begin(client: ArmClient, operation: &Operation) -> Result<Self, ArmError> {
        let url = client.url(&operation.path, operation.api_version)?;
        let mut call = client.call(operation.method, url, operation.repetition);
        call.body.clone_from(&operation.body);
        let Answer { response, seed } = client.send(&call).await?;
        let (origin, now) = (&client.shared.origin, client.shared.clock.now());
        let state = OperationState::begin(origin, &call, operation.final_state_via, &response, seed, now)?;
        Ok(Self {
            client,
            state,
            is_told: false,
            began_with: Some(response.status),
            result: PhantomData,
        })
    }

    pub(crate) fn resume(client: ArmClient, token: &ContinuationToken) -> Result<Self, ArmError> {
        let state = token.read(&client.shared.origin)?;
        Ok(Self {
            client,
            state,
            is_told: false,
            began_with: None,
            result: PhantomData,
        })
    }

    /// The status of the service's answer to the request; `None` after [`ArmClient::resume`].
    ///
    /// A deletion that ended at once tells by it whether there was something to delete (200) or not (204).
    pub fn began_with(&self) -> Option<u16> {
        self.began_with
    }

    /// What the service says now.
    ///
    /// The first call answers at once with what is known already. Each later one waits first, as long as
    /// the service asks (Retry-After), or else 5 s growing to 30 s, and then asks. Once the operation has
    /// ended, or nobody knows where to ask, it answers the same at once.
    ///
    /// # Errors
    /// [`ArmError::OperationFailed`] when the operation failed or was canceled. Every other error says
    /// only that the asking failed: the operation goes on, and the next call asks again.
    pub async fn next(&mut self) -> Result<Progress, ArmError> {
        if self.is_told {
            if let Some(wait) = self.next_poll_in() {
                self.client.shared.clock.sleep(wait).await;
            }
            return self.look().await;
        }
        self.is_told = true;
        self.state.progress().map_err(ArmError::OperationFailed)
    }

    /// What the service says now, asked at once: for who waits by himself, or whom the user has told to.
    ///
    /// # Errors
    /// As [`Poller::next`].
    pub async fn look(&mut self) -> Result<Progress, ArmError> {
        self.is_told = true;
        self.ask().await?;
        self.state.progress().map_err(ArmError::OperationFailed)
    }

    /// What the operation made; to be called after [`Progress::Finished`].
    ///
    /// # Errors
    /// [`ArmError::OperationFailed`] when the operation failed, [`ArmError::Unreadable`] when it has not
    /// ended or its result is not a `T`; see [`ArmError`] for the read itself.
    pub async fn result(self) -> Result<T, ArmError> {
        self.state.progress().map_err(ArmError::OperationFailed)?;
        match self.state.final_read() {
            Some(FinalRead::Get(url)) => read_body(&self.get(url).await?),
            Some(FinalRead::Body(body)) => read_body(&Response::new(200).with_body(body)),
            Some(FinalRead::Nothing) => read_body(&Response::new(204).with_body("null")),
            None => Err(Unreadable::new("the operation has not ended, so it has no result").into()),
        }
    }

    /// What to keep so that [`ArmClient::resume`] can go on later; `None` once the operation has failed, or
    /// where nobody knows where to ask.
    pub fn continuation_token(&self) -> Option<ContinuationToken> {
        ContinuationToken::of(&self.state)
    }

    /// In how long the service will be asked again; `None` when it will not.
    pub fn next_poll_in(&self) -> Option<Duration> {
        self.state.due_in(self.client.shared.clock.now())
    }

    async fn ask(&mut self) -> Result<(), ArmError> {
        let Some(url) = self.state.poll_url().map(str::to_owned) else {
            return Ok(());
        };
        let clock = self.client.shared.clock.clone();
        // Should this poll fail, the next one comes at our own pace and not at once.
        self.state.set_due(None, clock.now());
        match self.get(&url).await {
            Ok(response) => Ok(self
                .state
                .take(&response, &self.client.shared.origin, clock.now())?),
            Err(error) => {
                let asked = error.service_error().and_then(|service| service.retry_after);
                self.state.set_due(asked, clock.now());
                Err(error)
            }
        }
    }

    /// Reads a URL the service handed out, with the caller's fields.
    async fn get(&self, url: &str) -> Result<Response, ArmError> {
        let call = Call {
            method: Method::Get,
            url: self.client.shared.origin.accept(url)?,
            headers: self.state.headers.clone(),
            body: None,
            repetition: Repetition::Converges,
            tenant: self.state.tenant.clone(),
        };
        Ok(self.client.send(&call).await?.response)
    }
}

//! The way of a request: authorize, name it, send it, and send it again where that is allowed.

mod challenge;
mod repetition;
mod sign_in;
mod tenant;

use std::time::Duration;

use arm_core::{Headers, Method, Request, Response, Secret, TransportError};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use repetition::Decision;
pub use repetition::Repetition;

use crate::{
    ArmClient, ArmError, ArmUrl, Exhausted, ServiceError, SignInNeeded, SignInReason, TokenRequest,
    Unreadable, jitter, redact, retry_after::retry_after,
};

/// One request as the caller means it; it may leave several times.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) url: ArmUrl,
    /// The caller's fields; never `Authorization`.
    pub(crate) headers: Headers,
    pub(crate) body: Option<String>,
    pub(crate) repetition: Repetition,
    pub(crate) tenant: Option<String>,
}

/// An answer of 2xx.
pub(crate) struct Answer {
    pub(crate) response: Response,
    /// A number made from the id of the request, to spread waits with.
    pub(crate) seed: u64,
}

impl ArmClient {
    /// Sends a call and repeats it as its [`Repetition`] allows; anything but 2xx is an error.
    pub(crate) async fn send(&self, call: &Call) -> Result<Answer, ArmError> {
        let mut token_request = TokenRequest {
            tenant: call.tenant.clone(),
            subscription: tenant::subscription(call.url.as_str()).map(str::to_owned),
            claims: None,
        };
        let mut is_led_to_tenant = false;
        let mut attempts = 0;
        let mut waited = Duration::ZERO;
        // Whether an earlier attempt may have been carried out, its answer being lost.
        let mut is_open = false;
        loop {
            let token = self.shared.credential.token(token_request.clone()).await?;
            // A new id for each attempt: some refusals are kept by it (auth #103).
            let id = Uuid::new_v4();
            let (seed, _) = id.as_u64_pair();
            let outcome = self.shared.transport.send(compose(call, &token, id)).await;
            attempts += 1;

            if let Ok(response) = &outcome
                && token_request.claims.is_none()
                && let Some(claims) = challenge::claims(response)
            {
                // Answered once; the request was refused before anything began, whatever it triggers (auth #30).
                token_request.claims = Some(claims);
                continue;
            }
            if let Ok(response) = &outcome
                && !is_led_to_tenant
                && call.tenant.is_none()
                && let Some(subscription) = &token_request.subscription
                && let Some(tenant) = tenant::right_tenant(response)
                && self.shared.credential.belongs(subscription, &tenant)
            {
                // The same, and once too: a subscription has one tenant (auth #27).
                is_led_to_tenant = true;
                token_request.tenant = Some(tenant);
                continue;
            }

            let asked_wait = match &outcome {
                Ok(response) => retry_after(&response.headers, self.shared.clock.now()),
                Err(_) => None,
            };
            let status = outcome.as_ref().ok().map(|response| response.status);
            let spread = jitter::fraction(seed, attempts);
            match call.repetition.decide(status, asked_wait, attempts, spread) {
                Decision::Repeat(wait) => {
                    is_open |= call.method != Method::Get
                        && status.is_none_or(|status| status == 408 || status >= 500);
                    self.shared.clock.sleep(wait).await;
                    waited += wait;
                }
                Decision::Stop => {
                    let outcome = read_outcome(outcome, asked_wait, seed);
                    if let Err(ArmError::SignInNeeded(needed)) = &outcome
                        && needed.reason != SignInReason::MoreProof
                    {
                        self.shared.credential.refused(&token);
                    }
                    // A refusal of the second attempt may be the first one's doing, and tells nothing about it.
                    return outcome.map_err(|last| {
                        if is_open {
                            exhausted(attempts, waited, is_open, last)
                        } else {
                            last
                        }
                    });
                }
                Decision::GiveUp => {
                    return match read_outcome(outcome, asked_wait, seed) {
                        Err(last) if attempts > 1 => Err(exhausted(attempts, waited, is_open, last)),
                        other => other,
                    };
                }
            }
        }
    }
}

fn exhausted(attempts: u32, waited: Duration, is_open: bool, last: ArmError) -> ArmError {
    ArmError::Exhausted(Box::new(Exhausted {
        attempts,
        waited,
        is_open,
        last,
    }))
}

fn compose(call: &Call, token: &Secret, id: Uuid) -> Request {
    let mut headers = call.headers.clone();
    headers.set("Accept", "application/json");
    headers.set("Authorization", format!("Bearer {}", token.expose()));
    if headers.get("x-ms-client-request-id").is_none() {
        headers.set("x-ms-client-request-id", id.to_string());
    }
    if call.body.as_ref().is_some_and(|body| !body.is_empty()) {
        headers.set("Content-Type", "application/json");
    }
    Request {
        method: call.method,
        url: call.url.as_str().to_owned(),
        headers,
        body: call.body.clone(),
    }
}

fn read_outcome(
    outcome: Result<Response, TransportError>,
    asked_wait: Option<Duration>,
    seed: u64,
) -> Result<Answer, ArmError> {
    let response =
        outcome.map_err(|error| ArmError::Transport(TransportError::new(redact(error.message()))))?;
    if response.is_success() {
        return Ok(Answer { response, seed });
    }
    if challenge::claims(&response).is_some() {
        // It was answered, and the answer was not enough.
        return Err(SignInNeeded {
            reason: SignInReason::MoreProof,
        }
        .into());
    }
    let error = ServiceError::from_response(&response, asked_wait);
    Err(match sign_in::reason(&error) {
        Some(reason) => ArmError::SignInNeeded(SignInNeeded { reason }),
        None => ArmError::Service(Box::new(error)),
    })
}

/// Reads the JSON of an answer; the content type is not asked, because it may be missing.
pub(crate) fn read_body<T: DeserializeOwned>(response: &Response) -> Result<T, ArmError> {
    serde_json::from_str(&response.body).map_err(|error| {
        let reason = format!("{} of {} bytes: {error}", response.status, response.body.len());
        ArmError::Unreadable(Unreadable::new(reason).answered_by(response))
    })
}

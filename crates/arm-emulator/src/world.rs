//! The world: everything the emulator knows.

use std::collections::BTreeMap;

use arm_core::{Method, Request, Response, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    Faults, Reply, Switches,
    call::Call,
    cors,
    data_protection::schedule::Protection,
    default_world,
    faults::FaultKind,
    operations::Operation,
    random::Random,
    rate_limits::RateLimits,
    response_headers, router,
    storage::{blob_service, blobs::Blobs},
    target::Target,
    tokens,
};

/// All resources, running operations, injected faults and switches of one emulated Azure.
///
/// It serialises wholly: a world read back answers as the one that was written.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct World {
    format: Format,
    pub(crate) seed: u64,
    pub(crate) random: Random,
    /// Resources as the service would answer them, by lower-case id.
    pub(crate) documents: BTreeMap<String, Value>,
    /// Long-running operations by their lower-case name.
    pub(crate) operations: BTreeMap<String, Operation>,
    /// When the next backup is due or the oldest expires; `None` means that it must be looked up.
    pub(crate) backups_due: Option<Timestamp>,
    /// How far the schedules of Azure Backup have been carried out.
    pub(crate) protection: Protection,
    pub(crate) rate_limits: RateLimits,
    pub(crate) faults: Faults,
    pub(crate) switches: Switches,
    pub(crate) unknown_routes: Vec<String>,
    /// What containers hold, by the container's lower-case id and the blob's name.
    #[serde(default)]
    pub(crate) blobs: Blobs,
}

impl World {
    /// The default world of the design (section 5, *Default world*), a function of `seed` and `now`.
    pub fn new(seed: u64, now: Timestamp) -> Self {
        let mut world = Self {
            format: Format::CURRENT,
            seed,
            random: Random::new(seed),
            documents: BTreeMap::new(),
            operations: BTreeMap::new(),
            backups_due: None,
            protection: Protection::starting_at(now),
            rate_limits: RateLimits::default(),
            faults: Faults::default(),
            switches: Switches::default(),
            unknown_routes: Vec::new(),
            blobs: Blobs::default(),
        };
        default_world::fill(&mut world, now);
        world
    }

    /// Answers one request at the moment `now`.
    ///
    /// Never panics, whatever the request holds, and changes no resource when it refuses.
    pub fn handle(&mut self, request: &Request, now: Timestamp) -> Reply {
        self.settle(now);
        if let Some(reply) = blob_service::answer(self, request, now) {
            return reply;
        }
        if request.method == Method::Options {
            return Reply::normal(cors::preflight(request));
        }
        let correlation_id = request
            .headers
            .get("x-ms-correlation-request-id")
            .map(str::to_owned);
        let correlation_id = correlation_id.unwrap_or_else(|| self.random.guid());
        let fault = self.faults.take(request);
        let response = match fault.as_ref().and_then(FaultKind::answer) {
            Some(response) => response,
            None => self.answer(request, now, &correlation_id, fault.clone()),
        };
        let mut reply = Reply::normal(response);
        if let Some(fault) = fault {
            reply = fault.deliver(reply);
        }
        response_headers::add(self, request, &correlation_id, &mut reply.response, now);
        reply.response = self.switches.write(reply.response);
        if request.method == Method::Head {
            reply.response.body.clear();
        }
        reply.hides_headers = self.switches.hide_headers;
        reply
    }

    /// The faults that coming requests meet.
    pub fn faults(&mut self) -> &mut Faults {
        &mut self.faults
    }

    /// What the service leaves open, to be set.
    pub fn switches(&mut self) -> &mut Switches {
        &mut self.switches
    }

    /// Requests answered 501 so far, as `METHOD path`.
    pub fn unknown_routes(&self) -> &[String] {
        &self.unknown_routes
    }

    fn answer(
        &mut self,
        request: &Request,
        now: Timestamp,
        correlation_id: &str,
        fault: Option<FaultKind>,
    ) -> Response {
        let call = Target::parse(&request.url).and_then(|target| {
            let caller = tokens::authenticate(request, self.switches.strict_tokens, now)?;
            let context = self.switches.required_context.as_deref();
            tokens::check_context(&caller, request.method, context)?;
            Ok(Call::new(request, target, caller, now, correlation_id, fault))
        });
        match call {
            Ok(call) => router::answer(self, call),
            Err(refusal) => refusal.into_response(),
        }
    }
}

/// The number of the shape in which worlds are kept; a world of another number is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
struct Format(u32);

impl Format {
    const CURRENT: Self = Self(3);
}

impl TryFrom<u32> for Format {
    type Error = String;

    fn try_from(number: u32) -> Result<Self, Self::Error> {
        if Self(number) == Self::CURRENT {
            Ok(Self::CURRENT)
        } else {
            Err(format!(
                "a world of format {number}, while this emulator keeps format {}",
                Self::CURRENT.0
            ))
        }
    }
}

impl From<Format> for u32 {
    fn from(format: Format) -> Self {
        format.0
    }
}

#[cfg(test)]
mod tests;

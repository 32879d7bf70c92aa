//! The world: everything the emulator knows.

use std::collections::BTreeMap;

use arm_core::{Method, Request, Response, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    Faults, Reply, Switches,
    call::Call,
    cors, default_world,
    faults::FaultKind,
    operations::{Failure, Operation},
    random::Random,
    rate_limits::RateLimits,
    response_headers, router,
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
    pub(crate) rate_limits: RateLimits,
    pub(crate) faults: Faults,
    pub(crate) switches: Switches,
    pub(crate) unknown_routes: Vec<String>,
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
            rate_limits: RateLimits::default(),
            faults: Faults::default(),
            switches: Switches::default(),
            unknown_routes: Vec::new(),
        };
        default_world::fill(&mut world, now);
        world
    }

    /// Answers one request at the moment `now`.
    ///
    /// Never panics, whatever the request holds, and changes no resource when it refuses.
    pub fn handle(&mut self, request: &Request, now: Timestamp) -> Reply {
        self.settle(now);
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
            None => self.answer(
                request,
                now,
                &correlation_id,
                fault.as_ref().and_then(FaultKind::end),
            ),
        };
        let mut reply = Reply::normal(response);
        if let Some(fault) = fault {
            reply = fault.deliver(reply);
        }
        response_headers::add(self, request, &correlation_id, &mut reply.response, now);
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
        injected_failure: Option<Failure>,
    ) -> Response {
        let call = Target::parse(&request.url).and_then(|target| {
            let caller = tokens::authenticate(request, self.switches.strict_tokens, now)?;
            Ok(Call::new(
                request,
                target,
                caller,
                now,
                correlation_id,
                injected_failure,
            ))
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
    const CURRENT: Self = Self(1);
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
mod tests {
    use chrono::TimeDelta;
    use serde_json::Value;

    use super::*;
    use crate::testing::{ORDERS, Rig, VERSION, body, noon, url};

    fn as_json(world: &World) -> Value {
        serde_json::to_value(world).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn the_default_world_is_a_function_of_seed_and_moment() {
        let world = as_json(&World::new(1, noon()));
        assert_eq!(world, as_json(&World::new(1, noon())));
        assert_ne!(world["documents"], as_json(&World::new(2, noon()))["documents"]);
        let later = noon() + TimeDelta::hours(1);
        assert_ne!(world["documents"], as_json(&World::new(1, later))["documents"]);
    }

    #[test]
    fn the_default_world_changes_nothing_when_it_is_first_asked() {
        let mut rig = Rig::new();
        let before = rig.contents();
        rig.get(ORDERS);
        assert_eq!(rig.contents(), before);
    }

    #[test]
    fn a_world_read_back_goes_on_as_the_one_that_was_written() {
        let mut rig = Rig::new();
        rig.world.switches().operation_time_factor = 2.5;
        let begun = rig.send(Method::Put, &format!("{ORDERS}/backups/b"), VERSION);
        rig.get("/providers/Microsoft.Nothing/things");
        let status = begun.headers.get("Azure-AsyncOperation").unwrap_or_default();

        let text = serde_json::to_string(&rig.world).unwrap_or_else(|error| panic!("{error}"));
        let mut read = Rig::new();
        read.world = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(as_json(&read.world), as_json(&rig.world));
        for (seconds, state) in [(0, "InProgress"), (60, "Succeeded")] {
            rig.wait(seconds);
            read.wait(seconds);
            let answers = [&mut rig, &mut read].map(|rig| rig.follow(status));
            assert_eq!(answers[0], answers[1]);
            assert_eq!(body(&answers[0])["status"], state);
        }
        assert_eq!(as_json(&read.world), as_json(&rig.world));
    }

    #[test]
    fn a_world_of_another_format_is_not_read() {
        let mut world = as_json(&World::new(1, noon()));
        assert!(serde_json::from_value::<World>(world.clone()).is_ok());
        world["format"] = Value::from(0);
        let error = serde_json::from_value::<World>(world).expect_err("another format");
        assert_eq!(
            error.to_string(),
            "a world of format 0, while this emulator keeps format 1"
        );
    }

    /// Requests with bytes taken out, doubled and changed: an answer comes, and no resource is different.
    #[test]
    fn no_request_however_broken_panics_or_changes_a_resource() {
        const QUERY: &str = r#"{"query":"resources | where type =~ 'a' and (name has 'b' or not(isempty(properties.x['y']))) | order by name | take 5","options":{"$top":5}}"#;
        let seeds = [
            (
                Method::Get,
                format!("{ORDERS}/backups?$skiptoken=5bd1e9950000a5a0"),
                "",
            ),
            (Method::Delete, format!("{ORDERS}/backups/backup_1"), "{}"),
            (
                Method::Get,
                ORDERS.replace("/resourceGroups/rg-commerce-prod", "") + "/%20%C3%A4",
                "",
            ),
            (
                Method::Post,
                "/providers/Microsoft.ResourceGraph/resources".to_owned(),
                QUERY,
            ),
            (Method::Patch, "/tenants".to_owned(), "[[[[1e999]]]]"),
        ];
        let mut rig = Rig::new();
        let before = rig.contents();
        let mut random = Random::new(11);
        for round in 0..4000 {
            let (method, path, text) = &seeds[round % seeds.len()];
            let url = broken(&url(path, VERSION), &mut random);
            let text = broken(text, &mut random);
            let response = rig
                .request(Request::new(*method, url.clone()).with_body(text.clone()))
                .response;
            assert!(
                (200..=501).contains(&response.status),
                "{method} {url} {text}: {}",
                response.status
            );
        }
        assert_eq!(rig.contents(), before);
    }

    fn broken(text: &str, random: &mut Random) -> String {
        let mut characters: Vec<char> = text.chars().collect();
        for _ in 0..random.below(4) {
            if characters.is_empty() {
                break;
            }
            let place = usize::try_from(random.below(characters.len() as u64)).unwrap_or(0);
            match random.below(3) {
                0 => drop(characters.remove(place)),
                1 => characters.insert(place, characters[place]),
                _ => characters[place] = ['%', '/', '\'', '(', 'é', '\u{0}', '|', '{', '"'][place % 9],
            }
        }
        characters.into_iter().collect()
    }
}

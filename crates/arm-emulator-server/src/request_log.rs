//! The latest requests, for people who watch.

use std::{collections::VecDeque, time::Duration};

use arm_core::{Method, Timestamp};
use arm_emulator::{Delivery, Reply};
use serde::Serialize;

/// How many requests are remembered.
const REMEMBERED: usize = 200;

/// The latest requests, the newest last.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    entries: VecDeque<LoggedRequest>,
    count: u64,
}

/// One request; its query is left out, as that of a polling URL is signed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LoggedRequest {
    number: u64,
    at: Timestamp,
    method: Method,
    path: String,
    /// `None` where no answer is given.
    status: Option<u16>,
    /// How long the answer takes; `None` where no answer is given.
    milliseconds: Option<f64>,
}

impl RequestLog {
    /// Remembers a request that came at `at` and was answered for in `took`.
    pub(crate) fn add(&mut self, method: Method, path: &str, at: Timestamp, took: Duration, reply: &Reply) {
        let takes = match reply.delivery {
            Delivery::Normal => Some(took),
            Delivery::After(delay) => Some(took + delay),
            Delivery::Reset | Delivery::Never => None,
        };
        self.count += 1;
        self.entries.push_back(LoggedRequest {
            number: self.count,
            at,
            method,
            path: path.to_owned(),
            status: takes.map(|_| reply.response.status),
            milliseconds: takes.map(|takes| (takes.as_secs_f64() * 1e5).round() / 100.0),
        });
        if self.entries.len() > REMEMBERED {
            self.entries.pop_front();
        }
    }

    /// The newest first.
    pub(crate) fn entries(&self) -> Vec<LoggedRequest> {
        self.entries.iter().rev().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use arm_emulator::{Fault, FaultKind, RequestMatcher, World};

    use super::*;

    /// What is logged of a request that meets a fault.
    fn logged(kind: Option<FaultKind>) -> LoggedRequest {
        let now = Timestamp::UNIX_EPOCH;
        let mut world = World::new(1, now);
        if let Some(kind) = kind {
            let matching = RequestMatcher::default();
            world.faults().inject(Fault {
                matching,
                kind,
                times: 1,
            });
        }
        let request = arm_core::Request::new(Method::Get, "http://127.0.0.1/tenants?api-version=2022-12-01");
        let request = request.with_header("Authorization", "Bearer any");
        let reply = world.handle(&request, now);
        let mut log = RequestLog::default();
        log.add(Method::Get, "/tenants", now, Duration::from_micros(1234), &reply);
        log.entries().remove(0)
    }

    #[test]
    fn status_and_duration_are_those_of_the_answer() {
        for (kind, expected) in [
            (None, (Some(200), Some(1.23))),
            (Some(FaultKind::Delay { seconds: 2 }), (Some(200), Some(2001.23))),
            (Some(FaultKind::NoAnswer), (None, None)),
            (Some(FaultKind::Never), (None, None)),
        ] {
            let entry = logged(kind.clone());
            assert_eq!((entry.status, entry.milliseconds), expected, "{kind:?}");
        }
    }

    #[test]
    fn only_the_latest_are_remembered_and_the_newest_comes_first() {
        let reply = World::new(1, Timestamp::UNIX_EPOCH).handle(
            &arm_core::Request::new(Method::Get, "http://127.0.0.1/"),
            Timestamp::UNIX_EPOCH,
        );
        let mut log = RequestLog::default();
        for _ in 0..REMEMBERED + 5 {
            log.add(Method::Get, "/", Timestamp::UNIX_EPOCH, Duration::ZERO, &reply);
        }
        let numbers: Vec<_> = log.entries().iter().map(|entry| entry.number).collect();
        assert_eq!((numbers.len(), numbers[0], numbers[199]), (200, 205, 6));
    }
}

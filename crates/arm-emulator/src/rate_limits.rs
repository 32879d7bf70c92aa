//! How many requests are left (reference D, *throttling* and *rate headers*; C4 for Resource Graph).

use std::collections::BTreeMap;

use arm_core::{Method, Timestamp};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::{
    call::Call,
    refusals::{self, Refusal},
    timestamps::later,
    world::World,
};

/// Token buckets by what they limit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct RateLimits(BTreeMap<String, Bucket>);

/// What was taken from a full bucket and has not flowed back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Bucket {
    /// When it will be full again, were nothing more taken.
    full_at: Timestamp,
}

/// A kind of bucket.
#[derive(Debug, Clone, Copy)]
struct Kind {
    /// The last word of its header.
    name: &'static str,
    /// The most it holds, as recorded (reference G8, auth #59).
    size: i64,
    /// How long one request takes to flow back, in milliseconds.
    refill: i64,
}

const READS: Kind = Kind {
    name: "reads",
    size: 1100,
    refill: 40,
};
const WRITES: Kind = Kind {
    name: "writes",
    size: 800,
    refill: 100,
};
const DELETES: Kind = Kind {
    name: "deletes",
    size: 800,
    refill: 100,
};

/// The bucket of all callers together is so many times as large and as quick.
const GLOBAL: i64 = 15;

/// Queries of Resource Graph: 15 in 5 seconds (reference C4).
const QUERIES: Kind = Kind {
    name: "queries",
    size: 15,
    refill: 333,
};

/// The headers that tell what is left; a 429 where nothing is and the switch `throttles` says so.
pub(crate) fn count(world: &mut World, call: &Call) -> Result<Vec<(String, String)>, Refusal> {
    let (kind, scope) = (kind(call), call.parameters.get("subscriptionId").cloned());
    let Some(subscription) = scope else {
        let left = take(world, call, kind, "tenant", 1)?;
        return Ok(vec![(
            format!("x-ms-ratelimit-remaining-tenant-{}", kind.name),
            left,
        )]);
    };
    let subscription = subscription.to_ascii_lowercase();
    let left = take(
        world,
        call,
        kind,
        &format!("{subscription} {}", call.caller.object_id),
        1,
    )?;
    let left_globally = take(world, call, kind, &subscription, GLOBAL)?;
    Ok(vec![
        (
            format!("x-ms-ratelimit-remaining-subscription-{}", kind.name),
            left,
        ),
        (
            format!("x-ms-ratelimit-remaining-subscription-global-{}", kind.name),
            left_globally,
        ),
    ])
}

/// The headers of a query's answer.
pub(crate) fn count_query(world: &mut World, call: &Call) -> Result<Vec<(String, String)>, Refusal> {
    let left = take(world, call, QUERIES, &call.caller.object_id, 1)?;
    Ok(vec![
        ("x-ms-user-quota-remaining".to_owned(), left),
        ("x-ms-user-quota-resets-after".to_owned(), "00:00:05".to_owned()),
    ])
}

fn kind(call: &Call) -> Kind {
    match call.method {
        Method::Get | Method::Head | Method::Options => READS,
        Method::Delete => DELETES,
        Method::Put | Method::Post | Method::Patch => WRITES,
    }
}

/// Takes one request from a bucket and tells how many are left.
fn take(world: &mut World, call: &Call, kind: Kind, owner: &str, times: i64) -> Result<String, Refusal> {
    let key = format!("{} {owner}", kind.name);
    let (size, now) = (kind.size * times, call.now);
    let buckets = &mut world.rate_limits.0;
    buckets.retain(|_, bucket| bucket.full_at > now);
    let bucket = buckets.entry(key).or_insert(Bucket { full_at: now });
    // In microseconds, so that the quick global bucket needs no fraction.
    let per_request = kind.refill * 1000 / times;
    let taken = (bucket.full_at - now).num_microseconds().unwrap_or(0) + per_request;
    if taken > size * per_request {
        if world.switches.throttles {
            let seconds = rounded_up(taken - size * per_request, 1_000_000);
            return Err(refuse(call, kind, seconds.max(1)));
        }
        return Ok("0".to_owned());
    }
    bucket.full_at = later(now, TimeDelta::microseconds(taken));
    Ok((size - rounded_up(taken, per_request)).to_string())
}

/// A quotient of positive numbers, rounded up.
fn rounded_up(dividend: i64, divisor: i64) -> i64 {
    (dividend + divisor - 1) / divisor
}

fn refuse(call: &Call, kind: Kind, seconds: i64) -> Refusal {
    let seconds = seconds.to_string();
    let refusal = if kind.name == QUERIES.name {
        refusals::GRAPH_RATE_LIMITED.refuse(&[])
    } else {
        let actor = call.caller.object_id.as_str();
        refusals::SUBSCRIPTION_THROTTLED.refuse(&[
            kind.name.trim_end_matches('s'),
            call.parameter("subscriptionId"),
            actor,
            &seconds,
        ])
    };
    refusal.with_retry_after(seconds)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use crate::testing::{ORDERS, Rig, VERSION, shown};

    const READS_LEFT: &str = "x-ms-ratelimit-remaining-subscription-reads";

    fn left(rig: &mut Rig, header: &str) -> String {
        rig.get(ORDERS).headers.get(header).unwrap_or_default().to_owned()
    }

    #[test]
    fn each_answer_tells_what_is_left() {
        let mut rig = Rig::new();
        assert_eq!(left(&mut rig, READS_LEFT), "1099");
        assert_eq!(left(&mut rig, READS_LEFT), "1098");
        assert_eq!(
            left(&mut rig, "x-ms-ratelimit-remaining-subscription-global-reads"),
            "16497"
        );
        rig.wait(1);
        assert_eq!(left(&mut rig, READS_LEFT), "1099", "25 flow back in a second");
        let deleted = rig.send(
            arm_core::Method::Delete,
            &format!("{ORDERS}/backups/none"),
            VERSION,
        );
        assert_eq!(
            deleted
                .headers
                .get("x-ms-ratelimit-remaining-subscription-deletes"),
            Some("799")
        );
        let tenants = rig.send(arm_core::Method::Get, "/tenants", "2022-12-01");
        assert_eq!(
            tenants.headers.get("x-ms-ratelimit-remaining-tenant-reads"),
            Some("1099")
        );
    }

    #[test]
    fn nothing_is_refused_unless_the_switch_says_so() {
        let mut rig = Rig::new();
        let last = (0..1200).map(|_| rig.get(ORDERS)).last().expect("an answer");
        assert_eq!((last.status, last.headers.get(READS_LEFT)), (200, Some("0")));

        rig.world.switches().throttles = true;
        assert_snapshot!(shown(&rig.get(ORDERS)), @r#"
        429
        x-ms-failure-cause: gateway
        Retry-After: 1
        {
          "error": {
            "code": "SubscriptionRequestsThrottled",
            "message": "Number of 'read' requests for subscription '11111111-1111-4111-8111-111111111111' actor '0a1b2c3d-0000-4000-8000-000000000001' exceeded. Please try again after '1' seconds after additional tokens are available."
          }
        }
        "#);
        rig.wait(1);
        assert_eq!(rig.get(ORDERS).status, 200);
    }

    #[test]
    fn a_sixteenth_query_in_five_seconds_is_refused() {
        let mut rig = Rig::new();
        rig.world.switches().throttles = true;
        let mut ask = || {
            rig.post(
                "/providers/Microsoft.ResourceGraph/resources",
                "2021-03-01",
                r#"{"query":"resources"}"#,
            )
        };
        let first = ask();
        assert_eq!(first.headers.get("x-ms-user-quota-remaining"), Some("14"));
        let answers: Vec<_> = (0..15).map(|_| ask().status).collect();
        assert_eq!(answers, [[200; 14].as_slice(), &[429]].concat());
    }
}

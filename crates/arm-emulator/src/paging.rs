//! Lists in pages (reference D, *paging*).

use arm_core::Response;
use serde_json::{Map, Value, json};

use crate::{
    call::Call,
    refusals::{self, Refusal, json_response},
    world::World,
};

/// Answers one page of `items`: `{"value":[…]}` and, while there is more, an absolute `nextLink`.
pub(crate) fn page<'a>(
    world: &World,
    call: &Call,
    items: impl Iterator<Item = &'a Value>,
) -> Result<Response, Refusal> {
    page_of(world, call, items, usize::MAX)
}

/// The same, with no more items on a page than the caller asks for.
pub(crate) fn page_of<'a>(
    world: &World,
    call: &Call,
    items: impl Iterator<Item = &'a Value>,
    most: usize,
) -> Result<Response, Refusal> {
    let skipped = match call.target.parameter("$skiptoken") {
        Some(token) => read(token)?,
        None => 0,
    };
    let size = world.switches.page_size.min(most).max(1);
    let mut items = items.skip(skipped);
    let value: Vec<_> = items.by_ref().take(size).cloned().collect();
    let mut body = Map::new();
    body.insert("value".to_owned(), Value::Array(value));
    if items.next().is_some() {
        body.insert("nextLink".to_owned(), json!(next_link(call, skipped + size)));
    }
    Ok(json_response(200, &Value::Object(body)))
}

/// A token for the items after the first `skipped`; opaque to clients.
pub(crate) fn write(skipped: usize) -> String {
    format!("{:016x}", skipped as u64 ^ MASK)
}

/// How many items a token skips.
pub(crate) fn read(token: &str) -> Result<usize, Refusal> {
    let number = (token.len() == 16)
        .then(|| u64::from_str_radix(token, 16).ok())
        .flatten();
    number
        .and_then(|number| usize::try_from(number ^ MASK).ok())
        .ok_or_else(|| refusals::INVALID_SKIP_TOKEN.refuse(&[token]))
}

/// Keeps clients from counting with what they are to send back unread.
const MASK: u64 = 0x5bd1_e995_0000_a5a5;

fn next_link(call: &Call, skipped: usize) -> String {
    let kept = call.target.query.split('&').filter(|pair| {
        !pair
            .to_ascii_lowercase()
            .replace("%24", "$")
            .starts_with("$skiptoken=")
    });
    let kept = kept.collect::<Vec<_>>().join("&");
    format!(
        "{}{}?{kept}&$skiptoken={}",
        call.target.origin,
        call.target.path,
        write(skipped)
    )
}

//! The blob service (reference G7): listing and reading blobs with a SAS; no token is looked at.
//!
//! It answers at `https://{account}.blob.core.windows.net/…` and, for whoever can reach only one host, at
//! `/_blob/{account}/…` of the emulator's own.

mod cors;
mod list;
mod read;

use arm_core::{Method, Request, Response, Timestamp};
use serde_json::Value;

use super::{accounts, sas};
use crate::{
    Reply,
    faults::FaultKind,
    postgres::servers::text,
    refusals::{self, Refusal},
    target::Target,
    timestamps::with_z,
    world::World,
};

/// The version of the service that speaks where nobody asks for one.
const VERSION: &str = "2026-10-06";
const HOSTS: &str = ".blob.core.windows.net";
const PATHS: &str = "_blob";

/// What a request asks of the parameters beside those of its SAS.
const OWN_PARAMETERS: [&str; 8] = [
    "restype",
    "comp",
    "prefix",
    "delimiter",
    "marker",
    "maxresults",
    "include",
    "timeout",
];

/// A place in the blob service.
#[derive(Debug)]
struct Place {
    account: String,
    container: String,
    /// Empty for the container itself.
    blob: String,
    endpoint: String,
}

/// What the service says: the answer, and its body where that is no text.
struct Answer {
    response: Response,
    bytes: Option<Vec<u8>>,
}

impl Place {
    fn of(target: &Target) -> Option<Self> {
        let host = target
            .origin
            .split("://")
            .nth(1)
            .unwrap_or_default()
            .to_ascii_lowercase();
        let (account, path, endpoint) = match host.strip_suffix(HOSTS) {
            Some(account) => {
                let endpoint = format!("{}/", target.origin);
                (account.to_owned(), target.segments.as_slice(), endpoint)
            }
            None => match target.segments.as_slice() {
                [first, account, path @ ..] if first == PATHS => (
                    account.clone(),
                    path,
                    format!("{}/{PATHS}/{account}/", target.origin),
                ),
                _ => return None,
            },
        };
        let (container, blob) = path
            .split_first()
            .map_or((String::new(), String::new()), |(first, rest)| {
                (first.clone(), rest.join("/"))
            });
        Some(Self {
            account,
            container,
            blob,
            endpoint,
        })
    }
}

/// Answers what is addressed to the blob service; `None` is for somebody else.
pub(crate) fn answer(world: &mut World, request: &Request, now: Timestamp) -> Option<Reply> {
    let target = Target::parse(&request.url).ok()?;
    let place = Place::of(&target)?;
    let fault = world.faults.take(request);
    let account = accounts::at_origin(world, &format!("https://{}{HOSTS}", place.account)).cloned();
    let rule = account
        .as_ref()
        .and_then(|account| cors::rule(world, account, request));
    let answered = match fault.as_ref().and_then(FaultKind::answer) {
        Some(response) => Answer {
            response,
            bytes: None,
        },
        None if request.method == Method::Options => Answer {
            response: cors::preflight(rule.as_ref()),
            bytes: None,
        },
        None => {
            serve(world, account.as_ref(), request, &target, &place, now).unwrap_or_else(|refusal| Answer {
                response: error(&refusal, &world.random.guid(), now),
                bytes: None,
            })
        }
    };
    let mut reply = Reply::normal(answered.response);
    reply.bytes = answered.bytes;
    reply.cors = rule.is_some();
    reply.hides_headers = rule.is_none_or(|rule| !rule.exposes);
    if let Some(fault) = fault {
        let cors = reply.cors;
        reply = fault.deliver(reply);
        reply.cors &= cors;
    }
    let id = world.random.guid();
    reply.response.headers.set("x-ms-request-id", id);
    reply.response.headers.set("x-ms-version", VERSION);
    if request.method == Method::Head {
        reply.response.body.clear();
        reply.bytes = None;
    }
    Some(reply)
}

fn serve(
    world: &mut World,
    account: Option<&Value>,
    request: &Request,
    target: &Target,
    place: &Place,
    now: Timestamp,
) -> Result<Answer, Refusal> {
    let account = account.ok_or_else(|| refusals::BLOB_ACCOUNT_NOT_FOUND.refuse(&[]))?;
    // Whoever asks comes from the public network, and is no service of Azure's.
    if !accounts::is_public(account) {
        return Err(refusals::BLOB_NETWORK_REFUSED.refuse(&[]));
    }
    let is_list =
        target.parameter("restype") == Some("container") && target.parameter("comp") == Some("list");
    let is_read = matches!(request.method, Method::Get | Method::Head);
    let is_known = is_read
        && if place.blob.is_empty() {
            is_list
        } else {
            target.parameter("comp").is_none()
        };
    if !is_known || place.container.is_empty() || target.parameter("delimiter").is_some() {
        let what = format!("{} {} of the blob service", request.method, target.path);
        if !world.unknown_routes.contains(&what) {
            world.unknown_routes.push(what.clone());
        }
        return Err(refusals::NOT_EMULATED.refuse(&[request.method.name(), &what]));
    }
    let is_own = |(name, _): &&(String, String)| OWN_PARAMETERS.contains(&name.as_str());
    let given: Vec<_> = target
        .parameters()
        .filter(|pair| !is_own(pair))
        .cloned()
        .collect();
    if given.is_empty() {
        return Err(refusals::NO_BLOB_AUTHENTICATION.refuse(&[]));
    }
    let is_of_blob = given.iter().any(|(name, value)| name == "sr" && value == "b");
    let name = text(account, "/name");
    let resource = match is_of_blob {
        true => format!("/blob/{name}/{}/{}", place.container, place.blob),
        false => format!("/blob/{name}/{}", place.container),
    };
    let needed = if place.blob.is_empty() { "l" } else { "r" };
    sas::check(world, account, &resource, &given, needed, now)?;
    let container = sas::find_container(world, account, &place.container)?;
    if place.blob.is_empty() {
        return list::list(world, &container, target, place);
    }
    let blob = world
        .blobs
        .get(&container)
        .and_then(|blobs| blobs.get(&place.blob));
    let blob = blob.ok_or_else(|| refusals::BLOB_NOT_FOUND.refuse(&[]))?;
    read::read(blob, request)
}

/// A refusal in the words of this service: XML, and a header that repeats the code.
fn error(refusal: &Refusal, id: &str, now: Timestamp) -> Response {
    let (code, message) = (escape(&refusal.code), escape(&refusal.message));
    let body = format!(
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>{message}\nRequestId:{id}\nTime:{}</Message></Error>",
        with_z(now)
    );
    Response::new(refusal.status)
        .with_header("Content-Type", "application/xml")
        .with_header("x-ms-error-code", refusal.code.clone())
        .with_body(body)
}

/// A text between the tags of XML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// `Sun, 01 Mar 2026 12:00:00 GMT` (RFC 1123).
fn in_rfc_1123(moment: Timestamp) -> String {
    moment.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn etag(modified: Timestamp) -> String {
    format!("0x8D{:X}", modified.timestamp_micros())
}

#[cfg(test)]
mod tests;

//! `/_emulator/…`: control of the emulator from outside its process.
//!
//! No answer here has CORS headers. A page of another site could still send a request blindly, so
//! one that comes from another origin is refused before it does anything.

use std::sync::Arc;

use arm_emulator::{Fault, Switches};
use axum::{
    body::Bytes,
    extract::{Path, Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};

use crate::{host, shared::Shared, wall_clock};

/// Answers 403 to what a browser sends on behalf of a page of another origin.
pub(crate) async fn refuse_other_origins(request: Request, next: Next) -> Response {
    let own = host::of(&request).map(|host| format!("http://{host}"));
    let origin = request.headers().get(header::ORIGIN);
    let is_foreign = origin.is_some_and(|origin| origin.to_str().ok() != own.as_deref());
    if is_foreign {
        let words = "Pages of other origins cannot control this emulator.\n";
        return (StatusCode::FORBIDDEN, words).into_response();
    }
    next.run(request).await
}

/// `GET world`: the whole world.
pub(crate) async fn world(State(shared): State<Arc<Shared>>) -> Response {
    match shared.read_world(|world| serde_json::to_value(world)) {
        Ok(world) => json_answer(&world),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")).into_response(),
    }
}

/// `POST faults`: one [`Fault`] or an array of them, to be met by the next requests that match.
pub(crate) async fn faults(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    match read_faults(&body) {
        Ok(faults) => {
            shared.change_world(|world| {
                faults.into_iter().for_each(|fault| world.faults().inject(fault));
            });
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => bad_request(&error),
    }
}

/// `POST switches`: the switches to change, by name; answers all of them as they are then.
pub(crate) async fn switches(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let changed = shared.change_world(|world| {
        let switches = overlaid(world.switches(), &body)?;
        *world.switches() = switches;
        serde_json::to_value(world.switches())
    });
    match changed {
        Ok(switches) => json_answer(&switches),
        Err(error) => bad_request(&error),
    }
}

/// `POST sign-ins`: the names of plays, by which the next sign-ins are answered in turn.
pub(crate) async fn sign_ins(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let plays: Vec<String> = match serde_json::from_slice(&body) {
        Ok(plays) => plays,
        Err(error) => return bad_request(&error),
    };
    if let Some(unknown) = plays.iter().find(|play| !arm_emulator::sign_in::is_play(play)) {
        let words = format!("The sign-in page has no answer '{unknown}'.\n");
        return (StatusCode::BAD_REQUEST, words).into_response();
    }
    plays.iter().for_each(|play| shared.play(play));
    StatusCode::NO_CONTENT.into_response()
}

/// `PUT blobs/{account}/{container}/{name}`: a blob as the body says, as somebody with a key would write it.
pub(crate) async fn blob(
    State(shared): State<Arc<Shared>>,
    Path((account, container, name)): Path<(String, String, String)>,
    body: Bytes,
) -> StatusCode {
    let now = wall_clock::now();
    let is_there = shared.change_world(|world| world.put_blob(&account, &container, &name, &body, now));
    if is_there {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::NOT_FOUND
    }
}

/// `GET unknown-routes`: what was answered 501 so far.
pub(crate) async fn unknown_routes(State(shared): State<Arc<Shared>>) -> Response {
    json_answer(&json!(shared.read_world(|world| world.unknown_routes().to_vec())))
}

/// `GET log`: the latest requests, the newest first, what is in the world now, and its switches.
pub(crate) async fn log(State(shared): State<Arc<Shared>>) -> Response {
    json_answer(&json!({
        "requests": shared.log(),
        "world": shared.overview(),
        "switches": shared.read_world(|world| world.switches().clone()),
    }))
}

/// `POST reset`: the default world that the server's options describe.
pub(crate) async fn reset(State(shared): State<Arc<Shared>>) -> Response {
    shared.reset();
    StatusCode::NO_CONTENT.into_response()
}

fn read_faults(body: &[u8]) -> Result<Vec<Fault>, serde_json::Error> {
    match serde_json::from_slice(body)? {
        several @ Value::Array(_) => serde_json::from_value(several),
        one => serde_json::from_value(one).map(|fault| vec![fault]),
    }
}

/// The switches with those replaced that `changes` names.
fn overlaid(switches: &Switches, changes: &[u8]) -> Result<Switches, serde_json::Error> {
    let changes: Map<String, Value> = serde_json::from_slice(changes)?;
    let mut all = serde_json::to_value(switches)?;
    if let Some(all) = all.as_object_mut() {
        all.extend(changes);
    }
    serde_json::from_value(all)
}

fn json_answer(value: &Value) -> Response {
    let headers = [
        ("content-type", "application/json"),
        ("cache-control", "no-store"),
    ];
    (headers, format!("{value}\n")).into_response()
}

fn bad_request(error: &serde_json::Error) -> Response {
    (StatusCode::BAD_REQUEST, format!("{error}\n")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_that_is_not_named_stays_as_it_was() {
        let before = Switches {
            operation_time_factor: 60.0,
            ..Switches::default()
        };
        let after = overlaid(&before, br#"{"hideHeaders":true}"#).expect("switches");
        let expected = Switches {
            hide_headers: true,
            ..before
        };
        assert_eq!(after, expected);
    }

    #[test]
    fn a_switch_that_does_not_exist_is_refused() {
        for changes in [&br#"{"hideHeader":true}"#[..], b"[]", b"", b"{"] {
            let read = overlaid(&Switches::default(), changes);
            assert!(read.is_err(), "{read:?}");
        }
    }
}

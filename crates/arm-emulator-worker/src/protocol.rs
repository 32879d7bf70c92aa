//! What a page and the worker say to each other: JSON text, one message per request.

use arm_core::{Request, Response};
use arm_emulator::Switches;
use serde::{Deserialize, Serialize};

/// What a page asks.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Message {
    /// Chosen by the page; the answer carries it.
    pub id: u64,
    /// What to do.
    #[serde(flatten)]
    pub command: Command,
}

/// What a page asks for.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Command {
    /// Answer this request as Azure would.
    Send {
        /// The request as a page would have fetched it.
        request: Request,
    },
    /// Go back to the default world; the switches stay.
    Reset,
    /// Behave so; a switch that is not named is at its default.
    Control {
        /// All switches.
        switches: Switches,
    },
}

/// What the worker says.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Notice {
    /// The first message on each port; comes again when the storage is lost later.
    Ready {
        /// What became of the world kept before.
        storage: Storage,
    },
    /// The answer to [`Command::Send`].
    Answer {
        /// The question's.
        id: u64,
        /// What a script may read; `None` where a browser would give no answer.
        response: Option<Response>,
    },
    /// [`Command::Reset`] or [`Command::Control`] is done.
    Done {
        /// The question's.
        id: u64,
    },
}

/// Whether the world outlives the worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Storage {
    /// It is kept.
    Kept,
    /// It is kept from now on; one of another format was there and was dropped.
    Dropped,
    /// The browser refuses to keep it.
    Memory,
}

#[cfg(test)]
mod tests {
    use arm_core::Method;

    use super::*;

    fn check_message(text: &str, expected: Message) {
        let message: Message = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(message, expected, "{text}");
    }

    fn check_notice(notice: Notice, expected: &str) {
        let text = serde_json::to_string(&notice).expect("JSON");
        assert_eq!(text, expected);
    }

    #[test]
    fn each_message_of_a_page_is_read() {
        check_message(
            r#"{"id":1,"type":"send","request":{"method":"PUT","url":"https://arm.emulator.invalid/a","headers":[["Accept","a/b"]],"body":"{}"}}"#,
            Message {
                id: 1,
                command: Command::Send {
                    request: Request::new(Method::Put, "https://arm.emulator.invalid/a")
                        .with_header("Accept", "a/b")
                        .with_body("{}"),
                },
            },
        );
        check_message(
            r#"{"id":2,"type":"reset"}"#,
            Message {
                id: 2,
                command: Command::Reset,
            },
        );
        let switches = Switches {
            operation_time_factor: 60.0,
            ..Switches::default()
        };
        check_message(
            r#"{"id":3,"type":"control","switches":{"operationTimeFactor":60}}"#,
            Message {
                id: 3,
                command: Command::Control { switches },
            },
        );
    }

    #[test]
    fn each_notice_is_written() {
        let storage = Storage::Kept;
        check_notice(Notice::Ready { storage }, r#"{"type":"ready","storage":"kept"}"#);
        let storage = Storage::Memory;
        check_notice(
            Notice::Ready { storage },
            r#"{"type":"ready","storage":"memory"}"#,
        );
        let response = None;
        check_notice(
            Notice::Answer { id: 4, response },
            r#"{"type":"answer","id":4,"response":null}"#,
        );
        let response = Some(Response::new(202).with_header("Retry-After", "10"));
        check_notice(
            Notice::Answer { id: 5, response },
            r#"{"type":"answer","id":5,"response":{"status":202,"headers":[["Retry-After","10"]],"body":""}}"#,
        );
        check_notice(Notice::Done { id: 6 }, r#"{"type":"done","id":6}"#);
    }
}

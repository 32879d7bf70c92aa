//! What can happen to a request.

use arm_core::Method;
use arm_emulator::{FaultKind, RequestMatcher};

use crate::stores::operations::drive_rig::Rig;

/// More often than any flow asks.
pub const LASTING: u32 = 10_000;

/// A kind of weather.
pub struct Fault {
    /// Its name in the table.
    pub name: &'static str,
    kind: Kind,
}

enum Kind {
    Lost,
    Slow,
    Garbage,
    HiddenHeaders,
    Status {
        status: u16,
        code: &'static str,
        message: &'static str,
        retry_after: Option<u32>,
    },
    StatusWithoutCors,
}

const fn status(
    name: &'static str,
    status: u16,
    code: &'static str,
    message: &'static str,
    retry_after: Option<u32>,
) -> Fault {
    Fault {
        name,
        kind: Kind::Status {
            status,
            code,
            message,
            retry_after,
        },
    }
}

/// All of them.
pub const FAULTS: &[Fault] = &[
    Fault {
        name: "network lost after the request arrived",
        kind: Kind::Lost,
    },
    Fault {
        name: "slow: the answer takes 40 s",
        kind: Kind::Slow,
    },
    status(
        "401",
        401,
        "ExpiredAuthenticationToken",
        "The access token has expired.",
        None,
    ),
    status(
        "403",
        403,
        "AuthorizationFailed",
        "The client 'c' with object id 'o' does not have authorization to perform action 'Provider/type/act' over \
         scope '/s' or the scope is invalid.",
        None,
    ),
    status(
        "404",
        404,
        "ResourceGroupNotFound",
        "Resource group 'rg' could not be found.",
        None,
    ),
    status(
        "409",
        409,
        "ServerBusy",
        "Server 's' is busy with another operation.",
        None,
    ),
    status(
        "429 with Retry-After",
        429,
        "TooManyRequests",
        "Too many requests.",
        Some(5),
    ),
    status("429 without", 429, "TooManyRequests", "Too many requests.", None),
    status(
        "500",
        500,
        "InternalServerError",
        "An unexpected error occured while processing the request. Tracking ID: '0a1b2c3d'",
        None,
    ),
    status(
        "503 with Retry-After",
        503,
        "ServiceUnavailable",
        "The service is unavailable.",
        Some(5),
    ),
    status(
        "503 without",
        503,
        "ServiceUnavailable",
        "The service is unavailable.",
        None,
    ),
    status(
        "504",
        504,
        "GatewayTimeout",
        "The gateway did not receive a response.",
        None,
    ),
    Fault {
        name: "garbage: a page of a proxy",
        kind: Kind::Garbage,
    },
    Fault {
        name: "headers hidden from the browser",
        kind: Kind::HiddenHeaders,
    },
    Fault {
        name: "no CORS on errors (a 503 that cannot be read)",
        kind: Kind::StatusWithoutCors,
    },
];

impl Fault {
    /// Makes the next requests meet it.
    pub fn meet(&self, rig: &Rig, method: Method, path_contains: &str, times: u32) {
        let kind = match self.kind {
            Kind::Lost => FaultKind::NoAnswer,
            Kind::Slow => FaultKind::Delay { seconds: 40 },
            Kind::Garbage => FaultKind::Garbage,
            Kind::HiddenHeaders => {
                rig.world.borrow_mut().switches().hide_headers = true;
                return;
            }
            Kind::Status {
                status,
                code,
                message,
                retry_after,
            } => FaultKind::Status {
                status,
                code: code.to_owned(),
                message: message.to_owned(),
                retry_after,
            },
            Kind::StatusWithoutCors => FaultKind::StatusWithoutCors {
                status: 503,
                code: "ServiceUnavailable".to_owned(),
                message: "The service is unavailable.".to_owned(),
                retry_after: None,
            },
        };
        let matching = RequestMatcher {
            method: Some(method),
            path_contains: path_contains.to_owned(),
        };
        rig.world.borrow_mut().faults().inject(arm_emulator::Fault {
            matching,
            kind,
            times,
        });
    }

    /// The code that has to be shown, where the browser can read one.
    pub fn code(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Status { status: 401, .. } => None,
            Kind::Status { code, .. } => Some(code),
            _ => None,
        }
    }

    /// Whether a request that meets it has been carried out.
    pub fn carries_out(&self) -> bool {
        matches!(
            self.kind,
            Kind::Lost | Kind::Slow | Kind::Garbage | Kind::HiddenHeaders
        )
    }

    /// Whether it turns a request away with the permission to come back.
    pub fn turns_away(&self) -> bool {
        match self.kind {
            Kind::Status { status: 429, .. } => true,
            Kind::Status {
                status: 503,
                retry_after,
                ..
            } => retry_after.is_some(),
            _ => false,
        }
    }
}

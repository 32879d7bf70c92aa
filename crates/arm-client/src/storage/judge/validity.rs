//! When, how and from where a SAS may be used.

use std::time::Duration;

use arm_core::Timestamp;

use super::{blocks, warns};
use crate::storage::{
    SasFinding, SasRule, SasUri,
    sas_time::{parse, shown},
};

/// By how much the clock of this browser may differ from that of the service before it matters.
const LEEWAY: Duration = Duration::from_secs(5 * 60);

/// How long a SAS should last at least (reference G7).
const ADVISED: Duration = Duration::from_secs(24 * 3600);

pub(super) fn start(sas: &SasUri, now: Timestamp) -> Option<SasFinding> {
    let begins = sas.parameter("st").map(|text| (text, parse(text)));
    let key_begins = sas.parameter("skt").map(|text| (text, parse(text)));
    let starts: Vec<_> = [begins, key_begins].into_iter().flatten().collect();
    if starts.iter().any(|(_, start)| start.is_none()) {
        return Some(blocks(
            SasRule::Start,
            "The start ('st') cannot be read.",
            "Copy the SAS again as it was created.",
        ));
    }
    let start = starts.into_iter().filter_map(|(_, start)| start).max()?;
    if start > now + LEEWAY {
        return Some(blocks(
            SasRule::Start,
            &format!("The SAS is valid only from {}.", shown(start)),
            "Create one without a start, or wait until then.",
        ));
    }
    (start > now).then(|| {
        warns(
            SasRule::Start,
            &format!(
                "The SAS is valid from {}, which is just ahead of this computer's clock.",
                shown(start)
            ),
            "Wait a few minutes, or create one without a start.",
        )
    })
}

pub(super) fn expiry(sas: &SasUri, now: Timestamp, expected: Duration) -> Option<SasFinding> {
    const MEND: &str =
        "Create one that lasts until well after the expected end: a day, and more for large databases.";
    let own = sas.parameter("se");
    if own.is_none() && sas.parameter("si").is_some() {
        return None;
    }
    let of_key = sas.parameter("ske");
    let ends: Vec<_> = [own, of_key].into_iter().flatten().map(parse).collect();
    let unreadable = ends.iter().any(Option::is_none);
    let Some(end) = ends
        .into_iter()
        .flatten()
        .min()
        .filter(|_| own.is_some() && !unreadable)
    else {
        let what = if own.is_none() {
            "The expiry ('se') is missing."
        } else {
            "The expiry ('se') cannot be read."
        };
        return Some(blocks(
            SasRule::Expiry,
            what,
            "Copy the SAS again as it was created.",
        ));
    };
    if end <= now {
        return Some(blocks(
            SasRule::Expiry,
            &format!("The SAS expired on {}.", shown(end)),
            MEND,
        ));
    }
    if end < now + expected {
        return Some(warns(
            SasRule::Expiry,
            &format!(
                "The SAS expires on {}, before the expected end of the backup on {}. The backup fails then.",
                shown(end),
                shown(now + expected),
            ),
            MEND,
        ));
    }
    (end < now + ADVISED).then(|| {
        warns(
            SasRule::Expiry,
            &format!("The SAS expires on {}, in less than a day. A backup that takes longer than expected fails then.", shown(end)),
            MEND,
        )
    })
}

pub(super) fn protocol(sas: &SasUri) -> Option<SasFinding> {
    const MEND: &str = "Create it with the allowed protocol HTTPS only.";
    match sas.parameter("spr") {
        Some("https") => None,
        None | Some("https,http" | "http,https") => Some(warns(
            SasRule::Protocol,
            "The SAS may be used over http as well, in the open.",
            MEND,
        )),
        Some(_) => Some(blocks(
            SasRule::Protocol,
            "The allowed protocol ('spr') is none that a backup uses.",
            MEND,
        )),
    }
}

pub(super) fn addresses(sas: &SasUri) -> Option<SasFinding> {
    sas.parameter("sip").map(|_| {
        warns(
            SasRule::Addresses,
            "The SAS is bound to IP addresses ('sip'). The addresses from which the service writes are not known, so the backup probably fails.",
            "Create one without allowed IP addresses.",
        )
    })
}

//! What a SAS is for and what it allows.

use super::{blocks, warns};
use crate::storage::{SasFinding, SasRule, SasUri, sas_time::parse};

/// What a backup does in a container, and how each letter is called.
const NEEDED: [(char, &str); 4] = [('r', "read"), ('w', "write"), ('d', "delete"), ('l', "list")];

/// The order in which the service takes the letters (reference G7).
const ORDER: &str = "racwdxyltfmei";

/// What may be allowed beside what is needed without being of note: adding and creating are parts of writing.
const HARMLESS: &str = "ac";

/// The versions before this one know neither a protocol nor addresses.
const FIRST_WITH_PROTOCOL: &str = "2015-04-05";

pub(super) fn version(sas: &SasUri) -> Option<SasFinding> {
    let Some(version) = sas.parameter("sv") else {
        return Some(blocks(
            SasRule::Version,
            "The version ('sv') is missing.",
            "Copy the SAS again, from its beginning.",
        ));
    };
    if version.len() != 10 || parse(version).is_none() {
        return Some(blocks(
            SasRule::Version,
            "The version ('sv') is none: it has to be a date.",
            "Copy the SAS again as it was created.",
        ));
    }
    (version < FIRST_WITH_PROTOCOL).then(|| {
        warns(
            SasRule::Version,
            &format!("The SAS is of the old version {version}."),
            "Create it with a present version.",
        )
    })
}

pub(super) fn resource(sas: &SasUri) -> Option<SasFinding> {
    const MEND: &str =
        "Create the SAS on the container: in the Azure portal, Containers, the container, Generate SAS.";
    let blocked = |what: &str| Some(blocks(SasRule::Resource, what, MEND));
    let is_delegated = sas.parameter("skoid").is_some() || sas.parameter("ske").is_some();
    match (sas.parameter("sr"), sas.parameter("srt")) {
        (Some("c"), _) if is_delegated => Some(warns(
            SasRule::Resource,
            "The SAS is signed with the key of a user. Whether a backup takes one is not known.",
            "If the backup fails, create one that is signed with a key of the account.",
        )),
        (Some("c"), _) => None,
        (Some("b" | "bs" | "bv"), _) => {
            blocked("The SAS is of one blob ('sr' is not 'c'), and a backup writes several.")
        }
        (Some("d"), _) => blocked("The SAS is of a directory ('sr' is not 'c')."),
        (Some(_), _) => blocked("The SAS is not of a container ('sr' is not 'c')."),
        (None, Some(types)) => {
            let is_for_blobs = sas.parameter("ss").is_some_and(|services| services.contains('b'));
            if !is_for_blobs {
                return blocked("The SAS is of an account, and not for its blobs ('ss' is without 'b').");
            }
            if !types.contains('c') || !types.contains('o') {
                return blocked(
                    "The SAS is of an account, and not for both containers and what is in them ('srt' is without 'c' or 'o').",
                );
            }
            Some(warns(
                SasRule::Resource,
                "The SAS is of the whole account. Whether a backup takes one is not known, and it opens every container.",
                MEND,
            ))
        }
        (None, None) => blocked("What the SAS is for is missing ('sr')."),
    }
}

pub(super) fn policy(sas: &SasUri) -> Option<SasFinding> {
    sas.parameter("si").map(|_| {
        warns(
            SasRule::Policy,
            "A stored access policy ('si') belongs to the SAS. What it allows and until when is not seen here, and can be changed while the backup runs.",
            "Check the policy of the container, or create a SAS without one.",
        )
    })
}

pub(super) fn permissions(sas: &SasUri) -> Option<SasFinding> {
    let given = match (sas.parameter("sp"), sas.parameter("si")) {
        // What the policy allows is not seen here.
        (None, Some(_)) => return None,
        (given, _) => given.unwrap_or_default(),
    };
    let missing: Vec<_> = NEEDED
        .iter()
        .filter(|(letter, _)| !given.contains(*letter))
        .collect();
    if !missing.is_empty() {
        let names: Vec<_> = missing
            .iter()
            .map(|(letter, name)| format!("{name} ('{letter}')"))
            .collect();
        return Some(blocks(
            SasRule::Permissions,
            &format!("The SAS does not allow to {}.", listed(&names)),
            "Create it with the permissions read, write, delete and list.",
        ));
    }
    let places: Vec<_> = given.chars().map(|letter| ORDER.find(letter)).collect();
    let is_sorted = places.iter().all(Option::is_some) && places.is_sorted();
    (!is_sorted).then(|| {
        blocks(
            SasRule::Permissions,
            "The permissions ('sp') are not in the order that the service takes, or one of them is none.",
            "Copy the SAS again as it was created; nothing in it can be changed afterwards.",
        )
    })
}

pub(super) fn excess(sas: &SasUri) -> Option<SasFinding> {
    let given = sas.parameter("sp").unwrap_or_default();
    let is_needed = |letter: char| NEEDED.iter().any(|(needed, _)| *needed == letter);
    let more: Vec<_> = given
        .chars()
        .filter(|letter| ORDER.contains(*letter) && !is_needed(*letter) && !HARMLESS.contains(*letter))
        .map(|letter| format!("'{letter}'"))
        .collect();
    (!more.is_empty()).then(|| {
        warns(
            SasRule::Excess,
            &format!("The SAS allows more than a backup needs: {}.", listed(&more)),
            "Create it with read, write, delete and list only.",
        )
    })
}

/// `a`, `a and b`, `a, b and c`.
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

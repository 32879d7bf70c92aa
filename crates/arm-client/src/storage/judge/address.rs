//! Where a SAS URI leads, and whether it is whole.

use super::{blocks, warns};
use crate::storage::{Cloud, ContainerName, SasFinding, SasRule, SasUri, cloud::Place};

pub(super) fn https(sas: &SasUri) -> Option<SasFinding> {
    (!sas.is_https).then(|| {
        blocks(
            SasRule::Https,
            "The URI begins with http, and the signature would travel in the open.",
            "Begin it with https.",
        )
    })
}

pub(super) fn host(sas: &SasUri, cloud: Cloud) -> Option<SasFinding> {
    let example = format!("{{account}}.blob.{}", cloud.storage_suffix());
    match Place::of(&sas.host) {
        Place::Blobs(place) if place == cloud => None,
        Place::Blobs(place) => Some(blocks(
            SasRule::Host,
            &format!("The host belongs to {}, not to {}.", place.name(), cloud.name()),
            &format!("Take a container at {example}."),
        )),
        Place::OtherService(service) => Some(blocks(
            SasRule::Host,
            &format!("The host is one of {service}, and a backup is written to blobs."),
            &format!("Take the Blob SAS URL of the container, at {example}."),
        )),
        Place::Unknown => Some(warns(
            SasRule::Host,
            &format!(
                "Whether '{}' is a storage account of {} is not known.",
                sas.host,
                cloud.name()
            ),
            &format!(
                "Unless it is a domain of your own in front of a storage account, take one at {example}."
            ),
        )),
    }
}

pub(super) fn container(sas: &SasUri) -> Option<SasFinding> {
    let (what, mend) = match sas.path.as_slice() {
        [] => (
            "The URI names a storage account and no container in it.".to_owned(),
            "Create the SAS on a container and take its Blob SAS URL.",
        ),
        [name] if matches!(name.as_str(), "$root" | "$web") || name.parse::<ContainerName>().is_ok() => {
            return None;
        }
        [name] => (
            format!("No container can be named '{name}'."),
            "Names of containers have 3 to 63 lower-case letters, digits and single dashes.",
        ),
        _ => (
            "The URI names something inside a container.".to_owned(),
            "Create the SAS on the container itself; a backup writes several blobs.",
        ),
    };
    Some(blocks(SasRule::Container, &what, mend))
}

pub(super) fn repeated(sas: &SasUri) -> Option<SasFinding> {
    const ONCE: [&str; 12] = [
        "sig", "sv", "sr", "sp", "st", "se", "spr", "sip", "si", "ss", "srt", "ske",
    ];
    let twice = ONCE.iter().find(|name| sas.count(name) > 1)?;
    Some(blocks(
        SasRule::Repeated,
        &format!("The parameter '{twice}' is given more than once."),
        "Copy the SAS again; two of them have been put together.",
    ))
}

pub(super) fn signature(sas: &SasUri) -> Option<SasFinding> {
    if sas.count("sig") == 0 {
        return Some(blocks(
            SasRule::Signature,
            "The URI has no signature ('sig'), so it lets nobody in.",
            "Take the Blob SAS URL, which is shown once when the SAS is created.",
        ));
    }
    (!sas.has_whole_signature()).then(|| {
        blocks(
            SasRule::Signature,
            "The signature ('sig') is not whole: it is shorter or longer than signatures are, or has other characters.",
            "Copy the SAS again up to its end; nothing after an '&' may be cut off.",
        )
    })
}

//! The last word on what leaves: a transport that sends nothing which the limits forbid.

use std::rc::Rc;

use arm_core::{LocalFuture, Method, Request, Response, Transport, TransportError};
use serde_json::{Value, json};

use super::{Act, By, Limits};
use crate::lazy::lazy;

/// The code of the answer to what is not sent; Azure has none like it.
pub const NOT_SENT: &str = "NotSentByPortal";

lazy! {
    /// The transport with the limits in front of it.
    rights: pub fn guarded(transport: Rc<dyn Transport>, limits: Limits) -> Rc<dyn Transport> {
        Rc::new(Guard { transport, limits })
    }
}

/// Answers itself what must not leave.
struct Guard {
    transport: Rc<dyn Transport>,
    limits: Limits,
}

impl Transport for Guard {
    fn send(&self, request: Request) -> LocalFuture<'_, Result<Response, TransportError>> {
        match refusal(self.limits, &request) {
            Some(refusal) => Box::pin(async move { Ok(refusal) }),
            None => self.transport.send(request),
        }
    }
}

/// What is answered in Azure's place.
fn refusal(limits: Limits, request: &Request) -> Option<Response> {
    let acts = acts_of(request)?;
    let message = match limits.read_only() {
        Some(By::Config) => "The portal is read-only here by its configuration. Nothing was sent to Azure.",
        Some(By::Host) => "The page around the portal has made it read-only. Nothing was sent to Azure.",
        None if !acts.is_empty() && acts.iter().all(|act| limits.hides(*act)) => {
            "The portal does not offer this here. Nothing was sent to Azure."
        }
        None => return None,
    };
    let body = json!({ "error": { "code": NOT_SENT, "message": message } });
    Some(Response::new(403).with_body(body.to_string()))
}

/// What a request changes: any of these acts may send it, or none that is known; nothing where it only reads.
fn acts_of(request: &Request) -> Option<&'static [Act]> {
    let method = request.method;
    if matches!(method, Method::Get | Method::Head | Method::Options) {
        return None;
    }
    let kind = kind_of(&request.url);
    if method == Method::Post && (READING.contains(&kind.as_str()) || is_sas_for_reading(&kind, request)) {
        return None;
    }
    let known = CHANGING
        .iter()
        .find(|(of, what, _)| *of == method && *what == kind);
    // What is not known may change anything.
    Some(known.map_or(&[], |(.., acts)| acts))
}

/// What is called, without names and in lower case: `flexibleservers/backups`, `flexibleservers/startltrbackup`.
fn kind_of(url: &str) -> String {
    let path = url
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let below = path.rsplit("/providers/").next().unwrap_or_default();
    // The provider's own name comes first, then types and names by turns.
    let types = below.split('/').skip(1).step_by(2);
    types.collect::<Vec<_>>().join("/")
}

/// Whether a SAS is asked for with which nothing can be written.
fn is_sas_for_reading(kind: &str, request: &Request) -> bool {
    let body = request
        .body
        .as_deref()
        .and_then(|body| serde_json::from_str::<Value>(body).ok());
    let may = body.as_ref().and_then(|body| body["signedPermission"].as_str());
    kind == "storageaccounts/listservicesas"
        && may.is_some_and(|may| may.bytes().all(|one| b"rl".contains(&one)))
}

/// What is sent by POST and changes nothing.
const READING: [&str; 7] = [
    "resources",
    "flexibleservers/ltrprebackup",
    "backupvaults/validateforbackup",
    "backupvaults/backupinstances/validateformodifybackup",
    "backupvaults/backupinstances/validaterestore",
    "backupvaults/backupinstances/findrestorabletimeranges",
    "checknameavailability",
];

/// What changes something, and in which acts.
const CHANGING: [(Method, &str, &[Act]); 22] = [
    (Method::Put, "flexibleservers/backups", &[Act::TakeBackup]),
    (Method::Delete, "flexibleservers/backups", &[Act::DeleteBackup]),
    (
        Method::Post,
        "flexibleservers/startltrbackup",
        &[Act::LongTermBackup],
    ),
    (Method::Post, "storageaccounts/listservicesas", &[Act::CreateSas]),
    // The same request makes an instance and changes it.
    (
        Method::Put,
        "backupvaults/backupinstances",
        &[Act::Protect, Act::ChangePolicy],
    ),
    (
        Method::Delete,
        "backupvaults/backupinstances",
        &[Act::DeleteBackupData],
    ),
    (
        Method::Post,
        "backupvaults/backupinstances/backup",
        &[Act::BackUpInstance],
    ),
    (
        Method::Post,
        "backupvaults/backupinstances/stopprotection",
        &[Act::StopBackup],
    ),
    (
        Method::Post,
        "backupvaults/backupinstances/suspendbackups",
        &[Act::StopBackup],
    ),
    (
        Method::Post,
        "backupvaults/backupinstances/resumeprotection",
        &[Act::ResumeBackup],
    ),
    (
        Method::Post,
        "backupvaults/backupinstances/resumebackups",
        &[Act::ResumeBackup],
    ),
    (
        Method::Post,
        "backupvaults/deletedbackupinstances/undelete",
        &[Act::Undelete],
    ),
    (
        Method::Post,
        "backupvaults/backupinstances/restore",
        &[Act::Restore],
    ),
    (Method::Put, "backupvaults", &[Act::CreateVault]),
    (Method::Patch, "backupvaults", &[Act::ChangeVault]),
    (Method::Put, "backupvaults/backuppolicies", &[Act::CreatePolicy]),
    (
        Method::Delete,
        "backupvaults/backuppolicies",
        &[Act::DeletePolicy],
    ),
    (Method::Put, "roleassignments", &[Act::AssignRoles]),
    (Method::Delete, "roleassignments", &[Act::AssignRoles]),
    (Method::Put, "vaults/accesspolicies", &[Act::AssignRoles]),
    (Method::Patch, "storageaccounts", &[Act::ChangeStorage]),
    (
        Method::Put,
        "storageaccounts/blobservices/containers",
        &[Act::CreateContainer],
    ),
];

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

//! On-demand backups, in the document's own commands.

use arm_client::{BackupName, api_versions};
use arm_core::{Method, ResourceId};

use super::{Az, Call, samples};
use crate::ui::code_block::CodeSample;

/// Newer versions of the Azure CLI name the options otherwise; the document's are shown.
const NEWER_CLI: &str = "# Azure CLI 2.91 names the server --server-name and the backup --name.\n";
/// How an operation goes on (reference D, *polling*).
const POLLING: &str =
    "# 202: ask the URL in Azure-AsyncOperation, unchanged, until its status is Succeeded or Failed.\n";

/// Takes an on-demand backup of this name.
pub fn take_backup(origin: &str, server: &ResourceId, name: &BackupName) -> Vec<CodeSample> {
    let az = az_backup("create", server).option("--backup-name", name.as_str());
    let call = one_backup(Method::Put, origin, server, name).with_body("");
    samples(
        format!("{}\n{NEWER_CLI}", in_subscription(az, server)),
        format!("{}\n{POLLING}", call.rest()),
        call.curl(server.subscription_id(), ""),
    )
}

/// Deletes the on-demand backup of this name.
pub fn delete_backup(origin: &str, server: &ResourceId, name: &BackupName) -> Vec<CodeSample> {
    let az = az_backup("delete", server).option("--backup-name", name.as_str());
    let call = one_backup(Method::Delete, origin, server, name);
    let notes = "# It asks first; add --yes to run it without the question.\n\
                 # A name that no on-demand backup has is no error.\n";
    samples(
        format!("{}\n{notes}{NEWER_CLI}", in_subscription(az, server)),
        format!("{}\n{POLLING}# 204: no backup has this name.\n", call.rest()),
        call.curl(server.subscription_id(), ""),
    )
}

/// Lists the backups, all of them or those of a type: Azure's word, such as `Customer On-Demand`.
pub fn list_backups(origin: &str, server: &ResourceId, backup_type: Option<&str>) -> Vec<CodeSample> {
    let az = az_backup("list", server);
    let az = match backup_type {
        Some(backup_type) => az.query(&format!("[?backupType=='{backup_type}']")),
        None => az,
    };
    let az = az.option("--output", "table");
    let path = format!("{server}/backups");
    let call = Call::new(Method::Get, origin, &path, api_versions::POSTGRESQL);
    let pages = "# Go on with the URL in nextLink, unchanged, as long as there is one.\n";
    let (kept, then) = match backup_type {
        Some(backup_type) => (
            format!("# Azure has no filter here: keep what has the backupType '{backup_type}'.\n"),
            format!(" \\\n  | jq '.value[] | select(.properties.backupType == \"{backup_type}\")'"),
        ),
        None => (String::new(), String::new()),
    };
    samples(
        format!("{}\n", in_subscription(az, server)),
        format!("{}\n{kept}{pages}", call.rest()),
        format!("{}{pages}", call.curl(server.subscription_id(), &then)),
    )
}

fn az_backup(verb: &str, server: &ResourceId) -> Az {
    Az::command(&format!("postgres flexible-server backup {verb}"))
        .option("--resource-group", server.resource_group().unwrap_or_default())
        .option("--name", server.name())
}

/// The document leaves the subscription to the CLI's own setting, which may be another one.
fn in_subscription(az: Az, server: &ResourceId) -> String {
    az.option("--subscription", server.subscription_id()).line()
}

fn one_backup(method: Method, origin: &str, server: &ResourceId, name: &BackupName) -> Call {
    let path = format!("{server}/backups/{name}");
    Call::new(method, origin, &path, api_versions::POSTGRESQL)
}

#[cfg(test)]
mod tests;

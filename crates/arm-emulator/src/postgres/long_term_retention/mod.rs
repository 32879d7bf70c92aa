//! Long-term retention backups of a flexible server (the document *Backups Long Term Retention - Start*, reference A3).

mod check_server;
mod get_operation;
mod list_operations;
mod pre_check;
mod request;
mod start;
pub(crate) mod transfer;

use arm_core::{Method, Response};
use serde_json::Value;

use crate::{api_versions, router::Route};

pub(crate) const OPERATION_TYPE: &str = "Microsoft.DBforPostgreSQL/flexibleServers/ltrBackupOperations";

const PRE_CHECK: &str = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{serverName}/ltrPreBackup";
const START: &str = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{serverName}/startLtrBackup";
const OPERATIONS: &str = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{serverName}/ltrBackupOperations";
const OPERATION: &str = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{serverName}/ltrBackupOperations/{backupName}";

const READ: &str = "Microsoft.DBforPostgreSQL/flexibleServers/ltrBackupOperations/read";

pub(crate) const ROUTES: &[Route] = &[
    Route {
        method: Method::Post,
        path: PRE_CHECK,
        versions: api_versions::LONG_TERM_RETENTION,
        action: Some("Microsoft.DBforPostgreSQL/flexibleServers/ltrPreBackup/action"),
        handler: pre_check::pre_check,
    },
    Route {
        method: Method::Post,
        path: START,
        versions: api_versions::LONG_TERM_RETENTION,
        action: Some("Microsoft.DBforPostgreSQL/flexibleServers/startLtrBackup/action"),
        handler: start::start,
    },
    Route {
        method: Method::Get,
        path: OPERATIONS,
        versions: api_versions::LONG_TERM_RETENTION,
        action: Some(READ),
        handler: list_operations::list_operations,
    },
    Route {
        method: Method::Get,
        path: OPERATION,
        versions: api_versions::LONG_TERM_RETENTION,
        action: Some(READ),
        handler: get_operation::get_operation,
    },
];

/// The refusal of one of these operations with its code in `x-ms-error-code`, too, as the document has it.
pub(crate) fn with_error_code(route: &Route, response: Response) -> Response {
    if response.status < 400 || !ROUTES.iter().any(|ours| ours.path == route.path) {
        return response;
    }
    let body: Value = serde_json::from_str(&response.body).unwrap_or_default();
    match body["error"]["code"].as_str() {
        Some(code) => response.with_header("x-ms-error-code", code),
        None => response,
    }
}

//! `Microsoft.DBforPostgreSQL` (reference A).

pub(crate) mod backup_schedule;
pub(crate) mod backups;
mod check_name_availability;
pub(crate) mod databases;
mod delete_backup;
mod delete_flexible_server;
mod get_backup;
mod get_flexible_server;
mod list_backups;
mod list_flexible_servers;
pub(crate) mod long_term_retention;
mod operation_result;
pub(crate) mod operation_status;
mod patch_flexible_server;
mod put_backup;
mod put_flexible_server;
pub(crate) mod servers;
pub(crate) mod single_servers;

use arm_core::Method;

use crate::{api_versions, router::Route};

pub(crate) const NAMESPACE: &str = "Microsoft.DBforPostgreSQL";
pub(crate) const SERVER_TYPE: &str = "Microsoft.DBforPostgreSQL/flexibleServers";
pub(crate) const BACKUP_TYPE: &str = "Microsoft.DBforPostgreSQL/flexibleServers/backups";

const SERVERS_IN_SUBSCRIPTION: &str =
    "/subscriptions/{subscriptionId}/providers/Microsoft.DBforPostgreSQL/flexibleServers";
const SERVERS_IN_GROUP: &str = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DBforPostgreSQL/flexibleServers";
const SERVER: &str = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{serverName}";
const BACKUPS: &str = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{serverName}/backups";
const BACKUP: &str = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{serverName}/backups/{backupName}";
const DATABASES: &str = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{serverName}/databases";
const DATABASE: &str = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{serverName}/databases/{databaseName}";
const CHECK_NAME: &str =
    "/subscriptions/{subscriptionId}/providers/Microsoft.DBforPostgreSQL/checkNameAvailability";
const CHECK_NAME_IN_REGION: &str = "/subscriptions/{subscriptionId}/providers/Microsoft.DBforPostgreSQL/locations/{location}/checkNameAvailability";
const OPERATION_STATUS: &str = "/subscriptions/{subscriptionId}/providers/Microsoft.DBforPostgreSQL/locations/{location}/azureAsyncOperation/{operationId}";
const OPERATION_RESULT: &str = "/subscriptions/{subscriptionId}/providers/Microsoft.DBforPostgreSQL/locations/{location}/operationResults/{operationId}";

const READ_SERVER: &str = "Microsoft.DBforPostgreSQL/flexibleServers/read";
const WRITE_SERVER: &str = "Microsoft.DBforPostgreSQL/flexibleServers/write";
const READ_BACKUP: &str = "Microsoft.DBforPostgreSQL/flexibleServers/backups/read";

pub(crate) const ROUTES: &[Route] = &[
    Route {
        method: Method::Get,
        path: SERVERS_IN_SUBSCRIPTION,
        versions: api_versions::FLEXIBLE_SERVERS,
        action: Some(READ_SERVER),
        handler: list_flexible_servers::list_flexible_servers,
    },
    Route {
        method: Method::Get,
        path: SERVERS_IN_GROUP,
        versions: api_versions::FLEXIBLE_SERVERS,
        action: Some(READ_SERVER),
        handler: list_flexible_servers::list_flexible_servers,
    },
    Route {
        method: Method::Get,
        path: SERVER,
        versions: api_versions::FLEXIBLE_SERVERS,
        action: Some(READ_SERVER),
        handler: get_flexible_server::get_flexible_server,
    },
    Route {
        method: Method::Put,
        path: SERVER,
        versions: api_versions::FLEXIBLE_SERVERS,
        action: Some(WRITE_SERVER),
        handler: put_flexible_server::put_flexible_server,
    },
    Route {
        method: Method::Patch,
        path: SERVER,
        versions: api_versions::FLEXIBLE_SERVERS,
        action: Some(WRITE_SERVER),
        handler: patch_flexible_server::patch_flexible_server,
    },
    Route {
        method: Method::Delete,
        path: SERVER,
        versions: api_versions::FLEXIBLE_SERVERS,
        action: Some("Microsoft.DBforPostgreSQL/flexibleServers/delete"),
        handler: delete_flexible_server::delete_flexible_server,
    },
    Route {
        method: Method::Post,
        path: CHECK_NAME,
        versions: api_versions::FLEXIBLE_SERVERS,
        action: Some("Microsoft.DBforPostgreSQL/checkNameAvailability/action"),
        handler: check_name_availability::check_name_availability,
    },
    Route {
        method: Method::Post,
        path: CHECK_NAME_IN_REGION,
        versions: api_versions::FLEXIBLE_SERVERS,
        action: Some("Microsoft.DBforPostgreSQL/locations/checkNameAvailability/action"),
        handler: check_name_availability::check_name_availability,
    },
    Route {
        method: Method::Get,
        path: DATABASES,
        versions: api_versions::FLEXIBLE_SERVERS,
        action: Some("Microsoft.DBforPostgreSQL/flexibleServers/databases/read"),
        handler: databases::list_databases,
    },
    Route {
        method: Method::Get,
        path: DATABASE,
        versions: api_versions::FLEXIBLE_SERVERS,
        action: Some("Microsoft.DBforPostgreSQL/flexibleServers/databases/read"),
        handler: databases::get_database,
    },
    Route {
        method: Method::Get,
        path: BACKUPS,
        versions: api_versions::BACKUPS,
        action: Some(READ_BACKUP),
        handler: list_backups::list_backups,
    },
    Route {
        method: Method::Get,
        path: BACKUP,
        versions: api_versions::BACKUPS,
        action: Some(READ_BACKUP),
        handler: get_backup::get_backup,
    },
    Route {
        method: Method::Put,
        path: BACKUP,
        versions: api_versions::BACKUP_WRITES,
        action: Some("Microsoft.DBforPostgreSQL/flexibleServers/backups/write"),
        handler: put_backup::put_backup,
    },
    Route {
        method: Method::Delete,
        path: BACKUP,
        versions: api_versions::BACKUP_WRITES,
        action: Some("Microsoft.DBforPostgreSQL/flexibleServers/backups/delete"),
        handler: delete_backup::delete_backup,
    },
    Route {
        method: Method::Get,
        path: OPERATION_STATUS,
        versions: api_versions::FLEXIBLE_SERVERS,
        action: Some("Microsoft.DBforPostgreSQL/locations/azureAsyncOperation/read"),
        handler: operation_status::operation_status,
    },
    Route {
        method: Method::Get,
        path: OPERATION_RESULT,
        versions: api_versions::FLEXIBLE_SERVERS,
        action: Some("Microsoft.DBforPostgreSQL/locations/operationResults/read"),
        handler: operation_result::operation_result,
    },
];

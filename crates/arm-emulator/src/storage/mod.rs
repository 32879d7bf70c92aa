//! `Microsoft.Storage`: accounts, containers and the SAS that the resource manager hands out (reference C3, G6).
//!
//! The blob service lists and reads blobs for somebody who comes with a SAS ([`blob_service`]); only what restores a
//! vault's backups writes to it.

pub(crate) mod accounts;
pub(crate) mod blob_service;
mod blob_service_properties;
pub(crate) mod blobs;
pub(crate) mod containers;
mod get_container;
mod get_storage_account;
mod list_containers;
mod list_service_sas;
mod list_storage_accounts;
mod patch_storage_account;
mod put_container;
pub(crate) mod sas;

use arm_core::Method;

use crate::{api_versions, router::Route};

pub(crate) const ACCOUNT_TYPE: &str = "Microsoft.Storage/storageAccounts";
pub(crate) const CONTAINER_TYPE: &str = "Microsoft.Storage/storageAccounts/blobServices/containers";

const ACCOUNTS_IN_SUBSCRIPTION: &str =
    "/subscriptions/{subscriptionId}/providers/Microsoft.Storage/storageAccounts";
const ACCOUNTS_IN_GROUP: &str = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts";
const ACCOUNT: &str = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}";
const SERVICE_SAS: &str = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}/listServiceSas";
const CONTAINERS: &str = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}/blobServices/default/containers";
const CONTAINER: &str = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}/blobServices/default/containers/{containerName}";

const BLOB_SERVICE: &str = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{accountName}/blobServices/default";

const READ_ACCOUNT: &str = "Microsoft.Storage/storageAccounts/read";
const READ_CONTAINER: &str = "Microsoft.Storage/storageAccounts/blobServices/containers/read";

pub(crate) const ROUTES: &[Route] = &[
    Route {
        method: Method::Get,
        path: ACCOUNTS_IN_SUBSCRIPTION,
        versions: api_versions::STORAGE,
        action: Some(READ_ACCOUNT),
        handler: list_storage_accounts::list_storage_accounts,
    },
    Route {
        method: Method::Get,
        path: ACCOUNTS_IN_GROUP,
        versions: api_versions::STORAGE,
        action: Some(READ_ACCOUNT),
        handler: list_storage_accounts::list_storage_accounts,
    },
    Route {
        method: Method::Get,
        path: ACCOUNT,
        versions: api_versions::STORAGE,
        action: Some(READ_ACCOUNT),
        handler: get_storage_account::get_storage_account,
    },
    Route {
        method: Method::Patch,
        path: ACCOUNT,
        versions: api_versions::STORAGE,
        action: Some("Microsoft.Storage/storageAccounts/write"),
        handler: patch_storage_account::patch_storage_account,
    },
    Route {
        method: Method::Post,
        path: SERVICE_SAS,
        versions: api_versions::STORAGE,
        action: Some("Microsoft.Storage/storageAccounts/listServiceSas/action"),
        handler: list_service_sas::list_service_sas,
    },
    Route {
        method: Method::Get,
        path: BLOB_SERVICE,
        versions: api_versions::STORAGE,
        action: Some("Microsoft.Storage/storageAccounts/blobServices/read"),
        handler: blob_service_properties::get_blob_service,
    },
    Route {
        method: Method::Put,
        path: BLOB_SERVICE,
        versions: api_versions::STORAGE,
        action: Some("Microsoft.Storage/storageAccounts/blobServices/write"),
        handler: blob_service_properties::put_blob_service,
    },
    Route {
        method: Method::Get,
        path: CONTAINERS,
        versions: api_versions::STORAGE,
        action: Some(READ_CONTAINER),
        handler: list_containers::list_containers,
    },
    Route {
        method: Method::Get,
        path: CONTAINER,
        versions: api_versions::STORAGE,
        action: Some(READ_CONTAINER),
        handler: get_container::get_container,
    },
    Route {
        method: Method::Put,
        path: CONTAINER,
        versions: api_versions::STORAGE,
        action: Some("Microsoft.Storage/storageAccounts/blobServices/containers/write"),
        handler: put_container::put_container,
    },
];

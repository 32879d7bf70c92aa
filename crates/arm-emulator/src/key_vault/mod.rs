//! `Microsoft.KeyVault` (reference G3): what a protected database's credentials need, and no secret's value.

mod put_access_policies;
mod read_key_vaults;
mod read_secrets;
pub(crate) mod secrets;

use arm_core::Method;

use crate::{
    api_versions::KEY_VAULTS,
    router::{Route, route},
};

pub(crate) const KEY_VAULT_TYPE: &str = "Microsoft.KeyVault/vaults";
pub(crate) const SECRET_TYPE: &str = "Microsoft.KeyVault/vaults/secrets";

const READ: &str = "Microsoft.KeyVault/vaults/read";
const READ_SECRETS: &str = "Microsoft.KeyVault/vaults/secrets/read";

pub(crate) const ROUTES: &[Route] = &[
    route(
        Method::Get,
        "/subscriptions/{subscriptionId}/providers/Microsoft.KeyVault/vaults",
        KEY_VAULTS,
        READ,
        read_key_vaults::list_key_vaults,
    ),
    route(
        Method::Get,
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.KeyVault/vaults",
        KEY_VAULTS,
        READ,
        read_key_vaults::list_key_vaults,
    ),
    route(
        Method::Get,
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.KeyVault/vaults/{keyVaultName}",
        KEY_VAULTS,
        READ,
        read_key_vaults::get_key_vault,
    ),
    route(
        Method::Put,
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.KeyVault/vaults/{keyVaultName}/accessPolicies/{operationKind}",
        KEY_VAULTS,
        "Microsoft.KeyVault/vaults/accessPolicies/write",
        put_access_policies::put_access_policies,
    ),
    route(
        Method::Get,
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.KeyVault/vaults/{keyVaultName}/secrets",
        KEY_VAULTS,
        READ_SECRETS,
        read_secrets::list_secrets,
    ),
    route(
        Method::Get,
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.KeyVault/vaults/{keyVaultName}/secrets/{secretName}",
        KEY_VAULTS,
        READ_SECRETS,
        read_secrets::get_secret,
    ),
];

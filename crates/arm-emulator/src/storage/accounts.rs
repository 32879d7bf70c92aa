//! What handlers ask of a storage account.

use serde_json::Value;

use super::ACCOUNT_TYPE;
use crate::{
    call::Call,
    postgres::servers::text,
    refusals::{self, Refusal},
    world::World,
};

/// How many segments the id of an account has.
const SEGMENTS: usize = 8;

/// The lower-case id of the account that the call is about.
pub(super) fn key(call: &Call) -> String {
    call.key_above(SEGMENTS)
}

/// The account that the call is about.
pub(super) fn find<'a>(world: &'a World, call: &Call) -> Result<&'a Value, Refusal> {
    world.document(&key(call)).ok_or_else(|| {
        let resource = format!("{ACCOUNT_TYPE}/{}", call.parameter("accountName"));
        refusals::RESOURCE_NOT_FOUND.refuse(&[&resource, call.parameter("resourceGroupName")])
    })
}

/// The account whose blobs are at this origin, such as `https://stexample.blob.core.windows.net`.
pub(crate) fn at_origin<'a>(world: &'a World, origin: &str) -> Option<&'a Value> {
    let endpoint = format!("{}/", origin.to_ascii_lowercase());
    let mut accounts = world
        .documents
        .iter()
        .filter(|(_, document)| text(document, "/type") == ACCOUNT_TYPE);
    let (_, account) =
        accounts.find(|(_, account)| text(account, "/properties/primaryEndpoints/blob") == endpoint)?;
    Some(account)
}

/// Whether requests signed with a key of the account are taken; so they are where nothing is said (reference G6).
pub(super) fn allows_keys(account: &Value) -> bool {
    account.pointer("/properties/allowSharedKeyAccess") != Some(&Value::Bool(false))
}

/// Whether everybody reaches the account.
pub(super) fn is_public(account: &Value) -> bool {
    let is_public = !text(account, "/properties/publicNetworkAccess").eq_ignore_ascii_case("Disabled");
    is_public && text(account, "/properties/networkAcls/defaultAction") != "Deny"
}

/// Whether services of Azure reach the account.
pub(super) fn is_reachable(account: &Value) -> bool {
    let bypasses = text(account, "/properties/networkAcls/bypass").contains("AzureServices");
    is_public(account) || bypasses
}

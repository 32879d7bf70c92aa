//! Why something cannot be restored there: reasons that the world has (reference B10, C1, D-RF).

use arm_core::Timestamp;
use serde_json::Value;

use super::{
    super::{reasons, states},
    request::{self, RestoreRequest, Target},
};
use crate::{
    authorization::effective,
    data_protection::{
        POINT_TYPE,
        user_errors::{self, UserError},
        vaults,
    },
    postgres::{
        SERVER_TYPE,
        servers::{location_in_paths, normalized_location, text},
    },
    storage::accounts,
    world::World,
};

/// What is refused at once: the state, the recovery point, and a kind of target that the datasource has not.
///
/// Gives the recovery point.
pub(super) fn at_once(world: &World, instance: &Value, request: &RestoreRequest) -> Result<Value, UserError> {
    let (name, state) = (text(instance, "/name"), states::of(instance));
    if !states::allowed_operations(state).contains(&"Restore") {
        return Err(user_errors::NOT_IN_THIS_STATE.say(&[name, state]));
    }
    let key = text(instance, "/id").to_ascii_lowercase();
    let mut points = world.below(&key, POINT_TYPE);
    let point =
        points.find(|point| text(point, "/properties/recoveryPointId").eq_ignore_ascii_case(&request.point));
    let Some(point) = point else {
        // The friendly name is another id, though the document's prose names it (reference B5).
        return Err(user_errors::NO_POINT.say(&[&request.point, name]));
    };
    let stores = point["properties"]["recoveryPointDataStoresDetails"].as_array();
    let mut stores = stores.into_iter().flatten();
    if !stores.any(|store| text(store, "/type").eq_ignore_ascii_case(&request.store)) {
        let advice = format!("The recovery point is not in the data store '{}'.", request.store);
        return Err(request::invalid(&advice));
    }
    let kind = text(instance, "/properties/dataSourceInfo/datasourceType");
    if kind.eq_ignore_ascii_case(SERVER_TYPE) && matches!(request.target, Target::Database { .. }) {
        return Err(request::invalid("Flexible servers are restored as files only."));
    }
    Ok(point.clone())
}

/// What is found out at the end: identity, target, and the vault's rights there.
pub(super) fn in_the_end(
    world: &World,
    vault: &Value,
    request: &RestoreRequest,
    now: Timestamp,
) -> Result<(), UserError> {
    let principal = vaults::principal(vault);
    if principal.is_empty() {
        return Err(user_errors::NO_IDENTITY.say(&[text(vault, "/name")]));
    }
    let region = location_in_paths(vault);
    let asked = normalized_location(&request.location);
    if !asked.is_empty() && asked != region {
        return Err(user_errors::TARGET_REGION.say(&[&asked, &region]));
    }
    match &request.target {
        Target::Files {
            url,
            prefix,
            container,
        } => {
            check_files(world, vault, url, container, now)?;
            let key = container_of(world, url).unwrap_or_default();
            match world.blobs_below(&key, prefix).next() {
                // `FailIfExists`.
                Some(_) => Err(user_errors::FILES_THERE.say(&[url, prefix])),
                None => Ok(()),
            }
        }
        Target::Database { id, secret } => check_database(world, vault, id, secret, now),
    }
}

/// The lower-case id of the container that a URL names.
pub(super) fn container_of(world: &World, url: &str) -> Option<String> {
    let (origin, name) = request::container(url)?;
    let account = accounts::at_origin(world, &origin)?;
    let id = text(account, "/id").to_ascii_lowercase();
    Some(format!("{id}/blobservices/default/containers/{name}"))
}

fn check_files(
    world: &World,
    vault: &Value,
    url: &str,
    container: &str,
    now: Timestamp,
) -> Result<(), UserError> {
    let account = request::container(url).and_then(|(origin, _)| accounts::at_origin(world, &origin));
    let Some(account) = account else {
        return Err(user_errors::NO_ACCOUNT.say(&[url]));
    };
    let name = text(account, "/name");
    check_subscription(vault, account, container)?;
    let [region, own] = [account, vault].map(location_in_paths);
    if region != own {
        return Err(user_errors::TARGET_REGION.say(&[&region, &own]));
    }
    if !admits(account, vault) {
        return Err(user_errors::ACCOUNT_UNREACHABLE.say(&[name]));
    }
    // The backup lies in a tenant of Microsoft's, and a new account has it off (reference C1, G6).
    if account.pointer("/properties/allowCrossTenantReplication") != Some(&Value::Bool(true)) {
        return Err(user_errors::NOT_ACROSS_TENANTS.say(&[name]));
    }
    let scope = text(account, "/properties/allowedCopyScope");
    if !matches!(scope, "" | "All") {
        return Err(user_errors::COPY_SCOPE.say(&[name, scope]));
    }
    let key = container_of(world, url).unwrap_or_default();
    if world.document(&key).is_none() {
        return Err(user_errors::NO_CONTAINER.say(&[url]));
    }
    let action = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write";
    let principal = vaults::principal(vault);
    if !effective::may_with_data(world, principal, action, &key, now) {
        let words = format!(
            "The client '{principal}' with object id '{principal}' does not have authorization to perform action '{action}' over scope '{url}' or the scope is invalid. If access was recently granted, please refresh your credentials."
        );
        let rule = &user_errors::CONTAINER_FORBIDDEN;
        return Err(rule.say(&[url]).because(rule.code, words));
    }
    Ok(())
}

/// Another subscription must be allowed, and the container be named by its resource id.
fn check_subscription(vault: &Value, account: &Value, container: &str) -> Result<(), UserError> {
    let subscription = |document: &Value| {
        text(document, "/id")
            .split('/')
            .nth(2)
            .map(str::to_ascii_lowercase)
    };
    let state = text(
        vault,
        "/properties/featureSettings/crossSubscriptionRestoreSettings/state",
    );
    let is_enabled = matches!(state, "" | "Enabled");
    let is_other = subscription(account) != subscription(vault);
    if is_other && !is_enabled {
        return Err(user_errors::OTHER_SUBSCRIPTION.say(&[text(vault, "/name")]));
    }
    if (is_other || !is_enabled) && container.is_empty() {
        return Err(request::invalid("Specify 'targetDetails.targetResourceArmId'."));
    }
    let id = text(account, "/id").to_ascii_lowercase();
    if !container.is_empty() && !container.to_ascii_lowercase().starts_with(&format!("{id}/")) {
        return Err(request::invalid(
            "Specify a 'targetDetails.targetResourceArmId' that exists.",
        ));
    }
    Ok(())
}

/// Whether the vault comes through to the account: public for all, or as a resource instance with trusted services.
fn admits(account: &Value, vault: &Value) -> bool {
    let is = |pointer: &str, word: &str| text(account, pointer).eq_ignore_ascii_case(word);
    if is("/properties/publicNetworkAccess", "Disabled") {
        return false;
    }
    if !is("/properties/networkAcls/defaultAction", "Deny") {
        return true;
    }
    let bypass = text(account, "/properties/networkAcls/bypass");
    let trusts = bypass
        .split(',')
        .any(|who| who.trim().eq_ignore_ascii_case("AzureServices"));
    let rules = account["properties"]["networkAcls"]["resourceAccessRules"].as_array();
    let id = vaults::canonical_id(vault);
    let mut rules = rules.into_iter().flatten();
    trusts && rules.any(|rule| is_about(text(rule, "/resourceId"), &id))
}

/// Whether a rule names the vault, or all vaults of its group or its subscription (`*`).
fn is_about(rule: &str, vault: &str) -> bool {
    let lower = rule.to_ascii_lowercase();
    let whole = if lower.contains("/resourcegroups/") {
        lower
    } else {
        lower.replacen("/providers/", "/resourcegroups/*/providers/", 1)
    };
    let vault = vault.to_ascii_lowercase();
    let (rule, vault): (Vec<_>, Vec<_>) = (whole.split('/').collect(), vault.split('/').collect());
    let is_same = |(rule, vault): (&&str, &&str)| *rule == "*" || rule == vault;
    rule.len() == vault.len() && rule.iter().zip(&vault).all(is_same)
}

/// The server is there, the database is not, and its secret can be read (reference B6).
fn check_database(
    world: &World,
    vault: &Value,
    id: &str,
    secret: &str,
    now: Timestamp,
) -> Result<(), UserError> {
    let key = id.to_ascii_lowercase();
    let server = key
        .rsplitn(3, '/')
        .nth(2)
        .and_then(|server| world.document(server));
    let Some(server) = server else {
        return Err(user_errors::NO_DATABASE_SERVER.say(&[id]));
    };
    reasons::check_rights(world, vaults::principal(vault), text(server, "/id"), true, now)?;
    reasons::check_place(world, vault, server)?;
    if world.document(&key).is_some() {
        let name = id.rsplit('/').next().unwrap_or_default();
        return Err(user_errors::DATABASE_THERE.say(&[name]));
    }
    reasons::check_secret(world, secret, vaults::principal(vault), now)
}

//! Why something cannot be protected: reasons that the world has (reference B10, C1, E).

use arm_core::Timestamp;
use serde_json::Value;

use super::request::Protection;
use crate::{
    authorization::effective,
    data_protection::{
        DELETED_INSTANCE_TYPE,
        user_errors::{self, UserError},
        vaults,
    },
    key_vault::secrets::{self, Secret},
    postgres::servers::{location_in_paths, text},
    world::World,
};

/// The most that can be backed up, in GiB (reference E).
const LARGEST: u64 = 1024;

/// What is refused at once: the policy, and another instance of the same datasource.
///
/// `own` is the lower-case id of the instance that is about to be written; it is not in its own way.
pub(crate) fn at_once(
    world: &World,
    vault: &Value,
    protection: &Protection,
    own: Option<&str>,
) -> Result<(), UserError> {
    let policy = protection.policy_key();
    let vault_id = vaults::canonical_id(vault);
    let name = policy.rsplit('/').next().unwrap_or_default();
    let is_in_vault = policy.starts_with(&format!("{}/backuppolicies/", vault_id.to_ascii_lowercase()));
    let Some(policy) = world.document(&policy).filter(|_| is_in_vault) else {
        return Err(user_errors::NO_POLICY.say(&[name]));
    };
    let types = policy["properties"]["datasourceTypes"]
        .as_array()
        .into_iter()
        .flatten();
    let mut types = types.filter_map(Value::as_str);
    if !types.any(|kind| kind.eq_ignore_ascii_case(protection.kind())) {
        let advice = format!("The backup policy {name} is not for '{}'.", protection.kind());
        return Err(user_errors::INVALID_INPUT.say(&[&advice]));
    }
    let source = protection.source().to_ascii_lowercase();
    let is_same = |found: &&Value| super::source_key(found) == source;
    let is_other = |found: &&Value| own.is_none_or(|own| !text(found, "/id").eq_ignore_ascii_case(own));
    if let Some(instance) = super::all(world).filter(is_same).find(is_other) {
        let holder = super::vault_key(instance);
        let holder = world
            .document(&holder)
            .map(vaults::canonical_id)
            .unwrap_or(holder);
        let values = [holder.as_str(), text(instance, "/name"), holder.as_str()];
        return Err(user_errors::ALREADY_PROTECTED.say(&values));
    }
    // A soft-deleted instance is in the way in its own vault only (reference E).
    let mut deleted = world.below(&vault_id.to_ascii_lowercase(), DELETED_INSTANCE_TYPE);
    if let Some(instance) = deleted.find(is_same) {
        return Err(user_errors::SOFT_DELETED.say(&[text(instance, "/name"), &vault_id]));
    }
    Ok(())
}

/// What is found out at the end: identity, rights, and what the datasource is like.
pub(crate) fn in_the_end(
    world: &World,
    vault: &Value,
    protection: &Protection,
    now: Timestamp,
) -> Result<(), UserError> {
    let principal = vaults::principal(vault);
    if principal.is_empty() {
        return Err(user_errors::NO_IDENTITY.say(&[text(vault, "/name")]));
    }
    let source_id = protection.source();
    let server_id = if protection.is_database() {
        // The rights are those on the server that has the database (reference C1).
        source_id.rsplitn(3, '/').nth(2).unwrap_or_default()
    } else {
        source_id
    };
    let server = world.document(&server_id.to_ascii_lowercase());
    let server_id = server.map_or(server_id, |server| text(server, "/id"));
    check_rights(world, principal, server_id, protection.is_database(), now)?;
    let source = world.document(&source_id.to_ascii_lowercase());
    let (Some(server), Some(_)) = (server, source) else {
        return Err(user_errors::NO_DATASOURCE.say(&[source_id]));
    };
    check_place(world, vault, server)?;
    if protection.is_database() {
        return check_secret(world, protection.secret(), principal, now);
    }
    let name = text(server, "/name");
    if text(server, "/properties/replicationRole").contains("Replica") {
        return Err(user_errors::REPLICA.say(&[name]));
    }
    let state = text(server, "/properties/state");
    if state != "Ready" {
        let words = format!("The server '{name}' is in state '{state}'.");
        return Err(user_errors::NOT_READY
            .say(&[name])
            .because("ServerNotReadyForLongTermBackup", words));
    }
    let size = server["properties"]["storage"]["storageSizeGB"]
        .as_u64()
        .unwrap_or(0);
    if size > LARGEST {
        return Err(user_errors::TOO_LARGE.say(&[name, &size.to_string()]));
    }
    Ok(())
}

/// The first right that the vault's identity lacks, in the document's words (S1, S4).
pub(super) fn check_rights(
    world: &World,
    principal: &str,
    server: &str,
    is_single: bool,
    now: Timestamp,
) -> Result<(), UserError> {
    let group = server.split('/').take(5).collect::<Vec<_>>().join("/");
    let authorization = format!("{server}/providers/Microsoft.Authorization");
    let read = (
        "Microsoft.Authorization/roleAssignments/read",
        authorization.as_str(),
    );
    let flexible = [
        read,
        ("Microsoft.DBforPostgreSQL/flexibleServers/read", server),
        (
            "Microsoft.Resources/subscriptions/resourceGroups/read",
            group.as_str(),
        ),
        (
            "Microsoft.DBforPostgreSQL/flexibleServers/ltrPreBackup/action",
            server,
        ),
        (
            "Microsoft.DBforPostgreSQL/flexibleServers/startLtrBackup/action",
            server,
        ),
        (
            "Microsoft.DBforPostgreSQL/flexibleServers/ltrBackupOperations/read",
            server,
        ),
    ];
    let single = [
        read,
        ("Microsoft.DBforPostgreSQL/servers/read", server),
        ("Microsoft.DBforPostgreSQL/servers/databases/read", server),
    ];
    let needed: &[(&str, &str)] = if is_single { &single } else { &flexible };
    let lacking = needed
        .iter()
        .find(|(action, scope)| !effective::may(world, principal, action, &scope.to_ascii_lowercase(), now));
    let Some((action, scope)) = lacking else {
        return Ok(());
    };
    let words = format!(
        "Validate for Protection failed. Exception Message: The client '{principal}' with object id '{principal}' does not have authorization to perform action '{action}' over scope '{scope}' or the scope is invalid. If access was recently granted, please refresh your credentials."
    );
    let rule = &user_errors::MISSING_PERMISSIONS;
    Err(rule.say(&[]).because(rule.code, words))
}

/// Tenant and region are those of the vault (reference E).
pub(super) fn check_place(world: &World, vault: &Value, server: &Value) -> Result<(), UserError> {
    let subscription = text(server, "/id")
        .split('/')
        .take(3)
        .collect::<Vec<_>>()
        .join("/");
    let subscription = world.document(&subscription.to_ascii_lowercase());
    let tenant = subscription.map_or("", |subscription| text(subscription, "/tenantId"));
    let vaults_tenant = text(vault, "/identity/tenantId");
    if !tenant.eq_ignore_ascii_case(vaults_tenant) {
        return Err(user_errors::OTHER_TENANT.say(&[tenant, vaults_tenant]));
    }
    let [region, vaults_region] = [server, vault].map(location_in_paths);
    if region != vaults_region {
        return Err(user_errors::OTHER_REGION.say(&[&region, &vaults_region]));
    }
    Ok(())
}

pub(super) fn check_secret(
    world: &World,
    uri: &str,
    principal: &str,
    now: Timestamp,
) -> Result<(), UserError> {
    match secrets::look(world, uri, principal, now) {
        Secret::NoKeyVault => Err(user_errors::NO_SECRET_STORE.say(&[uri])),
        Secret::Missing => Err(user_errors::NO_SECRET.say(&[uri])),
        Secret::Forbidden(vault) => Err(user_errors::SECRET_FORBIDDEN.say(&[text(vault, "/name")])),
        Secret::Readable => Ok(()),
    }
}

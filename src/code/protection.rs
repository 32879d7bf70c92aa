//! Putting something under a backup vault and taking it out again, in the documents' own requests.

use arm_client::{
    api_versions,
    data_protection::{DatasourceKind, NewInstance, configure_body, validate_body},
};
use arm_core::{Method, ResourceId};

use super::{Az, Call, samples};
use crate::ui::code_block::CodeSample;

/// The commands are no part of the Azure CLI itself.
const EXTENSION: &str = "# The commands come with: az extension add --name dataprotection\n";
/// How a validation goes on (reference B2).
const VALIDATING: &str = "# 202: ask the URL in Azure-AsyncOperation, unchanged, until its status is Succeeded or Failed; it is Inprogress \
     before.\n# 400: it cannot be protected as it is.\n";
/// When something is protected (reference B2).
const PROTECTING: &str = "# 201 or 200: ask the URL in Azure-AsyncOperation, unchanged, until its status is Succeeded or Failed.\n\
     # Succeeded is not protected yet: read the backup instance until its currentProtectionState is ProtectionConfigured.\n";
/// How a deletion goes on.
const DELETING: &str = "# 202: ask the URL in Azure-AsyncOperation, unchanged, until its status is Succeeded or Failed.\n\
     # 204: there is no such backup instance.\n";

/// Asks whether the vault can protect it; nothing changes.
pub fn validate(origin: &str, vault: &ResourceId, new: &NewInstance) -> Vec<CodeSample> {
    let path = format!("{vault}/validateForBackup");
    let call = Call::new(Method::Post, origin, &path, api_versions::DATA_PROTECTION)
        .with_body(validate_body(new).to_string());
    let az = in_vault("validate-for-backup", vault).option("--backup-instance", FILE);
    samples(
        format!(
            "{}\n{}\n{EXTENSION}",
            initialize(new, None),
            in_subscription(az, vault)
        ),
        format!("{}\n{VALIDATING}", call.rest()),
        format!("{}{VALIDATING}", call.curl(vault.subscription_id(), "")),
    )
}

/// Protects it as the instance of this name.
pub fn configure(origin: &str, vault: &ResourceId, name: &str, new: &NewInstance) -> Vec<CodeSample> {
    let path = format!("{vault}/backupInstances/{name}");
    let call = Call::new(Method::Put, origin, &path, api_versions::DATA_PROTECTION)
        .with_body(configure_body(name, new).to_string());
    let az = in_vault("create", vault).option("--backup-instance", FILE);
    samples(
        format!(
            "{}\n{}\n{EXTENSION}",
            initialize(new, Some(name)),
            in_subscription(az, vault)
        ),
        format!("{}\n{PROTECTING}", call.rest()),
        format!("{}{PROTECTING}", call.curl(vault.subscription_id(), "")),
    )
}

/// Stops protection and deletes the backup data.
pub fn delete(origin: &str, instance: &ResourceId) -> Vec<CodeSample> {
    let call = Call::new(
        Method::Delete,
        origin,
        instance.as_str(),
        api_versions::DATA_PROTECTION,
    );
    let vault = instance.parent().unwrap_or_else(|| instance.clone());
    let az = in_vault("delete", &vault).option("--name", instance.name());
    samples(
        format!(
            "{}\n# It asks first; add --yes to run it without the question.\n{EXTENSION}",
            in_subscription(az, &vault)
        ),
        format!("{}\n{DELETING}", call.rest()),
        format!("{}{DELETING}", call.curl(vault.subscription_id(), "")),
    )
}

/// Where the Azure CLI keeps an instance between its commands.
const FILE: &str = "backup_instance.json";

/// Lets the Azure CLI write the instance into a file; it would give it a name of its own.
fn initialize(new: &NewInstance, name: Option<&str>) -> String {
    let kind = match new.datasource.kind {
        DatasourceKind::FlexibleServer => "AzureDatabaseForPostgreSQLFlexibleServer",
        DatasourceKind::SingleServerDatabase => "AzureDatabaseForPostgreSQL",
    };
    let mut az = Az::command("dataprotection backup-instance initialize")
        .option("--datasource-type", kind)
        .option("--datasource-location", &new.datasource.location)
        .option("--policy-id", new.policy.as_str())
        .option("--datasource-id", new.datasource.id.as_str());
    if let Some(secret) = &new.secret {
        az = az
            .option("--secret-store-type", "AzureKeyVault")
            .option("--secret-store-uri", secret);
    }
    if let Some(name) = name.filter(|name| is_plain(name)) {
        az = az.query(&format!("merge(@, {{backup_instance_name: '{name}'}})"));
    }
    format!("{} > {FILE}", az.option("--output", "json").line())
}

/// Whether a name means itself between any quotes; those that Azure takes do.
fn is_plain(name: &str) -> bool {
    name.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

fn in_vault(verb: &str, vault: &ResourceId) -> Az {
    Az::command(&format!("dataprotection backup-instance {verb}"))
        .option("--resource-group", vault.resource_group().unwrap_or_default())
        .option("--vault-name", vault.name())
}

fn in_subscription(az: Az, vault: &ResourceId) -> String {
    az.option("--subscription", vault.subscription_id()).line()
}

#[cfg(test)]
mod tests;

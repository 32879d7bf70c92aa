//! Storage accounts that files are restored to: their settings changed, and looked at by hand.

use arm_client::{api_versions, storage::AccountChange};
use arm_core::{Method, ResourceId};

use super::{AZURE_CLI, Az, Call, samples};
use crate::ui::code_block::CodeSample;

/// Changes the settings of a storage account.
pub fn change_account(origin: &str, account: &ResourceId, change: &AccountChange) -> Vec<CodeSample> {
    let body = change.body().to_string();
    let call = Call::new(Method::Patch, origin, account.as_str(), api_versions::STORAGE).with_body(&*body);
    // The options of `az storage account update` do not know every value that the service does.
    let az = Az::command("rest")
        .option("--method", "patch")
        .option("--url", &call.url)
        .option("--body", &body);
    samples(
        format!("{}\n", az.line()),
        call.rest(),
        call.curl(account.subscription_id(), ""),
    )
}

/// What of a target is to be looked at by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The settings of the account.
    Account,
    /// Whether the container is there.
    Container,
    /// Whether blobs begin with the prefix already.
    Prefix,
    /// When the instance was last restored.
    Jobs,
}

/// Shows by hand what a page could not look at; it asks and changes nothing.
pub fn look_at_target(
    looks: &[Look],
    vault: &ResourceId,
    account: &ResourceId,
    container: &str,
    prefix: &str,
) -> Vec<CodeSample> {
    let group = |id: &ResourceId| id.resource_group().unwrap_or_default().to_owned();
    let lines = looks.iter().map(|look| match look {
        Look::Account => {
            let az = Az::command("storage account show")
                .option("--name", account.name())
                .option("--resource-group", &group(account))
                .option("--subscription", account.subscription_id());
            let members = "{location:location, allowCrossTenantReplication:allowCrossTenantReplication, \
                allowedCopyScope:allowedCopyScope, publicNetworkAccess:publicNetworkAccess, networkRules:networkRuleSet}";
            format!("# The settings of the storage account\n{}", az.query(members).line())
        }
        Look::Container => {
            let az = Az::command("storage container-rm exists")
                .option("--storage-account", account.name())
                .option("--name", container)
                .option("--resource-group", &group(account))
                .option("--subscription", account.subscription_id());
            format!("# Whether the container is there\n{}", az.line())
        }
        Look::Prefix => {
            let az = Az::command("storage blob list")
                .option("--account-name", account.name())
                .option("--container-name", container)
                .option("--prefix", prefix)
                .option("--num-results", "1")
                .option("--auth-mode", "login")
                .option("--subscription", account.subscription_id());
            format!(
                "# Whether blobs begin with the prefix already: an empty list is none\n{}",
                az.query("[].name").line()
            )
        }
        Look::Jobs => {
            let az = Az::command("dataprotection job list")
                .option("--resource-group", &group(vault))
                .option("--vault-name", vault.name())
                .option("--subscription", vault.subscription_id());
            format!(
                "# The restores of the vault\n{}",
                az.query("[?properties.operation=='Restore'].{instance:properties.backupInstanceFriendlyName, \
                          started:properties.startTime, status:properties.status}")
                    .line()
            )
        }
    });
    vec![CodeSample {
        language: AZURE_CLI.to_owned(),
        code: lines.collect::<Vec<_>>().join("\n") + "\n",
    }]
}

#[cfg(test)]
mod tests {
    use arm_client::storage::StorageAccount;

    use super::*;

    const ID: &str = "/subscriptions/s/resourceGroups/rg (x)/providers/Microsoft.Storage/storageAccounts/sta";

    fn id(text: &str) -> ResourceId {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn a_change_is_what_the_client_sends() {
        let account: StorageAccount =
            serde_json::from_str(&format!(r#"{{"id":"{ID}","properties":{{}}}}"#)).expect("an account");
        let change = AccountChange::replicate_across_tenants(&account);
        let codes = change_account("https://management.azure.com", &account.id, &change);
        let body = change.body().to_string();
        for code in &codes {
            assert!(code.code.contains(&body), "{}", code.code);
        }
        assert!(
            codes[0].code.starts_with("az rest --method patch --url 'https://management.azure.com/subscriptions/s/resourceGroups/rg%20(x)/"),
            "{}",
            codes[0].code
        );
        assert!(codes[1].code.starts_with("PATCH https://"), "{}", codes[1].code);
    }

    #[test]
    fn a_hostile_prefix_stays_one_word() {
        let vault =
            id("/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv");
        let looks = [Look::Account, Look::Container, Look::Prefix, Look::Jobs];
        let codes = look_at_target(&looks, &vault, &id(ID), "restored", "it's $(reboot)");
        let lines: Vec<_> = codes[0]
            .code
            .lines()
            .filter(|line| line.starts_with("az "))
            .collect();
        assert_eq!(lines.len(), 4);
        assert!(lines[0].contains("--resource-group 'rg (x)'"), "{}", lines[0]);
        assert_eq!(
            lines[2],
            "az storage blob list --account-name sta --container-name restored --prefix 'it'\\''s $(reboot)' \
             --num-results 1 --auth-mode login --subscription s --query \"[].name\""
        );
    }
}

//! Restoring a recovery point, in the document's own requests (S3).

use arm_client::{
    api_versions,
    data_protection::{DatasourceKind, RestoreRequest, RestoreTarget},
};
use arm_core::{Method, ResourceId};

use super::{Az, Call, samples};
use crate::ui::code_block::CodeSample;

/// The commands are no part of the Azure CLI itself.
const EXTENSION: &str = "# The commands come with: az extension add --name dataprotection\n";
const VALIDATING: &str = "# 202: ask the URL in Azure-AsyncOperation, unchanged, until its status is Succeeded or Failed; it is Inprogress \
     before.\n# 400: it cannot be restored as it is asked for.\n";
const RESTORING: &str = "# 202: ask the URL in Azure-AsyncOperation, unchanged, until its status is Succeeded: its properties.jobId is the job.\n\
     # The job decides: read it until its status is Completed, CompletedWithWarnings, Failed or Cancelled.\n";
/// Where the Azure CLI keeps a request between its commands.
const FILE: &str = "restore.json";

/// Asks whether the recovery point can be restored so; nothing changes.
pub fn validate_restore(
    origin: &str,
    instance: &ResourceId,
    kind: DatasourceKind,
    request: &RestoreRequest,
) -> Vec<CodeSample> {
    let call = call(
        origin,
        instance,
        "validateRestore",
        request.validation_body().to_string(),
    );
    act(
        &call,
        instance,
        "validate-for-restore",
        &initialize(kind, request),
        VALIDATING,
    )
}

/// Restores it.
pub fn restore(
    origin: &str,
    instance: &ResourceId,
    kind: DatasourceKind,
    request: &RestoreRequest,
) -> Vec<CodeSample> {
    let call = call(origin, instance, "restore", request.body().to_string());
    act(
        &call,
        instance,
        "restore trigger",
        &initialize(kind, request),
        RESTORING,
    )
}

fn act(call: &Call, instance: &ResourceId, verb: &str, initialize: &str, then: &str) -> Vec<CodeSample> {
    let vault = instance.parent().unwrap_or_else(|| instance.clone());
    let az = Az::command(&format!("dataprotection backup-instance {verb}"))
        .option("--resource-group", vault.resource_group().unwrap_or_default())
        .option("--vault-name", vault.name())
        .option("--backup-instance-name", instance.name())
        .option("--restore-request-object", FILE)
        .option("--subscription", vault.subscription_id());
    samples(
        format!("{initialize}\n{}\n{EXTENSION}", az.line()),
        format!("{}\n{then}", call.rest()),
        format!("{}{then}", call.curl(vault.subscription_id(), "")),
    )
}

fn call(origin: &str, instance: &ResourceId, action: &str, body: String) -> Call {
    let path = format!("{instance}/{action}");
    Call::new(Method::Post, origin, &path, api_versions::DATA_PROTECTION).with_body(body)
}

/// Lets the Azure CLI write the request into a file.
fn initialize(kind: DatasourceKind, request: &RestoreRequest) -> String {
    let kind = match kind {
        DatasourceKind::FlexibleServer => "AzureDatabaseForPostgreSQLFlexibleServer",
        DatasourceKind::SingleServerDatabase => "AzureDatabaseForPostgreSQL",
    };
    let with_rest = |az: Az| {
        az.option("--datasource-type", kind)
            .option("--source-datastore", &request.store)
            .option("--restore-location", &request.location)
            .option("--recovery-point-id", &request.recovery_point_id)
    };
    let az = match &request.target {
        RestoreTarget::Files {
            url,
            prefix,
            container,
        } => {
            let az =
                Az::command("dataprotection backup-instance restore initialize-for-data-recovery-as-files");
            let az = with_rest(az)
                .option("--target-blob-container-url", url)
                .option("--target-file-name", prefix);
            match container {
                Some(container) => az.option("--target-resource-id", container.as_str()),
                None => az,
            }
        }
        RestoreTarget::Database { database, secret } => {
            let az = Az::command("dataprotection backup-instance restore initialize-for-data-recovery");
            let az = with_rest(az).option("--target-resource-id", database.id.as_str());
            match secret {
                Some(secret) => az
                    .option("--secret-store-type", "AzureKeyVault")
                    .option("--secret-store-uri", secret),
                None => az,
            }
        }
    };
    format!("{} > {FILE}", az.option("--output", "json").line())
}

#[cfg(test)]
mod tests {
    use arm_client::data_protection::VAULT_STORE;
    use serde_json::Value;

    use super::*;
    use crate::code::{AZURE_CLI, CURL, REST};

    const INSTANCE: &str = "/subscriptions/s-1/resourceGroups/rg-backup/providers/Microsoft.DataProtection/backupVaults/bv/backupInstances/pg-a-1";

    fn request(container: Option<&str>) -> RestoreRequest {
        RestoreRequest {
            recovery_point_id: "eb006fde78cb47198be5a320fbe45e9b".to_owned(),
            store: VAULT_STORE.to_owned(),
            location: "westus".to_owned(),
            target: RestoreTarget::Files {
                url: "https://sta.blob.core.windows.net/restored".to_owned(),
                prefix: "it's mine".to_owned(),
                container: container.map(|id| id.parse().expect("an id")),
            },
        }
    }

    fn code(samples: &[CodeSample], language: &str) -> String {
        let found = samples.iter().find(|sample| sample.language == language);
        found.map(|sample| sample.code.clone()).unwrap_or_default()
    }

    fn id() -> ResourceId {
        INSTANCE.parse().expect("an id")
    }

    #[test]
    fn the_command_line_writes_the_request_and_sends_it() {
        let told = code(
            &restore(
                "https://arm.example",
                &id(),
                DatasourceKind::FlexibleServer,
                &request(None),
            ),
            AZURE_CLI,
        );
        assert_eq!(
            told,
            "az dataprotection backup-instance restore initialize-for-data-recovery-as-files --datasource-type AzureDatabaseForPostgreSQLFlexibleServer --source-datastore VaultStore --restore-location westus --recovery-point-id eb006fde78cb47198be5a320fbe45e9b --target-blob-container-url https://sta.blob.core.windows.net/restored --target-file-name 'it'\\''s mine' --output json > restore.json\n\
             az dataprotection backup-instance restore trigger --resource-group rg-backup --vault-name bv --backup-instance-name pg-a-1 --restore-request-object restore.json --subscription s-1\n\
             # The commands come with: az extension add --name dataprotection\n"
        );
        let container = "/subscriptions/s-2/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/sta/blobServices/default/containers/restored";
        let told = code(
            &validate_restore(
                "https://arm.example",
                &id(),
                DatasourceKind::FlexibleServer,
                &request(Some(container)),
            ),
            AZURE_CLI,
        );
        assert!(
            told.contains(&format!(" --target-resource-id {container} ")),
            "{told}"
        );
        assert!(
            told.contains("az dataprotection backup-instance validate-for-restore "),
            "{told}"
        );
    }

    #[test]
    fn the_requests_are_those_of_the_client() {
        let request = request(None);
        for (samples, action, body) in [
            (
                validate_restore(
                    "https://arm.example",
                    &id(),
                    DatasourceKind::FlexibleServer,
                    &request,
                ),
                "validateRestore",
                request.validation_body(),
            ),
            (
                restore(
                    "https://arm.example",
                    &id(),
                    DatasourceKind::FlexibleServer,
                    &request,
                ),
                "restore",
                request.body(),
            ),
        ] {
            let rest = code(&samples, REST);
            let version = api_versions::DATA_PROTECTION;
            assert!(
                rest.starts_with(&format!(
                    "POST https://arm.example{INSTANCE}/{action}?api-version={version}\n"
                )),
                "{rest}"
            );
            let sent = rest.split("\n\n").nth(1).unwrap_or_default();
            assert_eq!(serde_json::from_str::<Value>(sent).expect(sent), body);
            assert!(code(&samples, CURL).contains("--request POST"), "{action}");
        }
    }
}

//! Every way in which Azure Backup says no: one table of code, text and advice (reference B10).

use serde_json::{Value, json};

use crate::{call::Call, operations::Failure, refusals::Refusal};

/// One row of the table; `{}` in a text stands for a value.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) code: &'static str,
    message: &'static str,
    /// What the service recommends; empty where nothing is known.
    action: &'static str,
}

macro_rules! table {
    ($($name:ident = ($code:literal, $message:literal, $action:literal);)*) => {
        $(pub(crate) static $name: Rule = Rule { code: $code, message: $message, action: $action };)*
        /// All rows, for the test that holds them against the documentation.
        #[cfg(test)]
        pub(crate) static ALL: &[&Rule] = &[$(&$name),*];
    };
}

table! {
    ALREADY_PROTECTED = ("UserErrorDppDatasourceAlreadyProtected",
        "Datasource is already protected under the Backup vault {}.",
        "Delete the backup instance {} from the Backup vault {} to re-protect the datasource in any other vault.");
    SOFT_DELETED = ("UserErrorDppDatasourceAlreadySoftDeleted",
        "Datasource has a soft-deleted backup instance {} in the Backup vault {}.",
        "Undelete the backup instance and resume its protection, or wait until it is purged.");
    MISSING_PERMISSIONS = ("UserErrorMissingRequiredPermissions",
        "Appropriate permissions to perform the operation is missing.",
        "Grant appropriate permissions to perform this operation as mentioned at https://aka.ms/UserErrorMissingRequiredPermissions and retry the operation.");
    NO_IDENTITY = ("UserErrorVaultIdentityNotEnabled",
        "The Backup vault {} has no managed identity.",
        "Turn on the system assigned managed identity of the Backup vault and retry the operation.");
    OTHER_REGION = ("UserErrorDppDatasourceRegionMismatch",
        "Datasource is in the region {} and the Backup vault in {}.",
        "Use a Backup vault in the region of the datasource.");
    OTHER_TENANT = ("UserErrorDppDatasourceTenantMismatch",
        "Datasource is in the tenant {} and the identity of the Backup vault in {}.",
        "Use a Backup vault in the tenant of the datasource.");
    NO_DATASOURCE = ("UserErrorDppDatasourceNotFound",
        "Datasource {} was not found.",
        "Make sure that the datasource exists and retry the operation.");
    REPLICA = ("UserErrorReplicaNotSupported",
        "Backup of the read replica {} is not supported.",
        "Protect the primary server instead.");
    NOT_READY = ("PostgreSQLFlexOperationFailedUserError",
        "The operation on the server {} failed.",
        "Start the server, wait until it is ready and retry the operation.");
    TOO_LARGE = ("UserErrorDatabaseSizeExceeded",
        "The storage of the server {} has {} GiB; backups are supported up to 1024 GiB.",
        "Reduce the size of the server.");
    NO_SECRET_STORE = ("UserErrorInvalidSecretStore",
        "The secret store of {} cannot be found.",
        "Name the identifier of a secret in a key vault.");
    NO_SECRET = ("UserErrorInvalidSecret",
        "The secret {} is not there or not enabled.",
        "Make sure that the secret exists and is enabled.");
    SECRET_FORBIDDEN = ("UserErrorMissingPermissionsOnSecretStore",
        "The Backup vault lacks permissions on the secret store {}.",
        "Grant the Backup vault's identity Get and List on secrets and retry the operation.");
    INVALID_INPUT = ("BMSUserErrorInvalidInput", "Input provided for the call is invalid.", "{}");
    NO_POLICY = ("UserErrorDppPolicyObjectNotFound",
        "The backup policy {} was not found.", "Name a backup policy of the Backup vault.");
    POLICY_IN_USE = ("UserErrorDppPolicyObjectInUse",
        "The backup policy {} is used by the backup instance {}.",
        "Change the policy of the backup instances that use it, or delete them.");
    NOT_IN_THIS_STATE = ("UserErrorOperationNotAllowedInCurrentState",
        "The operation is not allowed while the protection state of the backup instance {} is {}.", "");
    NO_POINT = ("UserErrorRecoveryPointNotFound",
        "The recovery point {} of the backup instance {} was not found.",
        "Name the recoveryPointId of a recovery point that is listed.");
    NO_ACCOUNT = ("UserErrorStorageAccountNotFound",
        "There is no storage account at {}.",
        "Name a container of a storage account that exists.");
    NO_CONTAINER = ("UserErrorContainerNotFound",
        "The container {} was not found.",
        "Create the container and retry the operation.");
    CONTAINER_FORBIDDEN = ("UserErrorContainerNotAccessible",
        "The Backup vault lacks permissions on the container {}.",
        "Assign the role Storage Blob Data Contributor on the storage account or the container to the Backup vault's identity and retry the operation.");
    ACCOUNT_UNREACHABLE = ("UserErrorStorageAccountNotReachable",
        "The storage account {} cannot be reached through the public network.",
        "Allow public network access, or admit the Backup vault as a resource instance together with trusted services.");
    NOT_ACROSS_TENANTS = ("UserErrorCrossTenantReplicationDisabled",
        "The storage account {} does not allow replication across tenants.",
        "Set allowCrossTenantReplication of the storage account to true and retry the operation.");
    COPY_SCOPE = ("UserErrorPermittedCopyScopeRestricted",
        "The storage account {} permits copies only from storage accounts of the scope {}.",
        "Permit copies from any storage account and retry the operation.");
    OTHER_SUBSCRIPTION = ("UserErrorCrossSubscriptionRestoreNotAllowed",
        "The Backup vault {} does not allow to restore to another subscription.",
        "Enable cross subscription restore of the Backup vault, or name a target in its subscription.");
    TARGET_REGION = ("UserErrorTargetRegionMismatch",
        "The target is in the region {} and the restore in {}.",
        "Name a target in the region of the Backup vault.");
    FILES_THERE = ("UserErrorTargetFilesAlreadyExist",
        "The container {} holds blobs that begin with the file prefix {} already.",
        "Choose another file prefix.");
    NO_DATABASE_SERVER = ("UserErrorDBNotFound",
        "The server of the database {} was not found.",
        "Ensure that the server exists.");
    DATABASE_THERE = ("UserErrorDatabaseNameAlreadyInUse",
        "The database {} already exists.",
        "Retry the restore operation with a different name.");
    RESTORED_TODAY = ("UserErrorRestoreLimitReached",
        "The backup instance {} was restored in the last 24 hours already.",
        "Retry the operation tomorrow.");
    TOO_MANY_RESTORES = ("UserErrorMaxConcurrentOperationLimitReached",
        "Unable to start the operation as maximum number of allowed concurrent restores has reached.",
        "Wait until the running restore has ended.");
    TOO_MANY_BACKUPS = ("UserErrorMaxConcurrentOperationLimitReached",
        "Unable to start the operation as maximum number of allowed concurrent backups has reached.",
        "Wait until the running backup has ended.");
    IMMUTABLE = ("UserErrorOperationNotAllowedByImmutability",
        "The backup data of {} cannot be deleted, because the Backup vault is immutable and holds recovery points that have not expired.",
        "Stop protection and retain the data instead.");
    VAULT_IN_USE = ("UserErrorVaultNotEmpty",
        "The Backup vault {} cannot be deleted as it holds backup instances, soft-deleted ones included.",
        "Delete the backup instances and wait until soft-deleted ones are purged.");
    ONE_WAY = ("UserErrorVaultSettingCannotBeReverted",
        "The setting {} of the Backup vault cannot be changed from {} to {}.", "");
}

/// A row with its values in place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct UserError {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    action: String,
    /// What is said in `innerError`: its code and the exact words.
    inner: Option<(&'static str, String)>,
}

impl Rule {
    /// Says no with `values` in the places of the message, then of the advice.
    pub(crate) fn say(&self, values: &[&str]) -> UserError {
        let mut values = values.iter();
        UserError {
            code: self.code,
            message: fill(self.message, &mut values),
            action: fill(self.action, &mut values),
            inner: None,
        }
    }
}

impl UserError {
    /// The same with the exact words of what went wrong inside.
    pub(crate) fn because(mut self, code: &'static str, words: String) -> Self {
        self.inner = Some((code, words));
        self
    }

    /// Said at once: HTTP 400.
    pub(crate) fn refuse(&self, call: &Call) -> Refusal {
        let info = json!({
            "message": self.message,
            "recommendedAction": self.actions(),
            "details": null,
            "code": self.code,
            "target": "",
            "innerError": self.inner_error(),
            "isRetryable": false,
            // Also of what only the user can mend: nobody can branch on it (reference B10).
            "isUserError": false,
            "properties": { "ActivityId": call.correlation_id },
        });
        Refusal::of_backup(self.code, self.message.clone(), info)
    }

    /// Said at the end of an operation.
    pub(crate) fn fail(&self, activity: &str) -> Failure {
        Failure {
            code: self.code.to_owned(),
            message: self.message.clone(),
            user_facing: self.info(activity),
        }
    }

    /// A `UserFacingError`, as it stands in operations, instances and jobs.
    pub(crate) fn info(&self, activity: &str) -> Value {
        json!({
            "message": self.message,
            "recommendedAction": self.actions(),
            "code": self.code,
            "target": "",
            "innerError": self.inner_error(),
            "isRetryable": false,
            "isUserError": false,
            "properties": { "ActivityId": activity },
        })
    }

    fn actions(&self) -> Vec<&str> {
        let action = self.action.as_str();
        (!action.is_empty()).then_some(action).into_iter().collect()
    }

    fn inner_error(&self) -> Value {
        match &self.inner {
            Some((code, words)) => json!({
                "code": code,
                "additionalInfo": { "DetailedNonLocalisedMessage": words },
            }),
            None => Value::Null,
        }
    }
}

fn fill<'a>(text: &str, values: &mut impl Iterator<Item = &'a &'a str>) -> String {
    let mut pieces = text.split("{}");
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        filled += values.next().copied().unwrap_or_default();
        filled += piece;
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_tells_every_user_error() {
        let documentation = include_str!("../../../../docs/emulation.md");
        for rule in ALL {
            let row = format!("| `{}` |", rule.code);
            assert!(documentation.contains(&row), "no row with {row}");
        }
    }

    #[test]
    fn values_stand_in_the_message_and_then_in_the_advice() {
        let error = ALREADY_PROTECTED.say(&["V", "I", "V"]);
        assert_eq!(
            error.message,
            "Datasource is already protected under the Backup vault V."
        );
        assert_eq!(
            error.actions(),
            [
                "Delete the backup instance I from the Backup vault V to re-protect the datasource in any other vault."
            ]
        );
        assert!(NOT_IN_THIS_STATE.say(&["I", "S"]).actions().is_empty());
    }
}

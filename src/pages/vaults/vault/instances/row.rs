//! A row of the list of instances; pure.

use arm_client::data_protection::{BackupInstance, DatasourceKind, DeletionInfo, ProtectionState};
use arm_core::ResourceId;

/// What the list shows of an instance.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Row {
    /// What tells it from all others, before and after a deletion.
    pub key: String,
    /// Its resource id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it protects: a server, or `invoices on pgs-legacy`.
    pub source: String,
    /// The id of a flexible server that it protects.
    pub server: Option<String>,
    /// What kind of thing that is.
    pub kind: String,
    /// How far protection has come.
    pub state: Option<ProtectionState>,
    /// Why it is not protected: code and words.
    pub error: Option<(String, String)>,
    /// The policy's name.
    pub policy: Option<String>,
    /// When its data will be gone, of a soft-deleted one, in seconds of Unix time.
    pub purged: Option<i64>,
}

/// The rows of what is protected and of what is soft-deleted.
pub fn rows(instances: &[BackupInstance], deleted: &[BackupInstance]) -> Vec<Row> {
    instances.iter().chain(deleted).map(row).collect()
}

fn row(instance: &BackupInstance) -> Row {
    let kind = instance.source_type.as_deref().and_then(DatasourceKind::of);
    let error = instance.error.as_ref().map(|error| {
        let code = if error.code.is_empty() {
            "Unknown"
        } else {
            &error.code
        };
        (code.to_owned(), error.message.clone())
    });
    // A soft-deleted instance says so by where it is, whatever else it says.
    let is_deleted = instance.deletion.is_some() || is_deleted_id(&instance.id);
    Row {
        key: instance.id.as_str().to_ascii_lowercase(),
        id: instance.id.as_str().to_owned(),
        name: instance.name.clone(),
        source: instance
            .source
            .as_ref()
            .map_or_else(|| "Unknown".to_owned(), source_name),
        server: instance
            .source
            .as_ref()
            .filter(|_| kind == Some(DatasourceKind::FlexibleServer))
            .map(|server| server.as_str().to_owned()),
        kind: kind_words(kind, instance.source_type.as_deref()),
        state: if is_deleted {
            Some(ProtectionState::SoftDeleted)
        } else {
            instance.state.clone()
        },
        error,
        policy: instance.policy.as_ref().map(|policy| policy.name().to_owned()),
        purged: instance
            .deletion
            .as_ref()
            .and_then(|DeletionInfo { purged, .. }| *purged)
            .map(|purged| purged.timestamp()),
    }
}

fn is_deleted_id(id: &ResourceId) -> bool {
    let kind = id.resource_type().unwrap_or_default().to_ascii_lowercase();
    kind.ends_with("/deletedbackupinstances")
}

/// *invoices on pgs-legacy* for what belongs to a server, else the name.
pub fn source_name(source: &ResourceId) -> String {
    let server = source.parent().filter(|parent| parent.resource_type().is_some());
    match server {
        Some(server) => format!("{} on {}", source.name(), server.name()),
        None => source.name().to_owned(),
    }
}

/// What people call a kind of datasource; what is not known here as Azure writes it.
pub fn kind_words(kind: Option<DatasourceKind>, datasource_type: Option<&str>) -> String {
    match kind {
        Some(DatasourceKind::FlexibleServer) => "Flexible server".to_owned(),
        Some(DatasourceKind::SingleServerDatabase) => "Database of a single server".to_owned(),
        None => datasource_type.unwrap_or("Unknown").to_owned(),
    }
}

impl Row {
    /// Whether something is going on with it, so that it is worth looking again.
    pub fn is_changing(&self) -> bool {
        self.group() == "changing"
    }

    /// The word of the *State* filter that it belongs to; none for what is not known.
    pub fn group(&self) -> &'static str {
        use ProtectionState as State;
        match self.state {
            Some(State::Protected) => "protected",
            Some(State::ConfiguringFailed | State::Error | State::NotProtected | State::Invalid) => "failed",
            Some(State::Configuring | State::Updating | State::SoftDeleting) => "changing",
            Some(State::Stopped | State::Suspended | State::RetentionSuspended) => "stopped",
            Some(State::SoftDeleted) => "deleted",
            Some(State::Other(_)) | None => "other",
        }
    }
}

#[cfg(test)]
pub mod tests {
    use serde_json::{Value, json};

    use super::*;

    const VAULT: &str =
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv";

    fn instance(below: &str, name: &str, kind: &str, source: &str, more: Value) -> BackupInstance {
        let mut properties = json!({
            "dataSourceInfo": { "datasourceType": kind, "resourceID": source },
            "policyInfo": { "policyId": format!("{VAULT}/backupPolicies/weekly") },
        });
        if let (Some(properties), Value::Object(more)) = (properties.as_object_mut(), more) {
            properties.extend(more);
        }
        let instance =
            json!({ "id": format!("{VAULT}/{below}/{name}"), "name": name, "properties": properties });
        serde_json::from_value(instance).expect("an instance")
    }

    /// A server, a database, something that is not known, and a server that is soft-deleted.
    pub fn fleet() -> Vec<Row> {
        let server =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-a";
        let database = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/servers/old/databases/invoices";
        let present = [
            instance(
                "backupInstances",
                "pg-a-1",
                "microsoft.dbforpostgresql/FLEXIBLESERVERS",
                server,
                json!({ "currentProtectionState": "ProtectionConfigured" }),
            ),
            instance(
                "backupInstances",
                "old-invoices-2",
                "Microsoft.DBforPostgreSQL/servers/databases",
                database,
                json!({
                    "currentProtectionState": "ConfiguringProtectionFailed",
                    "protectionErrorDetails": { "code": "UserErrorX", "message": "No." },
                }),
            ),
            instance(
                "backupInstances",
                "blob-3",
                "Microsoft.Storage/storageAccounts",
                server,
                json!({}),
            ),
        ];
        let deleted = [instance(
            "deletedBackupInstances",
            "pg-a-0",
            "Microsoft.DBforPostgreSQL/flexibleServers",
            server,
            json!({
                "currentProtectionState": "ProtectionConfigured",
                "deletionInfo": { "scheduledPurgeTime": "2026-03-22T00:00:00Z" },
            }),
        )];
        rows(&present, &deleted)
    }

    #[test]
    fn what_is_protected_is_told_by_the_names_people_know() {
        let shown: Vec<_> = fleet()
            .iter()
            .map(|row| (row.source.clone(), row.kind.clone(), row.server.is_some()))
            .collect();
        let expected = [
            ("pg-a", "Flexible server", true),
            ("invoices on old", "Database of a single server", false),
            ("pg-a", "Microsoft.Storage/storageAccounts", false),
            ("pg-a", "Flexible server", true),
        ];
        assert_eq!(
            shown,
            expected.map(|(source, kind, has)| (source.to_owned(), kind.to_owned(), has))
        );
        let failed = &fleet()[1];
        assert_eq!(failed.error, Some(("UserErrorX".to_owned(), "No.".to_owned())));
        assert_eq!(
            fleet()[3].state,
            Some(ProtectionState::SoftDeleted),
            "whatever its state says"
        );
        assert_eq!(fleet()[3].purged, Some(1_774_137_600));
    }
}

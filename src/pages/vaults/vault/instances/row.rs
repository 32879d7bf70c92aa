//! A row of the list of instances, and which rows are shown; pure.

use std::cmp::Ordering;

use arm_client::data_protection::{BackupInstance, DatasourceKind, DeletionInfo, ProtectionState};
use arm_core::ResourceId;

use crate::{
    components::protection_words,
    pages::vaults::list_bar::known_first,
    text,
    ui::{
        sort_header::SortDirection,
        sort_order::{SortColumn, SortOrder},
    },
};

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

/// The *State* filter: the word in the query, and its label. The first one shows all.
pub const STATES: [(&str, &str); 6] = [
    ("", "All"),
    ("protected", "Protected"),
    ("failed", "Failed"),
    ("changing", "Being changed"),
    ("stopped", "Stopped or suspended"),
    ("deleted", "Soft deleted"),
];

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
    fn group(&self) -> &'static str {
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

/// What a column sorts by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The name, without regard to case.
    Name,
    /// What it protects.
    Source,
    /// What kind of thing that is.
    Kind,
    /// The words of its state.
    State,
    /// The policy's name.
    Policy,
}

/// The order of the rows.
pub type Sort = SortOrder<Column>;

impl Column {
    /// The head of the column.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Source => "Datasource",
            Self::Kind => "Type",
            Self::State => "Protection",
            Self::Policy => "Policy",
        }
    }
}

impl SortColumn for Column {
    const ALL: &'static [Self] = &[Self::Name, Self::Source, Self::Kind, Self::State, Self::Policy];

    fn default_order() -> Sort {
        Sort {
            column: Self::Name,
            direction: SortDirection::Ascending,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Source => "datasource",
            Self::Kind => "type",
            Self::State => "protection",
            Self::Policy => "policy",
        }
    }

    fn spoken(self) -> String {
        self.label().to_ascii_lowercase()
    }

    fn directions(self) -> [&'static str; 2] {
        ["A to Z", "Z to A"]
    }
}

/// The indices of the rows whose name or datasource has this in it and that are in this group, in this order.
pub fn shown(rows: &[Row], search: &str, group: &str, sort: Sort) -> Vec<usize> {
    let search = search.trim().to_ascii_lowercase();
    let has = |text: &str| text.to_ascii_lowercase().contains(&search);
    let is_wanted = |index: &usize| {
        let row = &rows[*index];
        (group.is_empty() || row.group() == group) && (has(&row.name) || has(&row.source))
    };
    let mut shown: Vec<usize> = (0..rows.len()).filter(is_wanted).collect();
    shown.sort_by(|a, b| compare(sort, &rows[*a], &rows[*b]));
    shown
}

fn compare(sort: Sort, a: &Row, b: &Row) -> Ordering {
    let Sort { column, direction } = sort;
    let lower = |word: &str| Some(word.to_ascii_lowercase());
    let ordered = match column {
        Column::Name => known_first(direction, lower(&a.name), lower(&b.name)),
        Column::Source => known_first(direction, lower(&a.source), lower(&b.source)),
        Column::Kind => known_first(direction, lower(&a.kind), lower(&b.kind)),
        Column::State => {
            let words = |row: &Row| {
                row.state
                    .is_some()
                    .then(|| protection_words(row.state.as_ref()).to_owned())
            };
            known_first(direction, words(a), words(b))
        }
        Column::Policy => {
            let word = |row: &Row| row.policy.as_deref().map(str::to_ascii_lowercase);
            known_first(direction, word(a), word(b))
        }
    };
    ordered
        .then_with(|| a.name.cmp(&b.name))
        .then_with(|| a.key.cmp(&b.key))
}

/// *3 of 17 instances*, *17 instances*.
pub fn count(shown: usize, all: usize) -> String {
    match text::count(all, "instance") {
        all_of_them if shown == all => all_of_them,
        of_all => format!("{shown} of {of_all}"),
    }
}

#[cfg(test)]
mod tests {
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

    fn fleet() -> Vec<Row> {
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

    fn check(search: &str, group: &str, sort: &str, expected: &[&str]) {
        let rows = fleet();
        let shown = shown(&rows, search, group, Sort::from_query(Some(sort)));
        let names: Vec<_> = shown.iter().map(|index| rows[*index].name.as_str()).collect();
        assert_eq!(names, expected, "{search:?} {group:?} {sort:?}");
    }

    #[test]
    fn rows_are_found_by_name_and_datasource_and_grouped_by_what_to_do_about_them() {
        check("", "", "", &["blob-3", "old-invoices-2", "pg-a-0", "pg-a-1"]);
        check(" PG-A ", "", "-name", &["pg-a-1", "pg-a-0", "blob-3"]);
        check("invoices", "", "", &["old-invoices-2"]);
        check("", "protected", "", &["pg-a-1"]);
        check("", "failed", "", &["old-invoices-2"]);
        check("", "deleted", "", &["pg-a-0"]);
        check("", "changing", "", &[]);
        check(
            "",
            "",
            "protection",
            &["old-invoices-2", "pg-a-1", "pg-a-0", "blob-3"],
        );
        check(
            "",
            "",
            "-protection",
            &["pg-a-0", "pg-a-1", "old-invoices-2", "blob-3"],
        );
        check(
            "",
            "",
            "datasource",
            &["old-invoices-2", "blob-3", "pg-a-0", "pg-a-1"],
        );
        check("", "", "type", &["old-invoices-2", "pg-a-0", "pg-a-1", "blob-3"]);
    }

    #[test]
    fn the_count_names_both_numbers_only_where_they_differ() {
        assert_eq!(
            (count(4, 4), count(1, 4)),
            ("4 instances".to_owned(), "1 of 4 instances".to_owned())
        );
    }
}

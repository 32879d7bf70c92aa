//! The list as a file: exactly the servers shown, in their order.

use std::rc::Rc;

use arm_core::Clock;

use super::{
    last_backup::{LastBackup, LastBackups},
    row::Row,
};
use crate::{
    export::{Cell, Format, Table, download::download, file_name},
    text,
};

/// The columns of the file.
const COLUMNS: [&str; 9] = [
    "Name",
    "State",
    "Last backup (UTC)",
    "Resource group",
    "Location",
    "Version",
    "Backup retention (days)",
    "Subscription",
    "Resource ID",
];

/// Gives the user the rows as a file, and what is said of it.
pub fn export(rows: &[Row], last_backups: LastBackups, format: Format, clock: Rc<dyn Clock>) -> String {
    let name = file_name("servers", clock.now(), format);
    let rows: Vec<_> = rows
        .iter()
        .map(|row| cells(row, last_backups.get_untracked(&row.key)))
        .collect();
    let number = text::count(rows.len(), "server");
    let table = Table {
        columns: &COLUMNS,
        rows,
    };
    match download(&name, format.media_type(), &format.write(&table), clock) {
        Ok(()) => format!("Exported {number}."),
        Err(_) => "Not exported: the browser does not let this page make a file.".to_owned(),
    }
}

fn cells(row: &Row, last: Option<LastBackup>) -> Vec<Cell> {
    let known = |text: Option<String>| text.map_or(Cell::Unknown, Cell::Text);
    let server = &row.server;
    let word = |word: &str| Cell::Text(word.to_owned());
    // Only rows that were in sight have been read, which is not the same as unknown.
    let last = match last {
        _ if server.is_replica() => word("None of its own"),
        None => word("Not read"),
        Some(LastBackup::NoneYet) => word("None yet"),
        Some(LastBackup::Unknown(_)) => Cell::Unknown,
        Some(LastBackup::At(at)) => Cell::Moment(at),
    };
    vec![
        Cell::Text(server.name.clone()),
        known(server.state.as_ref().map(ToString::to_string)),
        last,
        Cell::Text(server.resource_group.clone()),
        known(row.location.clone()),
        known(server.version.clone()),
        known(server.backup_retention_days.map(|days| days.to_string())),
        Cell::Text(row.subscription.clone()),
        Cell::Text(server.id.to_string()),
    ]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::pages::servers::list::row::{rows, server};

    #[test]
    fn a_row_of_the_file_says_what_is_known_and_what_was_not_read() {
        let moment = "2026-03-10T08:12:05Z".parse().expect("a moment");
        let known =
            json!({ "location": "westeurope", "state": "Ready", "version": "17", "backupRetentionDays": 7 });
        let replica = json!({ "replicationRole": "AsyncReplica" });
        for (more, last, expected) in [
            (
                known,
                Some(LastBackup::At(moment)),
                "pg,Ready,2026-03-10T08:12:05Z,rg,West Europe,17,7,s",
            ),
            (json!({}), None, "pg,,Not read,rg,,,,s"),
            (json!({}), Some(LastBackup::NoneYet), "pg,,None yet,rg,,,,s"),
            (
                json!({}),
                Some(LastBackup::Unknown("No.".to_owned())),
                "pg,,,rg,,,,s",
            ),
            (replica, None, "pg,,None of its own,rg,,,,s"),
        ] {
            let row = rows(&[server("s/pg", more)], &[]).remove(0);
            let table = Table {
                columns: &COLUMNS,
                rows: vec![cells(&row, last)],
            };
            let text = Format::Csv.write(&table);
            let line = text.lines().nth(1).unwrap_or_default();
            assert!(
                line.starts_with(&format!("{expected},/subscriptions/s/")),
                "{line}"
            );
        }
    }
}

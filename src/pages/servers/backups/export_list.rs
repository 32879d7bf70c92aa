//! The list as a file: exactly the rows shown, in their order.

use std::rc::Rc;

use arm_core::Clock;

use super::{row::Row, shown::Shown};
use crate::{
    export::{Cell, Format, Table, download::download, file_name},
    text,
};

/// The columns of the file.
const COLUMNS: [&str; 5] = [
    "Name",
    "Type",
    "Completed (UTC)",
    "Source",
    "Retained until (UTC)",
];

/// Gives the user the rows as a file, and what is said of it.
pub fn export(shown: &Shown, server: &str, format: Format, clock: Rc<dyn Clock>) -> String {
    let name = file_name(&format!("backups-of-{server}"), clock.now(), format);
    let text = format.write(&table(shown.rows()));
    match download(&name, format.media_type(), &text, clock) {
        Ok(()) => format!("Exported {}.", text::count(shown.len(), "backup")),
        Err(_) => "Not exported: the browser does not let this page make a file.".to_owned(),
    }
}

fn table(rows: impl Iterator<Item = Row>) -> Table {
    let cells = |row: Row| {
        vec![
            Cell::Text(row.name),
            Cell::Text(row.kind.label().to_owned()),
            row.completed.into(),
            Cell::Text(row.source),
            row.retained_until.into(),
        ]
    };
    Table {
        columns: &COLUMNS,
        rows: rows.map(cells).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::row::Kind, *};

    #[test]
    fn a_row_of_the_file_says_what_the_row_on_the_screen_does() {
        let row = Row {
            name: "before-v42".to_owned(),
            kind: Kind::OnDemand,
            completed: Some("2026-03-10T08:12:05Z".parse().expect("a moment")),
            source: "Customer Initiated".to_owned(),
            retained_until: None,
        };
        assert_eq!(
            Format::Csv.write(&table([row].into_iter())),
            "\u{feff}Name,Type,Completed (UTC),Source,Retained until (UTC)\r\n\
             before-v42,On-demand,2026-03-10T08:12:05Z,Customer Initiated,\r\n"
        );
    }
}

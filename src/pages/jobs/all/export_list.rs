//! The list as a file: exactly the jobs shown, in their order.

use std::rc::Rc;

use arm_core::Clock;

use crate::{
    export::{Cell, Format, Table, download::download, file_name},
    pages::jobs::row::{Row, UNKNOWN},
    text,
};

/// The columns of the file.
const COLUMNS: [&str; 10] = [
    "Operation",
    "Datasource",
    "State",
    "Vault",
    "Started (UTC)",
    "Ended (UTC)",
    "Duration (seconds)",
    "Subscription",
    "Job ID",
    "Resource ID",
];

/// Gives the user the rows as a file, and what is said of it.
pub fn export(rows: &[Row], format: Format, clock: Rc<dyn Clock>) -> String {
    let name = file_name("jobs", clock.now(), format);
    let table = Table {
        columns: &COLUMNS,
        rows: rows.iter().map(cells).collect(),
    };
    let number = text::count(table.rows.len(), "job");
    match download(&name, format.media_type(), &format.write(&table), clock) {
        Ok(()) => format!("Exported {number}."),
        Err(_) => "Not exported: the browser does not let this page make a file.".to_owned(),
    }
}

fn cells(row: &Row) -> Vec<Cell> {
    let known = |text: &str| {
        if text == UNKNOWN {
            Cell::Unknown
        } else {
            Cell::Text(text.to_owned())
        }
    };
    let took = row.took().map(|took| Cell::Text(took.as_secs().to_string()));
    vec![
        known(&row.operation),
        known(&row.source),
        known(&row.word),
        known(&row.vault),
        row.started.into(),
        row.ended.into(),
        took.unwrap_or(Cell::Unknown),
        known(&row.subscription),
        Cell::Text(row.id.name().to_owned()),
        Cell::Text(row.id.to_string()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::jobs::row::samples;

    #[test]
    fn a_row_of_the_file_says_what_is_known() {
        let table = Table {
            columns: &COLUMNS,
            rows: samples::rows().iter().map(cells).collect(),
        };
        let text = Format::Csv.write(&table);
        let lines: Vec<_> = text
            .lines()
            .skip(1)
            .map(|line| line.split(",/").next().unwrap_or_default())
            .collect();
        assert_eq!(
            lines,
            [
                "Backup,pg-a,Completed,bv,2026-03-01T02:00:00Z,2026-03-01T02:03:10Z,190,s,1",
                "Backup,invoices on old,Failed,bv,2026-03-08T02:00:00Z,2026-03-08T02:00:30Z,30,s,2",
                ",pg-b,Paused,bv,,,,s,3",
                "Restore,pg-c,In progress,bv,2026-03-09T02:00:00Z,,,s,4",
            ]
        );
    }
}

//! Tables as people read them: each cell under its heading.

use std::collections::BTreeMap;

use thirtyfour::error::WebDriverResult;

use crate::element::{Element, Name};
use crate::page::Page;

/// The rows of a table's body, each as an array of [heading, text of the cell]; what is hidden from assistive technology
/// is none.
const ROWS: &str = "
    const fold = (cell) => cell.innerText.trim().split(/\\s+/u).join(' ');
    const table = arguments[0];
    const heads = [...table.querySelectorAll('thead th')].map(fold);
    const rows = [...table.querySelectorAll('tbody tr:not([aria-hidden])')];
    return rows.map((row) => [...row.cells].map((cell, index) => [heads[index] ?? '', fold(cell)]));";

/// A row: the text of each cell by the heading above it, white space folded.
pub type Row = BTreeMap<String, String>;

impl Page {
    /// The rows of the table of this accessible name, as they are now.
    pub async fn rows(&self, table: &str) -> Vec<Row> {
        self.see("table", table).await;
        let rows = self.rows_now(table).await;
        self.done(&format!("read the rows of '{table}'"), rows)
    }

    /// Waits for a row in which each of these columns reads so; a cell may go on with words of less weight,
    /// such as `7 h ago`.
    pub async fn expect_row(&self, table: &str, expected: &[(&str, &str)]) -> Row {
        self.expect_row_that(table, &format!("reads {expected:?}"), |row| reads(row, expected))
            .await
    }

    /// Waits for a row that fulfils `condition`; `what` completes the sentence *a row that …*.
    pub async fn expect_row_that(&self, table: &str, what: &str, condition: impl Fn(&Row) -> bool) -> Row {
        self.until(&format!("a row of '{table}' that {what}"), async || {
            Ok(self.rows_now(table).await?.into_iter().find(&condition))
        })
        .await
    }

    /// No rows while there is no such table.
    async fn rows_now(&self, table: &str) -> WebDriverResult<Vec<Row>> {
        let tables = Element::find_all(self, None, "table", &Name::from(table)).await?;
        let Some(table) = tables.first() else {
            return Ok(vec![]);
        };
        let rows = table.script_now(ROWS).await?;
        let rows: Vec<Vec<(String, String)>> = serde_json::from_value(rows)?;
        Ok(rows.into_iter().map(|row| row.into_iter().collect()).collect())
    }
}

fn reads(row: &Row, expected: &[(&str, &str)]) -> bool {
    expected.iter().all(|(heading, text)| {
        let cell = row.get(*heading).and_then(|cell| cell.strip_prefix(text));
        cell.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

#[cfg(test)]
mod tests {
    use super::{Row, reads};

    #[test]
    fn a_row_is_recognised_by_whole_words_under_their_heading() {
        let cells = [
            ("Name", "before-schema-v42"),
            ("Completed (UTC)", "2026-03-10 08:12:05 2 days ago"),
        ];
        let row: Row = cells
            .map(|(heading, text)| (heading.to_owned(), text.to_owned()))
            .into();
        let cases: [(&[(&str, &str)], bool); 5] = [
            (&[("Name", "before-schema-v42")], true),
            (
                &[
                    ("Name", "before-schema-v42"),
                    ("Completed (UTC)", "2026-03-10 08:12:05"),
                ],
                true,
            ),
            (&[("Name", "before-schema")], false),
            (&[("Type", "On-demand")], false),
            (&[("Completed (UTC)", "2026-03-10 08:12:0")], false),
        ];
        for (expected, recognised) in cases {
            assert_eq!(reads(&row, expected), recognised, "{expected:?}");
        }
    }
}

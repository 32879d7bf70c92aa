//! CSV by RFC 4180, for spreadsheets; pure.
//!
//! It begins with the mark of UTF-8, without which Excel takes it for an older code. A text that a spreadsheet would
//! take for a formula, since it begins with `=`, `+`, `-`, `@`, a tab, a carriage return or NUL, gets an apostrophe in
//! front: names come from users, and a formula could send what stands beside it to somebody else. An apostrophe that
//! is the text's own is doubled there, so that reading can take off exactly what writing put on.

use super::{Cell, Table, iso};

/// What marks a text as UTF-8.
const MARK: char = '\u{feff}';
/// What makes a spreadsheet calculate, in ASCII and at full width, which some take for the same (ASVS 1.2.10, auth T7).
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠'];

/// The table as CSV, each line ended by CR LF; what is not known is an empty cell.
pub fn write(table: &Table) -> String {
    let mut text = String::from(MARK);
    line(&mut text, table.columns.iter().map(|name| (*name).to_owned()));
    for row in &table.rows {
        line(&mut text, row.iter().map(content));
    }
    text
}

fn content(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => safe(text),
        Cell::Moment(moment) => iso(*moment),
        Cell::Unknown => String::new(),
    }
}

/// The text, which no spreadsheet takes for a formula.
fn safe(text: &str) -> String {
    let is_formula = text.starts_with(FORMULA) || text.starts_with('\'');
    if is_formula {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', '\r', '\n']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {

    use super::*;

    fn written(texts: &[&str]) -> String {
        let cells = texts.iter().map(|text| Cell::Text((*text).to_owned())).collect();
        let table = Table {
            columns: &["Name", "Source"],
            rows: vec![cells],
        };
        write(&table)
    }

    #[test]
    fn t07_a_cell_is_quoted_only_where_it_must_be_and_never_a_formula() {
        for (text, expected) in [
            ("before-v42", "before-v42"),
            ("a b", "a b"),
            ("a,b", "\"a,b\""),
            ("say \"go\"", "\"say \"\"go\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1+1", "'=1+1"),
            ("+49", "'+49"),
            ("-", "'-"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "\"'\rx\""),
            ("\0=1", "'\0=1"),
            ("＝1+1", "'＝1+1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠SUM(A1)", "'＠SUM(A1)"),
            ("=A1,\"x\"", "\"'=A1,\"\"x\"\"\""),
            ("'quoted'", "''quoted'"),
            ("a=b", "a=b"),
            ("", ""),
            ("größe", "größe"),
        ] {
            assert_eq!(
                written(&[text, "x"]),
                format!("\u{feff}Name,Source\r\n{expected},x\r\n"),
                "{text:?}"
            );
        }
    }

    #[test]
    fn moments_are_iso_8601_and_what_is_not_known_is_empty() {
        let table = Table {
            columns: &["Completed", "Retained until"],
            rows: vec![vec![
                Cell::Moment("2026-03-12T02:14:07Z".parse().expect("a moment")),
                Cell::Unknown,
            ]],
        };
        assert_eq!(
            write(&table),
            "\u{feff}Completed,Retained until\r\n2026-03-12T02:14:07Z,\r\n"
        );
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod properties {
    use proptest::prelude::*;

    use super::*;

    /// The cells of a CSV text, by the rules of RFC 4180 and nothing else.
    fn read(text: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
        let mut is_quoted = false;
        let mut rest = text.chars().peekable();
        while let Some(character) = rest.next() {
            match (character, is_quoted) {
                ('"', true) if rest.peek() == Some(&'"') => {
                    rest.next();
                    cell.push('"');
                }
                ('"', _) => is_quoted = !is_quoted,
                (',', false) => row.push(std::mem::take(&mut cell)),
                ('\r', false) if rest.peek() == Some(&'\n') => {
                    rest.next();
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                (other, _) => cell.push(other),
            }
        }
        rows
    }

    proptest! {
        #[test]
        fn any_text_survives(rows in prop::collection::vec([any::<String>(), "[=+@,\"'\r\n\t-]{0,4}"], 0..5)) {
            let table = Table {
                columns: &["a", "b"],
                rows: rows.iter().map(|row| row.iter().cloned().map(Cell::Text).collect()).collect(),
            };
            let text = write(&table);
            let text = text.strip_prefix(MARK).expect("the mark of UTF-8");
            let read = read(text);
            prop_assert_eq!(&read[0], &["a", "b"]);
            for cell in read[1..].iter().flatten() {
                prop_assert!(!cell.starts_with(FORMULA), "{cell:?}");
            }
            let plain: Vec<Vec<String>> = read[1..]
                .iter()
                .map(|row| row.iter().map(|cell| cell.strip_prefix('\'').unwrap_or(cell).to_owned()).collect())
                .collect();
            prop_assert_eq!(plain, rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>());
        }
    }
}

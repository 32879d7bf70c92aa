//! JSON for programs: an array of objects; pure.

use serde_json::Value;

use super::{Cell, Table, iso};

/// The table as an array with an object for each row, a row on each line; what is not known is null.
pub fn write(table: &Table) -> String {
    let mut text = String::from("[");
    for (index, row) in table.rows.iter().enumerate() {
        text.push_str(if index == 0 { "\n  {" } else { ",\n  {" });
        for (index, (name, cell)) in table.columns.iter().zip(row).enumerate() {
            let value = match cell {
                Cell::Text(text) => Value::from(text.as_str()),
                Cell::Moment(moment) => Value::from(iso(*moment)),
                Cell::Unknown => Value::Null,
            };
            let comma = if index == 0 { "" } else { ", " };
            text.push_str(&format!("{comma}{}: {value}", Value::from(field(name))));
        }
        text.push('}');
    }
    text.push_str(if table.rows.is_empty() { "]\n" } else { "\n]\n" });
    text
}

/// `Retained until (UTC)` as programs have names: `retainedUntil`; what stands in brackets is for readers.
fn field(name: &str) -> String {
    let name = name.split(" (").next().unwrap_or_default();
    let mut field = String::new();
    for (index, word) in name.split(' ').enumerate() {
        let mut characters = word.chars();
        if let Some(first) = characters.next() {
            let first = if index == 0 {
                first.to_ascii_lowercase()
            } else {
                first.to_ascii_uppercase()
            };
            field.push(first);
            field.push_str(&characters.as_str().to_ascii_lowercase());
        }
    }
    field
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn columns_become_names_of_fields() {
        for (name, expected) in [
            ("Name", "name"),
            ("Retained until (UTC)", "retainedUntil"),
            ("Resource ID", "resourceId"),
        ] {
            assert_eq!(field(name), expected);
        }
    }

    #[test]
    fn a_row_is_an_object_on_a_line() {
        let mut table = Table {
            columns: &["Name", "Completed (UTC)", "Retained until (UTC)"],
            rows: vec![],
        };
        assert_eq!(write(&table), "[]\n");
        let completed = Cell::Moment("2026-03-12T02:14:07Z".parse().expect("a moment"));
        table.rows = vec![
            vec![Cell::Text("=\"a\"".to_owned()), completed, Cell::Unknown],
            vec![Cell::Text("b".to_owned()), Cell::Unknown, Cell::Unknown],
        ];
        assert_eq!(
            write(&table),
            "[\n  {\"name\": \"=\\\"a\\\"\", \"completed\": \"2026-03-12T02:14:07Z\", \"retainedUntil\": null},\n  \
             {\"name\": \"b\", \"completed\": null, \"retainedUntil\": null}\n]\n"
        );
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod properties {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    proptest! {
        #[test]
        fn any_text_survives(texts in prop::collection::vec(any::<String>(), 0..5)) {
            let table = Table {
                columns: &["Name"],
                rows: texts.iter().map(|text| vec![Cell::Text(text.clone())]).collect(),
            };
            let read: Value = serde_json::from_str(&write(&table)).expect("JSON");
            let expected: Vec<Value> = texts.iter().map(|text| json!({ "name": text })).collect();
            prop_assert_eq!(read, Value::from(expected));
        }
    }
}

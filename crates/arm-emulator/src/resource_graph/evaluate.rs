//! Runs a query over rows.

use std::cmp::Ordering;

use serde_json::{Map, Value, json};

use super::{
    functions::{call, compare, is_true, text},
    syntax::{Column, Comparison, Expression, Operator, SortKey},
};

pub(super) type Row = Map<String, Value>;

/// What is left of the rows after all operators.
pub(super) fn run(operators: &[Operator], mut rows: Vec<Row>) -> Vec<Row> {
    for operator in operators {
        rows = step(operator, rows);
    }
    rows
}

fn step(operator: &Operator, mut rows: Vec<Row>) -> Vec<Row> {
    match operator {
        Operator::Where(condition) => rows.retain(|row| is_true(&value(condition, row))),
        Operator::Project(columns) => {
            for row in &mut rows {
                *row = columns.iter().map(|column| cell(column, row)).collect();
            }
        }
        Operator::Extend(columns) => {
            for row in &mut rows {
                for column in columns {
                    let (name, value) = cell(column, row);
                    row.insert(name, value);
                }
            }
        }
        Operator::ProjectAway(names) => {
            for row in &mut rows {
                row.retain(|column, _| !names.iter().any(|name| name.eq_ignore_ascii_case(column)));
            }
        }
        Operator::Order(keys) => rows.sort_by(|left, right| order(keys, left, right)),
        Operator::Take(count) => rows.truncate(*count),
        Operator::Count => rows = vec![Row::from_iter([("Count".to_owned(), json!(rows.len()))])],
    }
    rows
}

fn cell(column: &Column, row: &Row) -> (String, Value) {
    (column.name.clone(), value(&column.value, row))
}

fn value(expression: &Expression, row: &Row) -> Value {
    match expression {
        Expression::Literal(literal) => literal.clone(),
        Expression::Path(path) => at(path, row),
        Expression::Call(function, argument) => call(*function, &value(argument, row)),
        Expression::Compare(comparison, left, right) => {
            json!(compare(*comparison, &value(left, row), &value(right, row)))
        }
        Expression::In {
            value: searched,
            among,
            ignores_case,
        } => {
            let searched = value(searched, row);
            let comparison = if *ignores_case {
                Comparison::EqualIgnoringCase
            } else {
                Comparison::Equal
            };
            json!(
                among
                    .iter()
                    .any(|candidate| compare(comparison, &searched, &value(candidate, row)))
            )
        }
        Expression::All(terms) => json!(terms.iter().all(|term| is_true(&value(term, row)))),
        Expression::Any(terms) => json!(terms.iter().any(|term| is_true(&value(term, row)))),
    }
}

/// What stands at a path: columns in any case, members as they are spelled, members of a list by their place; null
/// where there is none.
fn at(path: &[String], row: &Row) -> Value {
    let [column, members @ ..] = path else {
        return Value::Null;
    };
    let found = row
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(column))
        .map(|(_, value)| value);
    let found = members
        .iter()
        .try_fold(found, |value, member| Some(member_of(value?, member)));
    found.flatten().cloned().unwrap_or_default()
}

fn member_of<'a>(value: &'a Value, member: &str) -> Option<&'a Value> {
    match value {
        Value::Array(list) => list.get(member.parse::<usize>().ok()?),
        _ => value.get(member),
    }
}

/// Null comes first going up and last going down.
fn order(keys: &[SortKey], left: &Row, right: &Row) -> Ordering {
    let by_key = |key: &SortKey| {
        let (left, right) = (value(&key.value, left), value(&key.value, right));
        let ordering = match (left.as_f64(), right.as_f64()) {
            (Some(left), Some(right)) => left.total_cmp(&right),
            _ => text(&left).cmp(&text(&right)),
        };
        if key.is_descending {
            ordering.reverse()
        } else {
            ordering
        }
    };
    keys.iter()
        .map(by_key)
        .find(|ordering| ordering.is_ne())
        .unwrap_or(Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource_graph::parser::parse;

    /// What a query leaves of three rows.
    fn check(operators: &str, expected: Value) {
        let rows = json!([
            { "name": "pg-a", "n": 10, "tags": { "team": "Red", "b c": 1, "list": [{ "d": "x" }] } },
            { "name": "PG-B", "n": 9, "tags": null },
            { "name": "catalogue", "tags": { "team": "" } },
        ]);
        let rows: Vec<Row> = serde_json::from_value(rows).unwrap_or_else(|error| panic!("{error}"));
        let query = parse(&format!("resources | {operators}"))
            .unwrap_or_else(|error| panic!("{operators}: {error:?}"));
        let left = run(&query.operators, rows)
            .into_iter()
            .map(Value::Object)
            .collect();
        assert_eq!(Value::Array(left), expected, "{operators}");
    }

    fn check_names(condition: &str, expected: &[&str]) {
        let rows: Vec<_> = expected.iter().map(|name| json!({ "name": name })).collect();
        check(&format!("where {condition} | project name"), Value::Array(rows));
    }

    #[test]
    fn rows_are_kept_by_their_condition() {
        check_names("name == 'pg-b'", &[]);
        check_names("name =~ 'pg-b'", &["PG-B"]);
        check_names("NAME == 'PG-B'", &["PG-B"]);
        check_names("name !~ 'PG-A'", &["PG-B", "catalogue"]);
        check_names("name in ('pg-a', 'pg-b')", &["pg-a"]);
        check_names("name in~ ('pg-a', 'pg-b')", &["pg-a", "PG-B"]);
        check_names("name contains 'CAT'", &["catalogue"]);
        check_names("name has 'cat'", &[]);
        check_names("name has 'PG'", &["pg-a", "PG-B"]);
        check_names("n == 9 or name == 'pg-a'", &["pg-a", "PG-B"]);
        check_names("n == 9 or n == 10 and name == 'none'", &["PG-B"]);
        check_names("(n == 9 or n == 10) and name == 'pg-a'", &["pg-a"]);
        check_names("not(n == 9)", &["pg-a", "catalogue"]);
    }

    #[test]
    fn what_is_absent_is_null_which_equals_nothing() {
        check_names("tags.team == ''", &["catalogue"]);
        check_names("tags.team != 'Red'", &["PG-B", "catalogue"]);
        check_names("isempty(tags.team)", &["PG-B", "catalogue"]);
        check_names("isnotempty(tags.team)", &["pg-a"]);
        check_names("tags['b c'] == 1", &["pg-a"]);
        check_names("tags.list[0].d == 'x'", &["pg-a"]);
        check_names("tags.list[1].d == 'x' or tags['list']['d'] == 'x'", &[]);
        check_names("tostring(nothing.at.all) == ''", &["pg-a", "PG-B", "catalogue"]);
    }

    #[test]
    fn columns_are_chosen_added_and_left_out() {
        check(
            "take 1 | extend Team = tolower(tags.team), m = n | project-away TAGS, n",
            json!([{ "name": "pg-a", "Team": "red", "m": 10 }]),
        );
        check(
            "take 1 | project x = name, y = missing.z",
            json!([{ "x": "pg-a", "y": null }]),
        );
        check("where n == 9 | count", json!([{ "Count": 1 }]));
    }

    #[test]
    fn order_is_descending_unless_said_otherwise() {
        let names =
            |names: [&str; 3]| Value::Array(names.iter().map(|name| json!({ "name": name })).collect());
        check(
            "order by name | project name",
            names(["pg-a", "catalogue", "PG-B"]),
        );
        check(
            "sort by name asc | project name",
            names(["PG-B", "catalogue", "pg-a"]),
        );
        check(
            "order by n asc | project name",
            names(["catalogue", "PG-B", "pg-a"]),
        );
        check(
            "order by tags.team desc, n asc | project name",
            names(["pg-a", "catalogue", "PG-B"]),
        );
    }
}

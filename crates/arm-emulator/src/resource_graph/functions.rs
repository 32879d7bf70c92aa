//! Functions and comparisons.

use serde_json::{Value, json};

use super::syntax::{Comparison, Function};

/// A function of one value.
pub(super) fn call(function: Function, value: &Value) -> Value {
    match function {
        Function::ToString => json!(text(value)),
        Function::ToLower => json!(text(value).to_lowercase()),
        Function::IsEmpty => json!(text(value).is_empty()),
        Function::IsNotEmpty => json!(!text(value).is_empty()),
        Function::Not => json!(!is_true(value)),
    }
}

/// Whether a comparison holds; null equals nothing and differs from everything.
pub(super) fn compare(comparison: Comparison, left: &Value, right: &Value) -> bool {
    let ignoring_case = || text(left).to_lowercase() == text(right).to_lowercase();
    match comparison {
        Comparison::Equal => !left.is_null() && text(left) == text(right),
        Comparison::NotEqual => left.is_null() || text(left) != text(right),
        Comparison::EqualIgnoringCase => !left.is_null() && ignoring_case(),
        Comparison::NotEqualIgnoringCase => left.is_null() || !ignoring_case(),
        Comparison::Has => has(&text(left).to_lowercase(), &text(right).to_lowercase()),
        Comparison::Contains => text(left).to_lowercase().contains(&text(right).to_lowercase()),
    }
}

pub(super) fn is_true(value: &Value) -> bool {
    value == &Value::Bool(true)
}

/// The value as a text; empty for null.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Whether the term stands in the text as a whole word: between characters that are neither letters nor digits.
fn has(text: &str, term: &str) -> bool {
    let is_part_of_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(term).any(|(start, found)| {
        !is_part_of_word(text[..start].chars().next_back())
            && !is_part_of_word(text[start + found.len()..].chars().next())
    })
}

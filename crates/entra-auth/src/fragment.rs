//! The parameters of a fragment.

use std::collections::BTreeMap;

use oauth2::url::form_urlencoded;

/// The parameters of an answer, read leniently: the order and unknown names do not matter (auth #14).
pub(crate) struct Fragment(BTreeMap<String, String>);

impl Fragment {
    /// Reads `text`, with or without its `#`.
    ///
    /// `None` when a name occurs twice: which of the two is meant is nobody's to guess, and two readers
    /// that guess differently are how a check is passed with one value and the other is used.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('#').unwrap_or(text);
        let mut parameters = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            if parameters.insert(name.into_owned(), value.into_owned()).is_some() {
                return None;
            }
        }
        Some(Self(parameters))
    }

    /// The value of `name`; an empty value counts as none.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&[(&str, Option<&str>)]>) {
        let parsed = Fragment::parse(text);
        let Some(expected) = expected else {
            assert!(parsed.is_none(), "{text} was read");
            return;
        };
        let parsed = parsed.unwrap_or_else(|| panic!("{text} was refused"));
        for (name, value) in expected {
            assert_eq!(parsed.get(name), *value, "{name} in {text}");
        }
    }

    #[test]
    fn t03_a_fragment_is_read_leniently_but_no_name_twice() {
        check("", Some(&[("state", None)]));
        check(
            "#state=a&error=b",
            Some(&[("state", Some("a")), ("error", Some("b"))]),
        );
        check(
            "state=a&unknown=%zz&&x",
            Some(&[("state", Some("a")), ("x", None)]),
        );
        check(
            "error_description=a+b%20c%3A",
            Some(&[("error_description", Some("a b c:"))]),
        );
        check("state=", Some(&[("state", None)]));
        check("state=a=b", Some(&[("state", Some("a=b"))]));
        check("state=a&state=a", None);
        check("state=a&st%61te=b", None);
        check("state=&state=b", None);
        check("unknown=1&unknown=2&state=a", None);
    }
}

//! Which servers are shown; pure. The URL's query holds it.

use super::{
    list_sort::{Sort, compare},
    row::Row,
};
use crate::text;

/// What the rows must be; empty texts want nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// What the name has in it, without regard to case.
    pub search: String,
    /// The subscription's id.
    pub subscription: String,
    /// The region's name.
    pub location: String,
    /// The state's word.
    pub state: String,
}

impl Filters {
    /// How many of the pills are not at their default.
    pub fn number_set(&self) -> usize {
        let pills = [&self.subscription, &self.location, &self.state];
        pills.into_iter().filter(|value| !value.is_empty()).count()
    }

    fn want(&self, row: &Row, search: &str) -> bool {
        let is = |wanted: &str, word: &str| wanted.is_empty() || wanted.eq_ignore_ascii_case(word);
        row.lower_name.contains(search)
            && is(&self.subscription, &row.server.subscription_id)
            && is(&self.location, location(row))
            && is(&self.state, &row.state())
    }
}

/// The indices of the rows that are wanted, in this order.
pub fn shown(rows: &[Row], filters: &Filters, sort: Sort) -> Vec<usize> {
    let search = filters.search.trim().to_ascii_lowercase();
    let mut shown: Vec<usize> = (0..rows.len())
        .filter(|index| filters.want(&rows[*index], &search))
        .collect();
    shown.sort_by(|a, b| compare(sort, &rows[*a], &rows[*b]));
    shown
}

/// The region's name; *Unknown* where Azure did not say.
pub fn location(row: &Row) -> &str {
    row.location.as_deref().unwrap_or("Unknown")
}

/// What a filter can be set to: each word of the rows once, in the order of the alphabet.
pub fn choices<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut choices: Vec<String> = Vec::new();
    for word in words {
        if let Err(place) = choices.binary_search_by(|known| known.as_str().cmp(word)) {
            choices.insert(place, word.to_owned());
        }
    }
    choices
}

/// *3 of 17 servers*, *17 servers*.
pub fn count(shown: usize, all: usize) -> String {
    let servers = text::count(all, "server");
    if shown == all {
        servers
    } else {
        format!("{shown} of {servers}")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::pages::servers::list::row::{rows, server};

    fn fleet() -> Vec<Row> {
        let servers = [
            server(
                "s1/Pg-b",
                json!({ "location": "westeurope", "state": "Ready", "version": "9", "backupRetentionDays": 35, "resourceGroup": "RG-2" }),
            ),
            server(
                "s2/pg-a",
                json!({ "location": "northeurope", "state": "Stopped", "version": "17", "backupRetentionDays": 7, "resourceGroup": "rg-1" }),
            ),
            server("S1/pg-c", json!({ "resourceGroup": "rg-3" })),
        ];
        let name = |id: &str, name: &str| (id.to_owned(), name.to_owned());
        rows(&servers, &[name("s1", "Zeta"), name("s2", "alpha")])
    }

    fn names(rows: &[Row], filters: &Filters, sort: &str) -> Vec<String> {
        let shown = shown(rows, filters, Sort::from_query(Some(sort)));
        shown
            .into_iter()
            .map(|index| rows[index].server.name.clone())
            .collect()
    }

    #[test]
    fn each_column_sorts_both_ways_and_what_is_unknown_comes_last() {
        for (word, expected) in [
            ("name", ["pg-a", "Pg-b", "pg-c"]),
            ("-name", ["pg-c", "Pg-b", "pg-a"]),
            ("state", ["Pg-b", "pg-a", "pg-c"]),
            ("-state", ["pg-a", "Pg-b", "pg-c"]),
            ("group", ["pg-a", "Pg-b", "pg-c"]),
            ("-group", ["pg-c", "Pg-b", "pg-a"]),
            ("location", ["pg-a", "Pg-b", "pg-c"]),
            ("-location", ["Pg-b", "pg-a", "pg-c"]),
            ("version", ["Pg-b", "pg-a", "pg-c"]),
            ("-version", ["pg-a", "Pg-b", "pg-c"]),
            ("retention", ["pg-a", "Pg-b", "pg-c"]),
            ("-retention", ["Pg-b", "pg-a", "pg-c"]),
            ("subscription", ["pg-a", "Pg-b", "pg-c"]),
            ("-subscription", ["Pg-b", "pg-c", "pg-a"]),
        ] {
            assert_eq!(names(&fleet(), &Filters::default(), word), expected, "{word}");
        }
    }

    #[test]
    fn filters_work_together_and_without_regard_to_case() {
        let filters = |search: &str, subscription: &str, location: &str, state: &str| Filters {
            search: search.to_owned(),
            subscription: subscription.to_owned(),
            location: location.to_owned(),
            state: state.to_owned(),
        };
        for (filters, expected) in [
            (filters("", "", "", ""), vec!["pg-a", "Pg-b", "pg-c"]),
            (filters(" PG-B ", "", "", ""), vec!["Pg-b"]),
            (filters("", "s1", "", ""), vec!["Pg-b", "pg-c"]),
            (filters("", "", "west europe", ""), vec!["Pg-b"]),
            (filters("", "", "", "ready"), vec!["Pg-b"]),
            (filters("", "", "Unknown", "unknown"), vec!["pg-c"]),
            (filters("a", "s1", "", ""), vec![]),
            (filters("", "", "", "gone"), vec![]),
        ] {
            assert_eq!(names(&fleet(), &filters, ""), expected, "{filters:?}");
        }
    }

    #[test]
    fn the_choices_are_each_word_once() {
        let words = ["West Europe", "North Europe", "West Europe"];
        assert_eq!(choices(words.into_iter()), ["North Europe", "West Europe"]);
        assert!(choices([].into_iter()).is_empty());
    }

    #[test]
    fn the_count_names_both_numbers_only_where_they_differ() {
        for (shown, all, expected) in [
            (17, 17, "17 servers"),
            (1, 1, "1 server"),
            (3, 17, "3 of 17 servers"),
            (0, 1, "0 of 1 server"),
        ] {
            assert_eq!(count(shown, all), expected);
        }
    }
}

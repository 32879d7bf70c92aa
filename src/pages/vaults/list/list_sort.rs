//! The order of the vaults, as the URL's query has it, and which of them are shown; pure.

use std::cmp::Ordering;

use super::row::Row;
use crate::{
    pages::vaults::{list_bar::known_first, words::UNKNOWN},
    text,
    ui::{
        sort_header::SortDirection,
        sort_order::{SortColumn, SortOrder},
    },
};

/// What a column sorts by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The name, without regard to case.
    Name,
    /// The region's name.
    Location,
    /// The resource group, without regard to case.
    ResourceGroup,
    /// The subscription's name.
    Subscription,
    /// How often and where the data are kept.
    Redundancy,
    /// Whether it has an identity.
    Identity,
    /// Whether deleted instances are kept.
    SoftDelete,
    /// Whether recovery points can be deleted.
    Immutability,
    /// How many instances it has.
    Instances,
}

/// The order of the rows.
pub type Sort = SortOrder<Column>;

impl Column {
    /// The head of the column.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Location => "Region",
            Self::ResourceGroup => "Resource group",
            Self::Subscription => "Subscription",
            Self::Redundancy => "Redundancy",
            Self::Identity => "Identity",
            Self::SoftDelete => "Soft delete",
            Self::Immutability => "Immutability",
            Self::Instances => "Instances",
        }
    }
}

impl SortColumn for Column {
    const ALL: &'static [Self] = &[
        Self::Name,
        Self::Location,
        Self::ResourceGroup,
        Self::Subscription,
        Self::Redundancy,
        Self::Identity,
        Self::SoftDelete,
        Self::Immutability,
        Self::Instances,
    ];

    fn default_order() -> Sort {
        Sort {
            column: Self::Name,
            direction: SortDirection::Ascending,
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Location => "region",
            Self::ResourceGroup => "group",
            Self::Subscription => "subscription",
            Self::Redundancy => "redundancy",
            Self::Identity => "identity",
            Self::SoftDelete => "soft-delete",
            Self::Immutability => "immutability",
            Self::Instances => "instances",
        }
    }

    fn spoken(self) -> String {
        self.label().to_ascii_lowercase()
    }

    fn directions(self) -> [&'static str; 2] {
        match self {
            Self::Instances => ["fewest first", "most first"],
            Self::Identity => ["without one first", "with one first"],
            _ => ["A to Z", "Z to A"],
        }
    }
}

/// What the rows must be; empty texts want nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// What the name has in it, without regard to case.
    pub search: String,
    /// The region's name.
    pub location: String,
}

/// The indices of the rows that are wanted, in this order.
pub fn shown(rows: &[Row], filters: &Filters, sort: Sort) -> Vec<usize> {
    let search = filters.search.trim().to_ascii_lowercase();
    let is_wanted = |index: &usize| {
        let row = &rows[*index];
        row.lower_name.contains(&search)
            && (filters.location.is_empty() || filters.location.eq_ignore_ascii_case(location(row)))
    };
    let mut shown: Vec<usize> = (0..rows.len()).filter(is_wanted).collect();
    shown.sort_by(|a, b| compare(sort, &rows[*a], &rows[*b]));
    shown
}

/// The region's name; *Unknown* where Azure did not say.
pub fn location(row: &Row) -> &str {
    row.location.as_deref().unwrap_or(UNKNOWN)
}

/// *3 of 17 vaults*, *17 vaults*.
pub fn count(shown: usize, all: usize) -> String {
    let vaults = text::count(all, "vault");
    if shown == all {
        vaults
    } else {
        format!("{shown} of {vaults}")
    }
}

/// Which of two rows comes first; what is not known comes last in both directions, and rows that are equal in this come
/// by name, then by id.
fn compare(sort: Sort, a: &Row, b: &Row) -> Ordering {
    let Sort { column, direction } = sort;
    let words = |a: Option<&str>, b: Option<&str>| {
        let lower = |word: Option<&str>| word.map(str::to_ascii_lowercase);
        known_first(direction, lower(a), lower(b))
    };
    let ordered = match column {
        Column::Name => words(Some(&a.lower_name), Some(&b.lower_name)),
        Column::Location => words(a.location.as_deref(), b.location.as_deref()),
        Column::ResourceGroup => words(Some(&a.vault.resource_group), Some(&b.vault.resource_group)),
        Column::Subscription => words(Some(&a.subscription), Some(&b.subscription)),
        Column::Redundancy => {
            let word = |row: &Row| row.vault.redundancy.as_ref().map(|word| word.as_str().to_owned());
            words(word(a).as_deref(), word(b).as_deref())
        }
        Column::Identity => {
            let has_one = |row: &Row| Some(usize::from(row.vault.principal_id.is_some()));
            known_first(direction, has_one(a), has_one(b))
        }
        Column::SoftDelete => {
            let word = |row: &Row| {
                row.vault
                    .soft_delete
                    .as_ref()
                    .map(|word| word.as_str().to_owned())
            };
            words(word(a).as_deref(), word(b).as_deref())
        }
        Column::Immutability => {
            let word = |row: &Row| {
                row.vault
                    .immutability
                    .as_ref()
                    .map(|word| word.as_str().to_owned())
            };
            words(word(a).as_deref(), word(b).as_deref())
        }
        Column::Instances => {
            let number = |row: &Row| row.protects.map(|protects| protects.instances);
            known_first(direction, number(a), number(b))
        }
    };
    ordered
        .then_with(|| a.lower_name.cmp(&b.lower_name))
        .then_with(|| a.key.cmp(&b.key))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::pages::vaults::list::row::{Protects, rows, vault};

    fn fleet() -> Vec<Row> {
        let vaults = [
            vault(
                "s1/Bv-b",
                json!({ "location": "westeurope", "resourceGroup": "RG-2", "redundancy": "GeoRedundant",
                    "principalId": "p", "softDelete": "On", "immutability": "Unlocked" }),
            ),
            vault(
                "s2/bv-a",
                json!({ "location": "northeurope", "resourceGroup": "rg-1", "redundancy": "LocallyRedundant",
                    "softDelete": "Off", "immutability": "Disabled" }),
            ),
            vault("S1/bv-c", json!({ "resourceGroup": "rg-3", "principalId": "p" })),
        ];
        let name = |id: &str, name: &str| (id.to_owned(), name.to_owned());
        let mut rows = rows(&vaults, &[name("s1", "Zeta"), name("s2", "alpha")], Some(&[]));
        rows[1].protects = Some(Protects {
            instances: 7,
            failed: 0,
        });
        rows[2].protects = None;
        rows
    }

    fn names(filters: &Filters, sort: &str) -> Vec<String> {
        let rows = fleet();
        let shown = shown(&rows, filters, Sort::from_query(Some(sort)));
        shown
            .into_iter()
            .map(|index| rows[index].vault.name.clone())
            .collect()
    }

    #[test]
    fn each_column_sorts_both_ways_and_what_is_unknown_comes_last() {
        for (word, expected) in [
            ("name", ["bv-a", "Bv-b", "bv-c"]),
            ("-name", ["bv-c", "Bv-b", "bv-a"]),
            ("region", ["bv-a", "Bv-b", "bv-c"]),
            ("-region", ["Bv-b", "bv-a", "bv-c"]),
            ("group", ["bv-a", "Bv-b", "bv-c"]),
            ("-group", ["bv-c", "Bv-b", "bv-a"]),
            ("subscription", ["bv-a", "Bv-b", "bv-c"]),
            ("-subscription", ["Bv-b", "bv-c", "bv-a"]),
            ("redundancy", ["Bv-b", "bv-a", "bv-c"]),
            ("-redundancy", ["bv-a", "Bv-b", "bv-c"]),
            ("identity", ["bv-a", "Bv-b", "bv-c"]),
            ("-identity", ["Bv-b", "bv-c", "bv-a"]),
            ("soft-delete", ["bv-a", "Bv-b", "bv-c"]),
            ("-soft-delete", ["Bv-b", "bv-a", "bv-c"]),
            ("immutability", ["bv-a", "Bv-b", "bv-c"]),
            ("-immutability", ["Bv-b", "bv-a", "bv-c"]),
            ("instances", ["Bv-b", "bv-a", "bv-c"]),
            ("-instances", ["bv-a", "Bv-b", "bv-c"]),
            ("size", ["bv-a", "Bv-b", "bv-c"]),
        ] {
            assert_eq!(names(&Filters::default(), word), expected, "{word}");
        }
    }

    #[test]
    fn search_and_region_work_together_and_without_regard_to_case() {
        for (search, location, expected) in [
            ("", "", vec!["bv-a", "Bv-b", "bv-c"]),
            (" BV-B ", "", vec!["Bv-b"]),
            ("", "west europe", vec!["Bv-b"]),
            ("", "Unknown", vec!["bv-c"]),
            ("a", "West Europe", vec![]),
        ] {
            let filters = Filters {
                search: search.to_owned(),
                location: location.to_owned(),
            };
            assert_eq!(names(&filters, ""), expected, "{filters:?}");
        }
    }

    #[test]
    fn order_and_number_are_said_in_words() {
        for (word, expected) in [
            ("", "Sorted by name, A to Z."),
            ("-instances", "Sorted by instances, most first."),
            ("identity", "Sorted by identity, without one first."),
        ] {
            assert_eq!(Sort::from_query(Some(word)).spoken(), expected);
        }
        for (shown, all, expected) in [(4, 4, "4 vaults"), (1, 1, "1 vault"), (0, 4, "0 of 4 vaults")] {
            assert_eq!(count(shown, all), expected);
        }
    }
}

//! What is chosen for a restore, as the URL's query has it; pure.

use arm_core::ResourceId;

use crate::routes::STORAGE_ACCOUNT;

/// The resource type of a legacy single server.
const SINGLE_SERVER: &str = "Microsoft.DBforPostgreSQL/servers";

/// What a recovery point is restored as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Way {
    /// As files in a container.
    #[default]
    Files,
    /// As a database; of databases of legacy single servers only.
    Database,
}

/// How the container is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Given {
    /// It is chosen, account first.
    #[default]
    Chosen,
    /// Its address is pasted.
    Pasted,
}

/// What is chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// The `recoveryPointId`.
    pub point: Option<String>,
    /// As what.
    pub way: Way,
    /// How the container is given.
    pub given: Given,
    /// The storage account.
    pub account: Option<ResourceId>,
    /// The container's name.
    pub container: Option<String>,
    /// The legacy single server that gets the database.
    pub server: Option<ResourceId>,
}

impl Choices {
    /// What the query says. What cannot be read is left out, so that a mistyped link still opens the form.
    pub fn from_query(pairs: &[(String, String)]) -> Self {
        let value = |name: &str| {
            let mut found = pairs.iter().filter(|(key, _)| key == name);
            let found = found.next_back().map(|(_, value)| value.as_str());
            found.filter(|value| !value.is_empty())
        };
        let id = |name: &str, kind: &str| {
            let id: ResourceId = value(name)?.parse().ok()?;
            let is_it = id.resource_type()?.eq_ignore_ascii_case(kind);
            is_it.then_some(id)
        };
        let account = id("account", STORAGE_ACCOUNT);
        Self {
            point: value("point").map(str::to_owned),
            way: match value("to") {
                Some("database") => Way::Database,
                _ => Way::Files,
            },
            given: match value("container-by") {
                Some("address") => Given::Pasted,
                _ => Given::Chosen,
            },
            // A container is one of an account.
            container: value("container")
                .filter(|_| account.is_some())
                .map(str::to_owned),
            account,
            server: id("server", SINGLE_SERVER),
        }
    }

    /// The query that says it.
    pub fn to_query(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let mut put = |name: &str, value: &str| pairs.push((name.to_owned(), value.to_owned()));
        if let Some(point) = &self.point {
            put("point", point);
        }
        if self.way == Way::Database {
            put("to", "database");
        }
        if self.given == Given::Pasted {
            put("container-by", "address");
        }
        if let Some(account) = &self.account {
            put("account", account.as_str());
            if let Some(container) = &self.container {
                put("container", container);
            }
        }
        if let Some(server) = &self.server {
            put("server", server.as_str());
        }
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: &str =
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/sta";
    const SERVER: &str = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/servers/pgs";

    fn query(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    }

    #[test]
    fn what_is_chosen_is_read_back_from_its_query() {
        let nothing = Choices::default();
        let files = Choices {
            point: Some("eb006fde".to_owned()),
            account: ACCOUNT.parse().ok(),
            container: Some("restored".to_owned()),
            ..Choices::default()
        };
        let pasted = Choices {
            given: Given::Pasted,
            ..Choices::default()
        };
        let database = Choices {
            way: Way::Database,
            server: SERVER.parse().ok(),
            ..files.clone()
        };
        for (choices, expected) in [
            (nothing, query(&[])),
            (
                files,
                query(&[
                    ("point", "eb006fde"),
                    ("account", ACCOUNT),
                    ("container", "restored"),
                ]),
            ),
            (pasted, query(&[("container-by", "address")])),
            (
                database,
                query(&[
                    ("point", "eb006fde"),
                    ("to", "database"),
                    ("account", ACCOUNT),
                    ("container", "restored"),
                    ("server", SERVER),
                ]),
            ),
        ] {
            assert_eq!(choices.to_query(), expected);
            assert_eq!(Choices::from_query(&expected), choices);
        }
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        for pairs in [
            query(&[("account", "x"), ("container", "c")]),
            query(&[("container", "c")]),
            query(&[("account", SERVER)]),
            query(&[("server", ACCOUNT), ("to", "files"), ("container-by", "list")]),
            query(&[("point", "")]),
        ] {
            assert_eq!(Choices::from_query(&pairs), Choices::default(), "{pairs:?}");
        }
        let twice = query(&[("point", "one"), ("point", "two")]);
        assert_eq!(Choices::from_query(&twice).point.as_deref(), Some("two"));
    }
}

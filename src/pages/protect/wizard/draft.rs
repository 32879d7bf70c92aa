//! What the wizard knows and the URL does not: kept in the tab's storage, so that a reload or a renewed sign-in loses
//! nothing. It is gone once the wizard is left.
//!
//! An identifier of a secret is none itself: it names the key vault and the secret, and opens neither.

use crate::{components::protection::PolicyDraft, stores::drafts::Drafts};
use arm_core::ResourceId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where it is kept.
pub const DRAFTS: Drafts = Drafts("pgbp.protect.");

/// What is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// The query with which the wizard was opened.
    pub opened: Vec<(String, String)>,
    /// The query as it was last.
    pub last: Vec<(String, String)>,
    /// The secret identifier that was given for each database, by the database's id in lower case.
    secrets: Vec<(String, String)>,
    /// The policy that is being written.
    pub policy: Option<PolicyDraft>,
    /// The GUID in the name of the instance of each datasource, by the datasource's id in lower case.
    guids: Vec<(String, Uuid)>,
}

impl Draft {
    /// What goes on from `kept` if the wizard is opened where it was last, or else a new one.
    pub fn going_on(kept: Option<Self>, query: Vec<(String, String)>) -> Self {
        match kept {
            Some(kept) if kept.last == query => kept,
            _ => Self {
                opened: query.clone(),
                last: query,
                ..Self::default()
            },
        }
    }

    /// The secret identifier that was given for a database.
    pub fn secret(&self, database: &ResourceId) -> Option<&str> {
        let key = key(database);
        let found = self.secrets.iter().find(|(known, _)| *known == key)?;
        Some(&found.1)
    }

    /// Gives a database a secret identifier.
    pub fn set_secret(&mut self, database: &ResourceId, secret: String) {
        let key = key(database);
        self.secrets.retain(|(known, _)| *known != key);
        if !secret.is_empty() {
            self.secrets.push((key, secret));
        }
    }

    /// The GUID in the name of a datasource's instance.
    pub fn guid(&self, source: &ResourceId) -> Option<Uuid> {
        let key = key(source);
        let found = self.guids.iter().find(|(known, _)| *known == key)?;
        Some(found.1)
    }

    /// Gives each of these datasources a GUID that has none; it stays through every retry.
    pub fn name(&mut self, sources: &[ResourceId], mut new: impl FnMut() -> Uuid) {
        for source in sources {
            if self.guid(source).is_none() {
                self.guids.push((key(source), new()));
            }
        }
    }

    /// Whether there is something to lose: what is chosen is not what the wizard was opened with, a secret was given, or a
    /// policy is being written.
    pub fn is_dirty(&self) -> bool {
        let without_step = |query: &[(String, String)]| -> Vec<(String, String)> {
            query.iter().filter(|(name, _)| name != "step").cloned().collect()
        };
        !self.secrets.is_empty()
            || self.policy.is_some()
            || without_step(&self.opened) != without_step(&self.last)
    }
}

fn key(id: &ResourceId) -> String {
    id.as_str().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> ResourceId {
        let of = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers";
        format!("{of}/{name}").parse().expect("an id")
    }

    fn query(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn a_reload_goes_on_and_another_link_begins_anew() {
        let mut first = Draft::going_on(None, query(&[("vault", "a")]));
        first.last = query(&[("vault", "a"), ("policy", "p")]);
        first.set_secret(&id("db"), "https://kv.vault.azure.net/secrets/s".to_owned());
        first.policy = Some(PolicyDraft::new("half-written"));

        let text = serde_json::to_string(&first).expect("JSON");
        let kept = serde_json::from_str(&text).ok();
        let reloaded = Draft::going_on(kept, first.last.clone());
        assert_eq!(reloaded, first);
        assert!(reloaded.is_dirty());

        let elsewhere = Draft::going_on(Some(first), query(&[("server", "s")]));
        assert_eq!(elsewhere, Draft::going_on(None, query(&[("server", "s")])));
        assert!(!elsewhere.is_dirty());
    }

    #[test]
    fn something_is_lost_by_leaving_only_where_something_was_chosen() {
        let opened = query(&[("vault", "a")]);
        for (last, secret, expected) in [
            (query(&[("vault", "a")]), "", false),
            (query(&[("vault", "a"), ("step", "policy")]), "", false),
            (query(&[("vault", "b")]), "", true),
            (query(&[]), "", true),
            (query(&[("vault", "a")]), "https://kv", true),
        ] {
            let mut draft = Draft::going_on(None, opened.clone());
            draft.last = last;
            draft.set_secret(&id("db"), secret.to_owned());
            assert_eq!(draft.is_dirty(), expected, "{draft:?}");
        }
    }

    #[test]
    fn each_datasource_keeps_its_guid_and_its_secret_whatever_the_spelling() {
        let mut draft = Draft::default();
        let mut next = 0;
        let mut new = || {
            next += 1;
            Uuid::from_u128(next)
        };
        draft.name(&[id("a"), id("b")], &mut new);
        draft.name(&[id("A"), id("c")], &mut new);
        let guids = ["a", "b", "c"].map(|name| draft.guid(&id(name)).map(|guid| guid.as_u128()));
        assert_eq!(guids, [Some(1), Some(2), Some(3)]);

        draft.set_secret(&id("a"), "one".to_owned());
        draft.set_secret(&id("A"), "two".to_owned());
        assert_eq!(draft.secret(&id("a")), Some("two"));
        draft.set_secret(&id("a"), String::new());
        assert_eq!(draft.secret(&id("a")), None);
    }
}

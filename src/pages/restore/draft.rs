//! What is typed into the form and the URL does not say: kept in the tab's storage, so that a reload or a renewed sign-in
//! loses nothing. It is gone once the form is left.

use crate::stores::drafts::Drafts;
use serde::{Deserialize, Serialize};

/// Where it is kept.
pub const DRAFTS: Drafts = Drafts("pgbp.restore.");

/// What is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// The path at which the form is, which names the instance.
    path: String,
    /// The query with which it was opened.
    opened: Vec<(String, String)>,
    /// The query as it was last.
    last: Vec<(String, String)>,
    /// The prefix of the files.
    pub prefix: String,
    /// The prefix that was suggested.
    pub suggested: String,
    /// The address of a container, without anything that follows it.
    pub address: String,
    /// The name of the database to be.
    pub database: String,
    /// The identifier of the secret with the credentials; `None` while it is the instance's own.
    pub secret: Option<String>,
}

impl Draft {
    /// What goes on from `kept` if the form is opened where it was last, or else a new one.
    pub fn going_on(kept: Option<Self>, path: String, query: Vec<(String, String)>) -> Self {
        match kept {
            Some(kept) if kept.path == path && kept.last == query => kept,
            _ => Self {
                path,
                opened: query.clone(),
                last: query,
                ..Self::default()
            },
        }
    }

    /// Follows what is chosen.
    pub fn follow(&mut self, query: Vec<(String, String)>) {
        self.last = query;
    }

    /// Whether there is something to lose.
    pub fn is_dirty(&self) -> bool {
        let is_typed = !self.address.is_empty() || !self.database.is_empty() || self.secret.is_some();
        is_typed || self.prefix != self.suggested || self.opened != self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(point: &str) -> Vec<(String, String)> {
        vec![("point".to_owned(), point.to_owned())]
    }

    #[test]
    fn a_reload_goes_on_and_another_instance_or_link_begins_anew() {
        let mut first = Draft::going_on(None, "/a/restore".to_owned(), query("one"));
        first.follow(query("two"));
        first.prefix = "mine".to_owned();
        let text = serde_json::to_string(&first).expect("JSON");
        let kept = || serde_json::from_str(&text).ok();
        assert_eq!(
            Draft::going_on(kept(), "/a/restore".to_owned(), query("two")),
            first
        );
        for (path, point) in [("/a/restore", "one"), ("/b/restore", "two")] {
            let other = Draft::going_on(kept(), path.to_owned(), query(point));
            assert_eq!(
                (other.prefix.as_str(), other.is_dirty()),
                ("", false),
                "{path} {point}"
            );
        }
    }

    #[test]
    fn something_is_lost_by_leaving_only_where_something_was_typed_or_chosen() {
        let fresh = || {
            let mut draft = Draft::going_on(None, "/a/restore".to_owned(), query("one"));
            (draft.prefix, draft.suggested) = ("pg-1".to_owned(), "pg-1".to_owned());
            draft
        };
        assert!(!fresh().is_dirty());
        let changes: [fn(&mut Draft); 5] = [
            |draft| draft.prefix = "pg-2".to_owned(),
            |draft| draft.address = "https://sta".to_owned(),
            |draft| draft.database = "crm".to_owned(),
            |draft| draft.secret = Some(String::new()),
            |draft| draft.follow(query("two")),
        ];
        for change in changes {
            let mut draft = fresh();
            change(&mut draft);
            assert!(draft.is_dirty(), "{draft:?}");
        }
    }
}

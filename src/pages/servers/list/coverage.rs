//! Which subscriptions the list leaves out; pure.
//!
//! Resource Graph gives the rows that the user may read and says nothing of others, so a subscription without a row is
//! either empty or not readable (`docs/emulation.md`, *Resource Graph*). What the user's subscriptions are, the list of
//! them tells; which of them Resource Graph reads, its own table of them; of what is left the provider itself is asked.

use arm_client::Subscription;

use crate::{
    components::directories::Absent,
    problem::{Problem, ProblemKind},
};

/// What a role must hold for a subscription's servers to be listed.
pub const ACTION: &str = "Microsoft.DBforPostgreSQL/flexibleServers/read";

/// What is known of the user's subscriptions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// All that Azure lists for the user; `None` while they are not read, or could not be.
    pub listed: Option<Vec<Subscription>>,
    /// Those whose servers could not be read, and why.
    pub unread: Vec<Unread>,
    /// Why it is not known whether all were read.
    pub unknown: Option<Problem>,
    /// Directories that are to be shown and could not be read.
    pub absent: Vec<Absent>,
}

/// A subscription whose servers could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// What people call it.
    pub name: String,
    /// Its id.
    pub id: String,
    /// Why it could not be read.
    pub problem: Problem,
}

impl Coverage {
    /// Ids and names of the subscriptions, by name.
    pub fn names(&self) -> Vec<(String, String)> {
        let mut names: Vec<(String, String)> = Vec::new();
        for one in self.listed.iter().flatten() {
            let name = one.shown_name().to_owned();
            // There are few, and another sort would weigh more than this.
            let place =
                names.partition_point(|(_, known)| known.to_ascii_lowercase() <= name.to_ascii_lowercase());
            names.insert(place, (one.subscription_id.clone(), name));
        }
        names
    }

    /// Whether there is no subscription that could be read.
    pub fn is_nothing_readable(&self) -> bool {
        self.listed
            .as_ref()
            .is_some_and(|listed| listed.len() == self.unread.len())
    }

    /// *3 of 4 subscriptions*; where the list of them is not known, those of the servers are counted.
    pub fn read_subscriptions<'a>(&self, of_servers: impl Iterator<Item = &'a str>) -> String {
        match &self.listed {
            Some(listed) if self.unread.is_empty() => crate::text::count(listed.len(), "subscription"),
            Some(listed) => {
                let all = crate::text::count(listed.len(), "subscription");
                format!("{} of {all}", listed.len().saturating_sub(self.unread.len()))
            }
            None => {
                let mut ids: Vec<&str> = Vec::new();
                for id in of_servers {
                    if !ids.iter().any(|known| known.eq_ignore_ascii_case(id)) {
                        ids.push(id);
                    }
                }
                crate::text::count(ids.len(), "subscription")
            }
        }
    }

    /// *1 of 4 subscriptions could not be read.*
    pub fn partly_failed(&self) -> Option<String> {
        let all = self.listed.as_ref()?.len();
        let unread = self.unread.len();
        (unread > 0 && unread < all).then(|| {
            format!(
                "{unread} of {} could not be read.",
                crate::text::count(all, "subscription")
            )
        })
    }

    /// What is to be done about it: *Contoso Sandbox needs the role Reader.*
    pub fn advice(&self) -> String {
        let (no_access, other): (Vec<_>, Vec<_>) = self
            .unread
            .iter()
            .partition(|unread| unread.problem.kind == ProblemKind::NoAccess);
        let mut sentences = Vec::new();
        if let Some((names, is_one)) = enumerated(&no_access) {
            let verb = if is_one { "needs" } else { "need" };
            sentences.push(format!("{names} {verb} the role Reader."));
        }
        if let Some((names, _)) = enumerated(&other) {
            sentences.push(format!(
                "{names} did not answer as expected; refresh to ask again."
            ));
        }
        sentences.join(" ")
    }
}

/// *A*, *A and B*, *A, B and 3 more*, and whether it is one.
fn enumerated(unread: &[&Unread]) -> Option<(String, bool)> {
    let names: Vec<&str> = unread.iter().map(|unread| unread.name.as_str()).collect();
    let words = match names[..] {
        [] => return None,
        [one] => one.to_owned(),
        [first, second] => format!("{first} and {second}"),
        [first, second, third] => format!("{first}, {second} and {third}"),
        [first, second, ..] => format!("{first}, {second} and {} more", names.len() - 2),
    };
    Some((words, names.len() == 1))
}

/// The subscriptions of which nobody knows yet whether they can be read: listed, but neither among those that Resource
/// Graph reads (`readable`) nor with a server in its answer.
pub fn doubtful<'a>(
    listed: &[Subscription],
    readable: &[String],
    of_servers: impl Iterator<Item = &'a str> + Clone,
) -> Vec<Subscription> {
    let is_known = |id: &str| {
        readable.iter().any(|known| known.eq_ignore_ascii_case(id))
            || of_servers.clone().any(|known| known.eq_ignore_ascii_case(id))
    };
    let doubtful = listed.iter().filter(|one| !is_known(&one.subscription_id));
    doubtful.cloned().collect()
}

/// The text with which an owner is asked for access.
pub fn request(account: &str, subscriptions: &[(String, String)]) -> String {
    let what = "the flexible servers of Azure Database for PostgreSQL";
    request_for(what, ACTION, account, subscriptions)
}

/// The same for any list: what it is of, and the action it takes.
pub fn request_for(what: &str, action: &str, account: &str, subscriptions: &[(String, String)]) -> String {
    let mut request =
        format!("Assign the role Reader to {account}, so that {what} can be listed (action {action}).\n");
    for (id, name) in subscriptions {
        request.push_str(&format!("\nSubscription {name} ({id})\n"));
        request.push_str(&format!(
            "az role assignment create --role Reader --assignee \"{account}\" --scope /subscriptions/{id}\n"
        ));
    }
    request
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subscription(id: &str) -> Subscription {
        let json = serde_json::json!({
            "id": format!("/subscriptions/{id}"), "subscriptionId": id, "displayName": format!("Contoso {id}")
        });
        serde_json::from_value(json).expect("a subscription")
    }

    fn unread(id: &str, kind: ProblemKind) -> Unread {
        let problem = Problem {
            kind,
            reason: "No.".to_owned(),
            ..Problem::default()
        };
        Unread {
            name: format!("Contoso {id}"),
            id: id.to_owned(),
            problem,
        }
    }

    fn coverage(listed: usize, unread_ids: &[(&str, ProblemKind)]) -> Coverage {
        Coverage {
            listed: Some(
                (0..listed)
                    .map(|number| subscription(&number.to_string()))
                    .collect(),
            ),
            unread: unread_ids.iter().map(|(id, kind)| unread(id, *kind)).collect(),
            ..Coverage::default()
        }
    }

    #[test]
    fn only_what_nobody_has_read_is_asked_about() {
        let listed = ["a", "B", "c", "d"].map(subscription);
        let readable = ["A".to_owned(), "b".to_owned()];
        let left = doubtful(&listed, &readable, ["C", "a"].into_iter());
        let left: Vec<_> = left.iter().map(|one| one.subscription_id.as_str()).collect();
        assert_eq!(left, ["d"]);
        assert!(doubtful(&[], &readable, [].into_iter()).is_empty());
    }

    #[test]
    fn what_is_missing_is_counted_and_named_with_what_to_do() {
        use ProblemKind::{NoAccess, Passing};
        for (coverage, title, advice) in [
            (coverage(3, &[]), None, ""),
            (
                coverage(4, &[("1", NoAccess)]),
                Some("1 of 4 subscriptions could not be read."),
                "Contoso 1 needs the role Reader.",
            ),
            (
                coverage(4, &[("1", NoAccess), ("2", Passing), ("3", NoAccess)]),
                Some("3 of 4 subscriptions could not be read."),
                "Contoso 1 and Contoso 3 need the role Reader. Contoso 2 did not answer as expected; refresh to ask again.",
            ),
            (
                coverage(
                    9,
                    &[("1", NoAccess), ("2", NoAccess), ("3", NoAccess), ("4", NoAccess)],
                ),
                Some("4 of 9 subscriptions could not be read."),
                "Contoso 1, Contoso 2 and 2 more need the role Reader.",
            ),
            (
                coverage(1, &[("1", NoAccess)]),
                None,
                "Contoso 1 needs the role Reader.",
            ),
            (Coverage::default(), None, ""),
        ] {
            assert_eq!(coverage.partly_failed().as_deref(), title, "{coverage:?}");
            assert_eq!(coverage.advice(), advice, "{coverage:?}");
        }
    }

    #[test]
    fn the_subscriptions_read_are_counted_without_case() {
        use ProblemKind::NoAccess;
        for (coverage, expected) in [
            (coverage(3, &[]), "3 subscriptions"),
            (coverage(4, &[("1", NoAccess)]), "3 of 4 subscriptions"),
            (Coverage::default(), "2 subscriptions"),
        ] {
            assert_eq!(coverage.read_subscriptions(["a", "A", "b"].into_iter()), expected);
        }
    }

    #[test]
    fn the_subscriptions_are_named_in_the_order_of_the_alphabet() {
        let mut coverage = Coverage {
            listed: Some(["b", "C", "a"].map(subscription).into()),
            ..Coverage::default()
        };
        let names = |coverage: &Coverage| -> Vec<String> {
            coverage.names().into_iter().map(|(_, name)| name).collect()
        };
        assert_eq!(names(&coverage), ["Contoso a", "Contoso b", "Contoso C"]);
        coverage.listed = None;
        assert!(names(&coverage).is_empty());
    }

    #[test]
    fn nothing_is_readable_only_when_that_is_known() {
        use ProblemKind::NoAccess;
        for (coverage, expected) in [
            (coverage(0, &[]), true),
            (coverage(1, &[("0", NoAccess)]), true),
            (coverage(2, &[("0", NoAccess)]), false),
            (Coverage::default(), false),
        ] {
            assert_eq!(coverage.is_nothing_readable(), expected, "{coverage:?}");
        }
    }

    #[test]
    fn the_request_names_account_role_and_subscriptions() {
        let request = request("jo@contoso.com", &[("1".to_owned(), "Contoso 1".to_owned())]);
        for part in [
            "jo@contoso.com",
            "Reader",
            ACTION,
            "Contoso 1 (1)",
            "--scope /subscriptions/1",
        ] {
            assert!(request.contains(part), "{part}: {request}");
        }
    }
}

//! What the bell shows of what has ended: the journal's entries and this page's notifications, once each; pure.

use arm_core::Timestamp;
use chrono::TimeDelta;
use uuid::Uuid;

use crate::{
    stores::{
        notifications::{Intent, Link, Notification},
        operations::Operation,
    },
    text,
};

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Of the operation, or else of the notification.
    pub id: Uuid,
    /// Whether it is an operation's.
    pub is_operation: bool,
    /// This page's notifications that say the same or what went before.
    pub said: Vec<Uuid>,
    /// How grave it is.
    pub intent: Intent,
    /// The title.
    pub title: String,
    /// A sentence or two.
    pub body: String,
    /// A way on.
    pub link: Option<Link>,
    /// When it ended or was said.
    pub at: Timestamp,
    /// Whether it is new since the bell was last closed.
    pub is_unread: bool,
}

impl Entry {
    /// Whether *Dismiss completed* takes it away: what failed or needs a look stays.
    pub fn is_completed(&self) -> bool {
        !self.intent.stays()
    }
}

/// What has ended, newest first.
///
/// An operation and what this page said about it are one entry, and what runs stands elsewhere.
pub fn history(operations: &[Operation], said: &[Notification]) -> Vec<Entry> {
    let of_operations = operations.iter().filter_map(|operation| {
        let about_it = said.iter().filter(|said| said.about == Some(operation.id));
        of_operation(operation, &about_it.collect::<Vec<_>>())
    });
    let is_known = |id| operations.iter().any(|operation| operation.id == id);
    let others = said.iter().filter(|said| !said.about.is_some_and(is_known));
    let mut entries: Vec<Entry> = of_operations.chain(others.map(of_notification)).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    entries
}

/// The days of entries that are in order, each with its own.
pub fn by_day(entries: Vec<Entry>, now: Timestamp) -> Vec<(String, Vec<Entry>)> {
    let mut days: Vec<(String, Vec<Entry>)> = Vec::new();
    for entry in entries {
        let day = day(entry.at, now);
        match days.last_mut() {
            Some((last, entries)) if *last == day => entries.push(entry),
            _ => days.push((day, vec![entry])),
        }
    }
    days
}

/// *Today*, *Yesterday*, `12 Mar 2026`; in UTC, as all times are.
fn day(at: Timestamp, now: Timestamp) -> String {
    let date = at.date_naive();
    if date == now.date_naive() {
        "Today".to_owned()
    } else if date == (now - TimeDelta::days(1)).date_naive() {
        "Yesterday".to_owned()
    } else {
        text::long_date(at)
    }
}

fn of_operation(operation: &Operation, about_it: &[&Notification]) -> Option<Entry> {
    let at = operation.ended.filter(|_| !operation.is_dismissed)?;
    let (intent, words) = operation.said()?;
    Some(Entry {
        id: operation.id,
        is_operation: true,
        said: about_it.iter().map(|notification| notification.id).collect(),
        intent,
        title: words.title.to_owned(),
        body: words.body,
        link: Some(operation.link()),
        at,
        is_unread: about_it.iter().any(|notification| !notification.is_read),
    })
}

fn of_notification(said: &Notification) -> Entry {
    Entry {
        id: said.id,
        is_operation: false,
        said: vec![said.id],
        intent: said.intent,
        title: said.title.clone(),
        body: said.body.clone(),
        link: said.link.clone(),
        at: said.at,
        is_unread: !said.is_read,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stores::operations::{Act, Failure, OperationState};

    fn moment(text: &str) -> Timestamp {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn backup(name: &str) -> Operation {
        let server =
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg";
        let act = Act::TakeBackup {
            name: name.to_owned(),
        };
        let started = moment("2026-03-12T08:00:00Z");
        let target = server.parse().expect("an id");
        Operation::about_to_start(Uuid::new_v4(), act, target, None, started)
    }

    fn ended(name: &str, at: &str) -> Operation {
        let mut operation = backup(name);
        operation.end(OperationState::Completed, moment(at));
        operation
    }

    fn said(about: Option<Uuid>, at: &str) -> Notification {
        Notification {
            id: Uuid::new_v4(),
            about,
            intent: Intent::Info,
            title: "Said".to_owned(),
            body: String::new(),
            link: None,
            at: moment(at),
            is_read: false,
        }
    }

    fn titles(entries: &[Entry]) -> Vec<&str> {
        entries.iter().map(|entry| entry.title.as_str()).collect()
    }

    #[test]
    fn an_operation_and_what_was_said_about_it_are_one_entry() {
        let operation = ended("b", "2026-03-12T08:02:09Z");
        let notifications = [
            said(Some(operation.id), "2026-03-12T08:00:01Z"),
            said(Some(operation.id), "2026-03-12T08:02:09Z"),
            said(None, "2026-03-12T08:01:00Z"),
        ];
        let entries = history(&[operation], &notifications);
        assert_eq!(titles(&entries), ["On-demand backup completed", "Said"]);
        assert_eq!(entries[0].said.len(), 2, "both go with it");
        assert!(entries[0].is_unread);
    }

    #[test]
    fn what_runs_is_no_history_and_what_an_earlier_page_saw_is_not_new() {
        let running = backup("runs");
        let notifications = [said(Some(running.id), "2026-03-12T08:00:01Z")];
        let operations = [running, ended("old", "2026-03-11T08:00:00Z")];
        let entries = history(&operations, &notifications);
        assert_eq!(titles(&entries), ["On-demand backup completed"]);
        assert!(!entries[0].is_unread);
        assert!(entries[0].body.contains("'old'"), "{}", entries[0].body);
    }

    #[test]
    fn what_was_put_away_stays_away() {
        let mut operation = ended("b", "2026-03-12T08:02:09Z");
        operation.is_dismissed = true;
        let notifications = [said(Some(operation.id), "2026-03-12T08:02:09Z")];
        assert_eq!(titles(&history(&[operation], &notifications)), [""; 0]);
    }

    #[test]
    fn a_failure_survives_the_page_and_is_not_taken_away_with_what_is_completed() {
        let mut operation = backup("b");
        let failure = Failure {
            code: "ServerBusy".to_owned(),
            message: "It is busy.".to_owned(),
            ..Failure::default()
        };
        operation.end(OperationState::Failed(failure), moment("2026-03-12T08:02:09Z"));
        let entries = history(&[operation], &[]);
        assert_eq!(titles(&entries), ["On-demand backup failed"]);
        assert!(!entries[0].is_completed());
        assert!(entries[0].body.contains("It is busy."), "{}", entries[0].body);
    }

    #[test]
    fn entries_stand_under_their_days_newest_first() {
        let operations = [
            "2026-03-10T23:59:59Z",
            "2026-03-12T08:14:00Z",
            "2026-03-11T00:00:00Z",
            "2026-03-12T08:55:00Z",
        ]
        .map(|at| ended(at, at));
        let days = by_day(history(&operations, &[]), moment("2026-03-12T09:41:00Z"));
        let shown: Vec<(&str, usize)> = days
            .iter()
            .map(|(day, entries)| (day.as_str(), entries.len()))
            .collect();
        assert_eq!(shown, [("Today", 2), ("Yesterday", 1), ("10 Mar 2026", 1)]);
        assert!(days[0].1[0].at > days[0].1[1].at);
    }
}

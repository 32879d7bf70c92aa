//! Which release of the portal runs, and whether its host has another one.

use std::time::Duration;

use arm_core::Timestamp;
use serde_json::Value;
use web_sys::RequestCache;

use crate::{
    own_file::{fetched, text_of},
    prelude::*,
};

/// The host is not asked again before this has passed.
const BETWEEN_LOOKS: Duration = Duration::from_secs(15 * 60);

/// A release as `cargo xtask dist` writes it: into the page, and into `release.json` beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Of the project.
    pub version: String,
    /// The commit it was built from, with `-dirty` where that was changed; a build from an archive has none.
    pub commit: Option<String>,
    /// The day of that commit, `2026-03-12`.
    pub date: Option<String>,
}

impl Release {
    /// The one that runs; a development build is none.
    pub fn of_page() -> Option<Self> {
        let meta = document().query_selector("meta[name='release']").ok().flatten()?;
        Some(Self {
            version: meta.get_attribute("content")?,
            commit: meta.get_attribute("data-commit"),
            date: meta.get_attribute("data-date"),
        })
    }

    /// The one whose files the host has now. Nothing where it does not say: without a network, or with a page in place of
    /// the file.
    pub async fn of_host() -> Option<Self> {
        let base = document().base_uri().ok().flatten()?;
        let url = format!("{base}release.json");
        let answer = fetched(&url, RequestCache::NoStore).await.ok()?;
        Self::read(&text_of(&answer).await.ok()?).filter(|_| answer.ok())
    }

    /// Reads `release.json`.
    fn read(text: &str) -> Option<Self> {
        let members: Value = serde_json::from_str(text).ok()?;
        let text = |name: &str| members[name].as_str().map(str::to_owned);
        Some(Self {
            version: text("version")?,
            commit: text("commit"),
            date: text("date"),
        })
    }

    /// What tells it from others.
    pub fn id(&self) -> &str {
        self.commit.as_deref().unwrap_or(&self.version)
    }

    /// Whether it is offered to who runs `running` and has decided on the release `decided` before: who put it off is not
    /// asked again, and a host that gave the old files after a reload would give them again.
    pub fn is_offered(&self, running: &Self, decided: Option<&str>) -> bool {
        self.id() != running.id() && decided != Some(self.id())
    }
}

/// Whether it is time to ask the host once more.
pub fn is_time_to_look(last: Option<Timestamp>, now: Timestamp) -> bool {
    let since = last.map(|last| now.signed_duration_since(last).to_std());
    // A clock that was set back has let an unknown time pass.
    since.is_none_or(|since| since.map_or(true, |since| since >= BETWEEN_LOOKS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(version: &str, commit: Option<&str>) -> Release {
        Release {
            version: version.to_owned(),
            commit: commit.map(str::to_owned),
            date: None,
        }
    }

    #[test]
    fn release_json_is_read_and_a_page_in_its_place_is_none() {
        let whole = r#"{"commit":"abc","date":"2026-03-12","version":"0.1.0"}"#;
        let read = Release::read(whole).expect("a release");
        assert_eq!((read.id(), read.date.as_deref()), ("abc", Some("2026-03-12")));
        assert_eq!(
            Release::read(r#"{"version":"0.1.0"}"#),
            Some(release("0.1.0", None))
        );
        for other in ["<!doctype html>", "{}", "[]", "", r#"{"version":1}"#] {
            assert_eq!(Release::read(other), None, "{other}");
        }
    }

    #[test]
    fn another_release_is_offered_once() {
        let running = release("0.1.0", Some("a"));
        let cases = [
            (release("0.1.0", Some("a")), None, false),
            (release("0.1.0", Some("b")), None, true),
            (release("0.2.0", Some("b")), Some("a"), true),
            (release("0.2.0", Some("b")), Some("b"), false),
            (release("0.2.0", None), None, true),
        ];
        for (found, decided, expected) in cases {
            assert_eq!(
                found.is_offered(&running, decided),
                expected,
                "{found:?} after {decided:?}"
            );
        }
    }

    #[test]
    fn the_host_is_asked_every_quarter_of_an_hour_at_most() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        let last = at("2026-03-12T10:00:00Z");
        for (last, now, expected) in [
            (None, "2026-03-12T10:00:00Z", true),
            (Some(last), "2026-03-12T10:14:59Z", false),
            (Some(last), "2026-03-12T10:15:00Z", true),
            (Some(last), "2026-03-12T09:00:00Z", true),
        ] {
            assert_eq!(is_time_to_look(last, at(now)), expected, "{now}");
        }
    }
}

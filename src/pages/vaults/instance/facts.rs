//! The strip of facts: how it is protected, by what, and when backups are taken.

use arm_client::data_protection::ProtectionState;
use arm_core::Timestamp;

use super::{Page, allowed, known::Known, points};
use crate::{
    components::{ProtectionStateView, local_time},
    hooks::use_now,
    location::link,
    prelude::*,
    problem::Problem,
    routes, text,
    ui::{
        changing::view_of,
        facts_strip::{Fact, FactsStrip},
        skeleton::SkeletonCell,
    },
};

/// The strip.
#[component]
pub fn Facts(page: Page, known: Signal<Known>) -> impl IntoView {
    let state = view_of(move || view! { <ProtectionStateView state=known.with(Known::state) /> }.into_any());
    let policy = view_of(move || {
        let policy = known.with(|known| known.instance.policy.clone());
        let vault = page.vault_id.with_value(routes::vault);
        match policy {
            Some(policy) => {
                view! { <a href=link(&format!("{vault}?tab=policies"))>{policy.name().to_owned()}</a> }
                    .into_any()
            }
            None => "Unknown".into_any(),
        }
    });
    view! {
        <FactsStrip label="Protection of this backup instance">
            <Fact key="Protection">{state}</Fact>
            <Fact key="Backup policy">{policy}</Fact>
            <Fact key="Last backup">{last(page, known)}</Fact>
            <Fact key="Next backup">{next(page, known)}</Fact>
            <Fact key="Oldest recovery point">{oldest(page, known)}</Fact>
        </FactsStrip>
    }
}

fn last(page: Page, known: Signal<Known>) -> AnyView {
    of_points(page, known, points::newest)
}

fn oldest(page: Page, known: Signal<Known>) -> AnyView {
    of_points(page, known, points::oldest)
}

fn of_points(
    page: Page,
    known: Signal<Known>,
    which: fn(&[arm_client::data_protection::RecoveryPoint]) -> Option<Timestamp>,
) -> AnyView {
    let is_deleted = Memo::new(move |_| known.with(|known| known.is_deleted));
    let found = Memo::new(move |_| page.points.data.with(|points| points.as_deref().map(which)));
    let why = Memo::new(move |_| {
        let problem = page
            .points
            .problem
            .with(|error| error.as_ref().map(Problem::from));
        problem.map(|problem| problem.reason)
    });
    view_of(move || {
        if is_deleted.get() {
            return unknown("Azure shows it once the backup instance is undeleted.".to_owned());
        }
        match (found.get(), why.get()) {
            (Some(Some(at)), _) => moment(at),
            (Some(None), _) => "None yet".into_any(),
            (None, Some(why)) => unknown(why),
            (None, None) => being_read(),
        }
    })
}

fn next(page: Page, known: Signal<Known>) -> AnyView {
    let now = use_now();
    let next = Memo::new(move |_| {
        let now = now.get();
        known.with(|known| {
            page.policies
                .data
                .with(|policies| next_backup(known, policies.as_deref(), now))
        })
    });
    let why = Memo::new(move |_| {
        let problem = page
            .policies
            .problem
            .with(|error| error.as_ref().map(Problem::from));
        problem.map(|problem| problem.reason)
    });
    view_of(move || match (next.get(), why.get()) {
        (Next::At(at), _) => moment(at),
        (Next::Never(why), _) => none(why),
        (Next::Unknown, Some(why)) => unknown(why),
        (Next::Unread, Some(why)) => unknown(why),
        (Next::Unread, None) => being_read(),
        (Next::Unknown, None) => unknown("The policy says nothing that can be read here.".to_owned()),
    })
}

/// When the next backup is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Then.
    At(Timestamp),
    /// There is none, and why.
    Never(&'static str),
    /// The policy has not been read.
    Unread,
    /// Nobody can say.
    Unknown,
}

/// The next backup by the policy, of an instance that has one.
pub fn next_backup(
    known: &Known,
    policies: Option<&[arm_client::data_protection::BackupPolicy]>,
    now: Timestamp,
) -> Next {
    if known.is_deleted {
        return Next::Never("The backup instance is deleted.");
    }
    if allowed::is_stopped(known) {
        return Next::Never("Its backups are stopped.");
    }
    match known.instance.state {
        Some(
            ProtectionState::ConfiguringFailed | ProtectionState::NotProtected | ProtectionState::Invalid,
        ) => {
            return Next::Never("It is not protected.");
        }
        Some(ProtectionState::SoftDeleting) => return Next::Never("The backup instance is being deleted."),
        _ => {}
    }
    let Some(policies) = policies else {
        return Next::Unread;
    };
    let next = known
        .policy(policies)
        .and_then(|policy| policy.rules.next_backup(now));
    next.map_or(Next::Unknown, Next::At)
}

/// A moment to the minute, and how far it is.
pub fn moment(at: Timestamp) -> AnyView {
    let now = use_now();
    let relative = Memo::new(move |_| text::relative(at, now.get()));
    view! {
        <time datetime=at.to_rfc3339() title=move || local_time(at)>{text::sentence_moment(at)}</time>
        " "
        <span class="fact-note">{relative}</span>
    }
    .into_any()
}

fn being_read() -> AnyView {
    view! { <SkeletonCell label="Being read" /> }.into_any()
}

/// *Unknown*, and why in the tooltip and for screen readers.
pub fn unknown(why: String) -> AnyView {
    said("Unknown", why)
}

/// *None*, and why.
pub fn none(why: &str) -> AnyView {
    said("None", why.to_owned())
}

fn said(word: &'static str, why: String) -> AnyView {
    view! {
        <span title=why.clone()>{word}</span>
        <span class="visually-hidden">". " {why}</span>
    }
    .into_any()
}

//! The recovery point that is restored: the one that is chosen, and the way to another one.

use arm_client::data_protection::RecoveryPoint;
use arm_core::Timestamp;

use super::{form::Form, point_pane::PickPoint};
use crate::{
    components::{LazyView, local_time},
    hooks::use_now,
    lazy::lazy,
    pages::vaults::instance::{expiry, store_name},
    prelude::*,
    problem::Problem,
    text,
    ui::{
        button::Button,
        changing::{text_of, view_if, view_of},
        icon::{Icon, IconName},
        message_bar::{MessageBar, MessageIntent},
        progress::Spinner,
    },
};

lazy! {
    restore_points: fn pick_point(form: Form, on_close: Callback<()>) -> AnyView {
        view! { <PickPoint form on_close /> }.into_any()
    }
}

/// The section.
#[component]
pub fn PointSection(form: Form, is_picking: RwSignal<bool>) -> impl IntoView {
    let is_any = Memo::new(move |_| form.point.with(Option::is_some));
    let chosen = Memo::new(move |_| form.chosen_point());
    let pick = Callback::new(move |()| is_picking.set(true));
    let content = view_of(move || {
        if let Some(point) = chosen.get() {
            return view! { {described(&point)} {age(&point)} }.into_any();
        }
        if !is_any.get() {
            return view! { <p class="restore-point-words">"None is chosen yet."</p> }.into_any();
        }
        unknown(form)
    });
    let label = move || if is_any.get() { "Change" } else { "Choose" }.to_owned();
    view! {
        <section class="wizard-block" aria-labelledby="restore-point">
            <h2 class="restore-heading" id="restore-point">"Recovery point"</h2>
            <div class="restore-point">
                <span class="restore-point-icon"><Icon name=IconName::Calendar /></span>
                <div class="restore-point-text">{content}</div>
                <Button on_click=pick>
                    {text_of(label)} <span class="visually-hidden">" recovery point"</span>
                </Button>
            </div>
        </section>
    }
}

/// The pane, which stands outside of the page's main part.
pub fn point_pane(form: Form, is_picking: RwSignal<bool>) -> AnyView {
    let on_close = Callback::new(move |()| is_picking.set(false));
    view_if(is_picking, move || {
        let load = Box::new(move || Box::pin(pick_point(form, on_close)) as _);
        view! { <LazyView load rows=0 /> }.into_any()
    })
}

/// Time, then all else that is known of it.
fn described(point: &RecoveryPoint) -> AnyView {
    let time = match point.time {
        Some(at) => {
            view! { <time datetime=at.to_rfc3339() title=move || local_time(at)>{text::sentence_moment(at)}</time> }
                .into_any()
        }
        None => "Time unknown".into_any(),
    };
    let now = use_now();
    let at = point.time;
    let ago = text_of(move || at.map(|at| text::relative(at, now.get())).unwrap_or_default());
    view! {
        <p><strong>{time}</strong> " " <span class="caption">{ago}</span></p>
        <p class="restore-point-words">{facts(point)}</p>
    }
    .into_any()
}

/// That it is about to expire, has expired, or is not whole.
fn age(point: &RecoveryPoint) -> AnyView {
    let now = use_now();
    let (until, state) = (expiry(point), point.state.clone());
    let warning = Memo::new(move |_| warning(until, state.as_deref(), now.get()));
    view_of(move || match warning.get() {
        Some(words) => view! { <p class="restore-point-words restore-point-warning">{words}</p> }.into_any(),
        None => ().into_any(),
    })
}

fn warning(until: Option<Timestamp>, state: Option<&str>, now: Timestamp) -> Option<&'static str> {
    match (until, state) {
        (Some(until), _) if until <= now => Some("Azure should have deleted it by now: its time is over."),
        (_, Some(state)) if !state.eq_ignore_ascii_case("Completed") => {
            Some("Azure does not call it complete: some of its data may be missing.")
        }
        _ => None,
    }
}

/// *Full · tag Weekly · vault store · expires 31 May 2026*.
pub fn facts(point: &RecoveryPoint) -> String {
    let kind = point.kind.clone().unwrap_or_else(|| "Type unknown".to_owned());
    let tag = match &point.tag {
        Some(tag) => format!("tag {tag}"),
        None => "no tag".to_owned(),
    };
    let stores: Vec<_> = point
        .stores
        .iter()
        .map(|store| store_name(&store.kind).to_lowercase())
        .collect();
    let stores = Some(stores.join(", ")).filter(|stores| !stores.is_empty());
    let until = match expiry(point) {
        Some(until) => format!("expires {}", text::long_date(until)),
        None => "expiry unknown".to_owned(),
    };
    let state = point
        .state
        .as_deref()
        .filter(|state| !state.eq_ignore_ascii_case("Completed"));
    let parts = [
        Some(kind),
        state.map(str::to_lowercase),
        Some(tag),
        stores,
        Some(until),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The id of a link that is not among those that are known.
fn unknown(form: Form) -> AnyView {
    let points = form.known.points;
    view_of(move || {
        let id = form.point.get().unwrap_or_default();
        let problem = points.problem.with(|error| error.as_ref().map(Problem::from));
        let actions = move || view! { <Button small=true on_click=points.again>"Read again"</Button> };
        match (points.data.with(Option::is_some), problem) {
            (true, _) => view! {
                <MessageBar intent=MessageIntent::Warning stacked=true title="The recovery point is not there" actions>
                    <p>"The instance has none with the id " <code>{id}</code> ". It may have expired. Choose another one."</p>
                </MessageBar>
            }
            .into_any(),
            (false, Some(problem)) => view! {
                <MessageBar intent=MessageIntent::Warning stacked=true title="The recovery points could not be read" actions>
                    <p>{problem.reason}</p>
                </MessageBar>
            }
            .into_any(),
            (false, None) => {
                view! { <p class="status"><Spinner size=16 /> "The recovery points are read."</p> }.into_any()
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_point_is_told_in_one_line() {
        for (properties, expected) in [
            (
                json!({
                    "recoveryPointType": "Full", "retentionTagName": "Weekly", "recoveryPointState": "Completed",
                    "expiryTime": "2026-05-31T02:00:00Z",
                    "recoveryPointDataStoresDetails": [{ "type": "VaultStore" }, { "type": "ArchiveStore" }],
                }),
                "Full · tag Weekly · vault store, archive store · expires 31 May 2026",
            ),
            (
                json!({ "recoveryPointState": "Partial" }),
                "Type unknown · partial · no tag · expiry unknown",
            ),
        ] {
            let mut properties = properties;
            properties["recoveryPointId"] = json!("eb006fde78cb47198be5a320fbe45e9b");
            let point: RecoveryPoint =
                serde_json::from_value(json!({ "properties": properties })).expect("a point");
            assert_eq!(facts(&point).replace('\u{a0}', " "), expected);
        }
    }

    #[test]
    fn what_is_over_or_not_whole_is_warned_of() {
        let now: Timestamp = "2026-03-12T10:00:00Z".parse().expect("a time");
        let later = now + chrono::TimeDelta::days(1);
        for (until, state, is_warned) in [
            (Some(later), Some("Completed"), false),
            (Some(later), None, false),
            (None, None, false),
            (Some(now), Some("Completed"), true),
            (Some(later), Some("Partial"), true),
        ] {
            assert_eq!(
                warning(until, state, now).is_some(),
                is_warned,
                "{until:?} {state:?}"
            );
        }
    }
}

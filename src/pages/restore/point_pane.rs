//! The pane in which a recovery point is chosen.

use arm_client::data_protection::RecoveryPoint;
use arm_core::Timestamp;
use chrono::NaiveDateTime;

use super::{form::Form, point::facts};
use crate::{
    components::{BELOW_A_PANE, ReadingView},
    prelude::*,
    text,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{text_of, view_if, view_of},
        empty_state::EmptyState,
        icon::IconName,
        pane::Pane,
        pick_list::{PickItem, PickList},
        unique_id::unique_id,
    },
};

/// How many are added at a time.
const STEP: usize = 50;

/// The pane.
#[component]
pub fn PickPoint(form: Form, on_close: Callback<()>) -> impl IntoView {
    let picked = RwSignal::new(form.point.get_untracked());
    let until = RwSignal::new(String::new());
    let reason = Signal::derive(move || {
        picked
            .with(Option::is_none)
            .then(|| "Choose a recovery point.".to_owned())
    });
    let select = Callback::new(move |()| {
        if let Some(id) = picked.get_untracked() {
            form.point.set(Some(id));
            on_close.run(());
        }
    });
    view! {
        <Pane
            title="Choose a recovery point"
            on_close
            on_submit=select
            inert=BELOW_A_PANE
            footer=move || {
                view! {
                    <Button appearance=ButtonAppearance::Primary disabled_reason=reason on_click=select>"Select"</Button>
                    <Button on_click=on_close>"Cancel"</Button>
                    <span class="pane-hint"><kbd>"Esc"</kbd> " closes"</span>
                }
            }
        >
            <ReadingView
                reading=form.known.points
                what="list of recovery points"
                view=move |points| list(points, picked, until)
            />
        </Pane>
    }
}

fn list(
    points: Signal<Vec<RecoveryPoint>>,
    picked: RwSignal<Option<String>>,
    until: RwSignal<String>,
) -> AnyView {
    let is_any = Memo::new(move |_| points.with(|points| !points.is_empty()));
    let most = RwSignal::new(STEP);
    let found = Memo::new(move |_| {
        let moment = until.with(|text| moment(text));
        points.with(|points| until_moment(points, moment))
    });
    // Whoever names a time means the last one before it.
    Effect::watch(
        move || until.with(|text| moment(text)),
        move |moment: &Option<Timestamp>, _, _| {
            most.set(STEP);
            if let Some(moment) = *moment {
                let latest = points.with_untracked(|points| {
                    let latest = RecoveryPoint::latest_until(points, moment);
                    latest.map(|point| point.recovery_point_id.clone())
                });
                picked.set(latest);
            }
        },
        false,
    );
    let items = Signal::derive(move || {
        let most = most.get();
        found.with(|found| found.iter().take(most).map(item).collect::<Vec<_>>())
    });
    let chosen = Signal::derive(move || picked.get().into_iter().collect::<Vec<_>>());
    let on_pick = Callback::new(move |id: String| picked.set(Some(id)));
    let is_none_found = Memo::new(move |_| found.with(Vec::is_empty));
    let more = Memo::new(move |_| found.with(Vec::len).saturating_sub(most.get()));
    let has_more = Signal::derive(move || more.get() > 0);
    let on_more = Callback::new(move |()| most.update(|most| *most += STEP));
    view_of(move || {
        if !is_any.get() {
            return view! {
                <EmptyState icon=IconName::History title="No recovery points yet">
                    "The first comes with the first backup: by the policy\u{2019}s schedule, or by Backup now."
                </EmptyState>
            }
            .into_any();
        }
        view! {
            <MomentField value=until />
            {view_of(move || {
                if is_none_found.get() {
                    return view! { <p class="caption">"None was taken at or before that time."</p> }.into_any();
                }
                view! { <PickList label="Recovery points, newest first" items picked=chosen on_pick /> }.into_any()
            })}
            {view_if(has_more, move || {
                let words = move || text_of(move || format!("Show {} more", more.get().min(STEP)));
                view! { <div><Button on_click=on_more>{words()}</Button></div> }.into_any()
            })}
        }
        .into_any()
    })
}

/// The browser's own field for a day and a time, which is UTC here.
#[component]
fn MomentField(value: RwSignal<String>) -> impl IntoView {
    let id = unique_id("until");
    let hint = format!("{id}-hint");
    view! {
        <div class="field field-date">
            <label class="field-label" for=id.clone()>"Latest at or before (UTC)"</label>
            <div class="field-box">
                <input
                    class="field-input"
                    id=id
                    type="datetime-local"
                    step="1"
                    aria-describedby=hint.clone()
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                />
            </div>
            <div class="field-below">
                <div class="field-messages">
                    <p class="field-hint" id=hint>"Such as the last moment before something went wrong; in UTC, as all times here."</p>
                </div>
            </div>
        </div>
    }
}

/// The moment that the field holds: `2026-03-12T10:02` or with seconds.
fn moment(text: &str) -> Option<Timestamp> {
    let formats = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"];
    let mut read = formats
        .iter()
        .filter_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    read.next().map(|moment| moment.and_utc())
}

/// The points that were taken until then, newest first; all of them without a moment.
fn until_moment(points: &[RecoveryPoint], moment: Option<Timestamp>) -> Vec<RecoveryPoint> {
    let is_until = |point: &&RecoveryPoint| match (moment, point.time) {
        (None, _) => true,
        (Some(moment), Some(time)) => time <= moment,
        (Some(_), None) => false,
    };
    points.iter().filter(is_until).cloned().collect()
}

fn item(point: &RecoveryPoint) -> PickItem {
    PickItem {
        key: point.recovery_point_id.clone(),
        name: point
            .time
            .map_or_else(|| "Time unknown".to_owned(), text::sentence_moment),
        note: facts(point),
        why_not: None,
        link: None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_field_is_read_as_utc() {
        for (text, expected) in [
            ("2026-03-12T10:02", Some("2026-03-12T10:02:00Z")),
            ("2026-03-12T10:02:11", Some("2026-03-12T10:02:11Z")),
            ("2026-03-12", None),
            ("", None),
        ] {
            assert_eq!(
                moment(text),
                expected.and_then(|time| time.parse().ok()),
                "{text}"
            );
        }
    }

    #[test]
    fn those_until_a_moment_are_kept_in_their_order() {
        let point = |id: &str, time: Option<&str>| -> RecoveryPoint {
            let point = json!({ "name": id, "properties": { "recoveryPointTime": time } });
            serde_json::from_value(point).expect("a point")
        };
        let points = [
            point("c", Some("2026-03-15T02:00:00Z")),
            point("b", Some("2026-03-08T02:00:00Z")),
            point("a", Some("2026-03-01T02:00:00Z")),
            point("timeless", None),
        ];
        for (until, expected) in [
            (None, &["c", "b", "a", "timeless"][..]),
            (Some("2026-03-08T02:00:00Z"), &["b", "a"]),
            (Some("2026-02-01T00:00:00Z"), &[]),
        ] {
            let until = until.and_then(|time| time.parse().ok());
            let found = until_moment(&points, until);
            let ids: Vec<_> = found
                .iter()
                .map(|point| point.recovery_point_id.as_str())
                .collect();
            assert_eq!(ids, expected);
        }
    }
}

//! The pane in which a recovery point is chosen.

use arm_client::data_protection::RecoveryPoint;
use arm_core::{ResourceId, Timestamp};

use super::{form::Form, point::facts};
use crate::{
    components::{
        BELOW_A_PANE, ReadingView,
        protection::{Taken, UntilField, moment, use_points_taken},
    },
    hooks::use_rested,
    prelude::*,
    text,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{text_of, view_if, view_of},
        empty_state::EmptyState,
        icon::IconName,
        pane::Pane,
        pick_list::{PickItem, PickList},
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
                view=move |points| list(form.known.id, points, picked, until)
            />
        </Pane>
    }
}

fn list(
    instance: StoredValue<ResourceId>,
    points: Signal<Vec<RecoveryPoint>>,
    picked: RwSignal<Option<String>>,
    until: RwSignal<String>,
) -> AnyView {
    let is_any = Memo::new(move |_| points.with(|points| !points.is_empty()));
    let (rested, _) = use_rested(until);
    let taken = Memo::new(move |_| Taken {
        until: rested.with(|text| moment(text)),
        ..Taken::default()
    });
    let found = use_points_taken(instance, taken);
    // Whoever names a time means the last one before it, and until that is known none.
    Effect::watch(
        move || until.with(|text| moment(text)),
        move |moment: &Option<Timestamp>, _, _| {
            if moment.is_some() {
                picked.set(None);
            }
        },
        false,
    );
    Effect::watch(
        move || found.data.get(),
        move |found: &Option<Vec<RecoveryPoint>>, _, _| {
            if let (Some(found), Some(until)) = (found, taken.get_untracked().until) {
                let latest = RecoveryPoint::latest_until(found, until);
                picked.set(latest.map(|point| point.recovery_point_id.clone()));
            }
        },
        false,
    );
    let is_of_time = Memo::new(move |_| !taken.get().is_any());
    let of_that_time = move |found: Signal<Vec<RecoveryPoint>>| {
        let is_none = Memo::new(move |_| found.with(Vec::is_empty));
        view_of(move || {
            if is_none.get() {
                return view! { <p class="caption">"None was taken at or before that time."</p> }.into_any();
            }
            choices(found, picked)
        })
    };
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
            <UntilField value=until />
            {view_of(move || {
                if !is_of_time.get() {
                    return choices(points, picked);
                }
                view! {
                    <ReadingView
                        reading=found
                        what="list of recovery points until then"
                        view=of_that_time
                    />
                }
                .into_any()
            })}
        }
        .into_any()
    })
}

/// The points to pick one from, so many at a time.
fn choices(points: Signal<Vec<RecoveryPoint>>, picked: RwSignal<Option<String>>) -> AnyView {
    let most = RwSignal::new(STEP);
    let items = Signal::derive(move || {
        let most = most.get();
        points.with(|points| points.iter().take(most).map(item).collect::<Vec<_>>())
    });
    let chosen = Signal::derive(move || picked.get().into_iter().collect::<Vec<_>>());
    let on_pick = Callback::new(move |id: String| picked.set(Some(id)));
    let more = Memo::new(move |_| points.with(Vec::len).saturating_sub(most.get()));
    let has_more = Signal::derive(move || more.get() > 0);
    let on_more = Callback::new(move |()| most.update(|most| *most += STEP));
    view! {
        <PickList label="Recovery points, newest first" items picked=chosen on_pick />
        {view_if(has_more, move || {
            let words = move || text_of(move || format!("Show {} more", more.get().min(STEP)));
            view! { <div><Button on_click=on_more>{words()}</Button></div> }.into_any()
        })}
    }
    .into_any()
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

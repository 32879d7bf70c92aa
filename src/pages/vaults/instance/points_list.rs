//! The recovery points of an instance, or why there are none: all of them, or those of a time.

use arm_client::data_protection::RecoveryPoint;

use super::{Page, known::Known, points, points_table::Table};
use crate::{
    components::{
        ReadAt, ReadingView,
        protection::{Period, SinceField, Taken, TakenFields, UntilField, use_points_taken},
    },
    hooks::Reading,
    location::use_query_value,
    prelude::*,
    services::use_services,
    text,
    ui::{
        button::Button,
        changing::{view_if, view_of},
        empty_state::EmptyState,
        icon::IconName,
        select::{Choice, Select},
    },
};

/// What is asked for, and what came of it.
#[derive(Clone, Copy)]
struct Asked {
    /// What is chosen and typed.
    fields: TakenFields,
    /// The time, once the typing rests.
    taken: Memo<Taken>,
    /// Those that the service has of that time; nothing is read where the time leaves none out.
    found: Reading<Vec<RecoveryPoint>>,
}

/// The list.
#[component]
pub fn Points(page: Page, known: Signal<Known>) -> impl IntoView {
    let is_deleted = Memo::new(move |_| known.with(|known| known.is_deleted));
    let asked = use_asked(page);
    view_of(move || {
        if is_deleted.get() {
            return view! {
                <section class="instance-section" aria-labelledby="recovery-points">
                    <h2 id="recovery-points">"Recovery points"</h2>
                    <p class="list-note">
                        "Azure shows the recovery points of a soft-deleted backup instance once it is undeleted."
                    </p>
                </section>
            }
            .into_any();
        }
        let view = move |read: Signal<Vec<RecoveryPoint>>| list(page, read, asked);
        view! {
            <section class="instance-section" aria-labelledby="recovery-points">
                <div class="list-bar">
                    <h2 id="recovery-points">"Recovery points"</h2>
                    {count(page, asked)}
                </div>
                <ReadingView reading=page.points what="list of recovery points" view />
            </section>
        }
        .into_any()
    })
}

/// How many there are, and how many of them are of that time.
fn count(page: Page, asked: Asked) -> AnyView {
    view_of(move || {
        let length =
            |reading: Reading<Vec<RecoveryPoint>>| reading.data.with(|points| Some(points.as_ref()?.len()));
        let is_any = asked.taken.with(|taken| taken.is_any());
        let Some(all) = length(page.points) else {
            return ().into_any();
        };
        let of_all = text::count(all, "recovery point");
        let words = match length(asked.found).filter(|_| !is_any) {
            Some(shown) => format!("{shown} of {of_all}"),
            None => of_all,
        };
        let reading = if is_any { page.points } else { asked.found };
        view! { <p class="list-count">{words} " · " <ReadAt reading /></p> }.into_any()
    })
}

/// What is chosen and typed stands in the address, to be sent to somebody.
fn use_asked(page: Page) -> Asked {
    let (period, set_period) = use_query_value("taken");
    let period = Period::of_word(&period.get_untracked().unwrap_or_default());
    let label = Period::ALL.iter().find(|(known, ..)| *known == period);
    let fields = TakenFields {
        period: RwSignal::new(label.map(|(.., label)| (*label).to_owned()).unwrap_or_default()),
        since: in_address("since"),
        until: in_address("until"),
    };
    Effect::watch(
        move || fields.period.with(|label| Period::of_label(label)),
        move |period: &Period, _, _| {
            let word = Period::ALL.iter().find(|(known, ..)| known == period);
            let word = word.map(|(_, word, _)| (*word).to_owned());
            set_period.run(word.filter(|word| !word.is_empty()));
        },
        false,
    );
    let taken = fields.rested();
    let found = use_points_taken(page.id, taken);
    // With the page, what is shown of it is read again.
    Effect::watch(
        move || page.points.read_at.get(),
        move |_, _, _| {
            if !taken.with_untracked(|taken| taken.is_any()) {
                found.again.run(());
            }
        },
        false,
    );
    Asked { fields, taken, found }
}

/// The text of a field, as the address has it and is told of it.
fn in_address(name: &'static str) -> RwSignal<String> {
    let (in_query, set_query) = use_query_value(name);
    let text = RwSignal::new(in_query.get_untracked().unwrap_or_default());
    Effect::watch(
        move || text.get(),
        move |text, _, _| set_query.run(Some(text.clone()).filter(|text| !text.is_empty())),
        false,
    );
    text
}

fn list(page: Page, read: Signal<Vec<RecoveryPoint>>, asked: Asked) -> AnyView {
    let is_none = Memo::new(move |_| read.with(Vec::is_empty));
    let clock = StoredValue::new_local(use_services().page_clock.clone());
    let shown = Memo::new(move |_| {
        let taken = asked.taken.get();
        match () {
            () if taken.is_any() => Shown::All,
            () if taken.is_upside_down(clock.with_value(|clock| clock.now())) => Shown::UpsideDown,
            () => Shown::Found,
        }
    });
    view_of(move || {
        if is_none.get() {
            return view! {
                <EmptyState icon=IconName::History title="No recovery points yet">
                    "The first comes with the first backup: by the policy\u{2019}s schedule, or by Backup now."
                </EmptyState>
            }
            .into_any();
        }
        let table = move |found| view! { <Table page found until=asked.fields.until /> }.into_any();
        let of_that_time = move |found: Signal<Vec<RecoveryPoint>>| {
            let is_found = Memo::new(move |_| found.with(|found| !found.is_empty()));
            view_of(move || {
                if is_found.get() {
                    table(found)
                } else {
                    none_found(read, asked)
                }
            })
        };
        view! {
            {fields(asked.fields)}
            {view_of(move || match shown.get() {
                Shown::All => table(read),
                Shown::UpsideDown => none_found(read, asked),
                Shown::Found => {
                    view! {
                        <ReadingView
                            reading=asked.found
                            what="list of recovery points of that time"
                            view=of_that_time
                        />
                    }
                    .into_any()
                }
            })}
        }
        .into_any()
    })
}

/// What stands below the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// All of them.
    All,
    /// Those of a time.
    Found,
    /// That the time ends before it begins.
    UpsideDown,
}

fn fields(fields: TakenFields) -> AnyView {
    let periods = Period::ALL.iter().map(|(.., label)| Choice::new(*label));
    let choices = Signal::stored(periods.collect::<Vec<_>>());
    let is_since = Memo::new(move |_| {
        fields
            .period
            .with(|label| Period::of_label(label) == Period::Since)
    });
    view! {
        <div class="points-taken">
            <Select label="Taken" choices value=fields.period />
            {view_if(is_since, move || view! { <SinceField value=fields.since /> }.into_any())}
            <UntilField value=fields.until />
        </div>
    }
    .into_any()
}

/// That there is none of that time, and when the first was taken.
fn none_found(read: Signal<Vec<RecoveryPoint>>, asked: Asked) -> AnyView {
    let all = Callback::new(move |()| {
        let any = Period::ALL[0].2;
        asked.fields.period.set(any.to_owned());
        asked.fields.until.set(String::new());
    });
    let oldest = read.with(|points| points::oldest(points));
    let oldest = oldest.map(|at| format!("The oldest is of {}.", text::sentence_moment(at)));
    let is_until_alone = asked.taken.with(|taken| taken.period == Period::Any);
    let title = if is_until_alone {
        "None was taken at or before that time"
    } else {
        "None was taken in that time"
    };
    view! {
        <EmptyState
            icon=IconName::History
            title=title
            actions=move || view! { <Button on_click=all>"Show all"</Button> }
        >
            {oldest}
        </EmptyState>
    }
    .into_any()
}

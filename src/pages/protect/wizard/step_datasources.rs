//! *Datasources*: what is protected, and whether it can be.

use arm_client::data_protection::DatasourceKind;

use super::{
    Wizard,
    checks::Checks,
    picker::Picker,
    row::Row,
    source_row::SourceRow,
    state::{Choices, Step},
    step_heading::StepHeading,
    verdict::Count,
};
use crate::{
    components::protection::policy_words,
    location::{link, with_query},
    prelude::*,
    text,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{text_of, view_if, view_of},
        empty_state::EmptyState,
        icon::IconName,
        status::{Status, StatusKind},
    },
};

/// The step.
#[component]
pub fn Datasources(wizard: Wizard) -> impl IntoView {
    let checks = wizard.checks;
    let is_picking = RwSignal::new(false);
    let kind = wizard.choices.with_untracked(|choices| choices.kind);
    let (title, add) = match kind {
        DatasourceKind::FlexibleServer => ("Servers to protect", "Add servers"),
        DatasourceKind::SingleServerDatabase => ("Databases to protect", "Add databases"),
    };
    let is_empty = Memo::new(move |_| checks.rows.with(Vec::is_empty));
    let on_add = Callback::new(move |()| is_picking.set(true));
    let all = Callback::new(move |()| checks.again.run(None));
    view! {
        <StepHeading wizard title>{about(wizard, kind)}</StepHeading>
        <div class="list-bar">
            {view_if(Signal::derive(move || !is_empty.get()), move || {
                view! {
                    <Button icon=IconName::Add on_click=on_add>{add}</Button>
                    <Button icon=IconName::ArrowClockwise on_click=all>"Revalidate all"</Button>
                }
                .into_any()
            })}
            <Counts checks />
        </div>
        {view_of(move || {
            if is_empty.get() {
                return nothing(kind, on_add, add);
            }
            view! { <SourceTable wizard kind /> }.into_any()
        })}
        {view_if(is_picking, move || {
            let on_close = Callback::new(move |()| is_picking.set(false));
            view! { <Picker wizard on_close /> }.into_any()
        })}
    }
}

/// What can be in the list, and by which policy it is protected.
fn about(wizard: Wizard, kind: DatasourceKind) -> AnyView {
    let what = match kind {
        DatasourceKind::FlexibleServer => {
            "Servers of the vault\u{2019}s region and directory, from any subscription."
        }
        DatasourceKind::SingleServerDatabase => {
            "Databases of single servers of the vault\u{2019}s region and directory, from any subscription."
        }
    };
    let policy = view_of(move || {
        let choices = wizard.choices.get();
        let Some(name) = choices.policy.clone() else {
            return ().into_any();
        };
        let rules = wizard.known.policy(&choices).map(|policy| policy.rules);
        let words = rules.map(|rules| format!(", {}", lower_first(&policy_words::in_one_line(&rules))));
        let href = step_href(choices, Step::Policy);
        view! { " Policy: " <a href=href>{name}</a> {words.unwrap_or_default()} "." }.into_any()
    });
    view! { {what} {policy} }.into_any()
}

/// The address of a step.
fn step_href(choices: Choices, step: Step) -> String {
    link(&with_query("/protect", choices.at(step).to_query()))
}

fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => first.to_ascii_lowercase().to_string() + letters.as_str(),
        None => String::new(),
    }
}

fn nothing(kind: DatasourceKind, on_click: Callback<()>, add: &'static str) -> AnyView {
    let (title, words) = match kind {
        DatasourceKind::FlexibleServer => (
            "No server added yet",
            "Add the servers that this policy is to protect. Each is checked before anything is changed.",
        ),
        DatasourceKind::SingleServerDatabase => (
            "No database added yet",
            "Add the databases that this policy is to protect. Each is checked before anything is changed.",
        ),
    };
    view! {
        <EmptyState
            icon=IconName::Database
            title
            actions=move || {
                view! {
                    <Button appearance=ButtonAppearance::Primary icon=IconName::Add on_click>
                        {add}
                    </Button>
                }
            }
        >
            {words}
        </EmptyState>
    }
    .into_any()
}

/// How many are ready, and how many are not.
#[component]
fn Counts(checks: Checks) -> impl IntoView {
    let counts = [
        (Count::Ready, StatusKind::Ok, "ready"),
        (Count::ToMend, StatusKind::Warning, "to mend"),
        (Count::Protected, StatusKind::Neutral, "already protected"),
        (Count::Unchecked, StatusKind::Running, "being checked"),
    ];
    let counts = counts.map(|(count, kind, words)| {
        let number = Memo::new(move |_| checks.number(count));
        let is_any = Signal::derive(move || number.get() > 0);
        view_if(is_any, move || {
            view! { <Status kind>{text_of(move || format!("{} {words}", number.get()))}</Status> }.into_any()
        })
    });
    view! { <div class="wizard-counts" role="status">{counts.into_iter().collect_view()}</div> }
}

#[component]
fn SourceTable(wizard: Wizard, kind: DatasourceKind) -> impl IntoView {
    let (caption, name, size) = match kind {
        DatasourceKind::FlexibleServer => ("Servers to protect", "Server", "Size"),
        DatasourceKind::SingleServerDatabase => ("Databases to protect", "Database", "Server"),
    };
    view! {
        <div class="table-card">
            <table class="table table-cards table-sources">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{name}</th>
                        <th scope="col" class="cell-secondary">"Subscription"</th>
                        <th scope="col" class="cell-secondary">{size}</th>
                        <th scope="col">"Readiness"</th>
                        <th scope="col" class="cell-actions">"Actions"</th>
                    </tr>
                </thead>
                <tbody>
                    <For
                        each=move || wizard.checks.rows.get()
                        key=|row: &Row| row.source.with_value(ToString::to_string)
                        children=move |row| view! { <SourceRow wizard row /> }
                    />
                </tbody>
            </table>
        </div>
    }
}

/// Why *Next* is off; nothing where all are ready.
pub fn reason(wizard: Wizard) -> Option<String> {
    let (all, ready) = (
        wizard.checks.rows.with(Vec::len),
        wizard.checks.number(Count::Ready),
    );
    if ready == all {
        return None;
    }
    let noun = wizard.choices.with(|choices| super::picker::noun(choices.kind));
    let unchecked = wizard.checks.number(Count::Unchecked);
    if unchecked > 0 && unchecked + ready == all {
        return Some(format!("{} still being checked.", text::count(unchecked, noun)));
    }
    Some(format!(
        "Next opens when every {noun} in the list shows Success. Remove the others or mend them."
    ))
}

//! *Review + configure*: what Azure says of it, and the act.

use super::{
    Wizard, known::Known, review::Item, review_row::ReviewRow, stage::Stage, step_heading::StepHeading,
};
use crate::{
    components::protection::policy_words,
    location::link,
    prelude::*,
    rights::Act,
    routes, text,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{text_of, view_if, view_of},
        confirm_dialog::ConfirmDialog,
        message_bar::{MessageBar, MessageIntent},
    },
};

/// The step.
#[component]
pub fn Review(wizard: Wizard) -> impl IntoView {
    let review = wizard.review;
    let is_done = Memo::new(move |_| {
        review
            .stages
            .with(|stages| !stages.is_empty() && stages.iter().all(|stage| *stage == Stage::Protected))
    });
    view! {
        <StepHeading wizard title="Review + configure">
            "Azure is asked first whether each can be protected, which changes nothing. Configure backup then puts them under the vault."
        </StepHeading>
        {view_if(is_done, move || done(wizard))}
        <Summary wizard />
        <div class="table-card">
            <table class="table table-cards table-sources">
                <caption class="visually-hidden">"What is configured"</caption>
                <thead>
                    <tr>
                        <th scope="col">{move || name_of_kind(wizard)}</th>
                        <th scope="col" class="cell-secondary">"Backup instance"</th>
                        <th scope="col">"State"</th>
                        <th scope="col" class="cell-actions">"Actions"</th>
                    </tr>
                </thead>
                <tbody>
                    <For
                        each=move || review.items.get()
                        key=|item: &Item| item.row.source.with_value(ToString::to_string)
                        children=move |item| view! { <ReviewRow wizard item /> }
                    />
                </tbody>
            </table>
        </div>
    }
}

fn name_of_kind(wizard: Wizard) -> &'static str {
    match wizard.choices.with(|choices| super::picker::noun(choices.kind)) {
        "server" => "Server",
        _ => "Database",
    }
}

/// All are protected: where to go from here.
fn done(wizard: Wizard) -> AnyView {
    let number = wizard.review.items.with_untracked(Vec::len);
    let noun = wizard
        .choices
        .with_untracked(|choices| super::picker::noun(choices.kind));
    let vault = wizard.choices.with_untracked(|choices| choices.vault.clone());
    let verb = if number == 1 { "is" } else { "are" };
    let title = format!("{} {verb} protected.", text::count(number, noun));
    let vault = vault.map(|vault| {
        view! { <a href=link(&routes::vault(&vault))>{format!("Open {}", vault.name())}</a> }
    });
    view! {
        <MessageBar intent=MessageIntent::Ok title>
            <p>
                "The first recovery point is taken by the policy\u{2019}s schedule; Backup now of the instance takes one at once. "
                {vault}
            </p>
        </MessageBar>
    }
    .into_any()
}

/// What was chosen in the steps before.
#[component]
fn Summary(wizard: Wizard) -> impl IntoView {
    let fact = |key: &'static str, value: Signal<String>| {
        view! { <div><dt>{key}</dt> <dd>{text_of(move || value.get())}</dd></div> }
    };
    let of = move |value: fn(Wizard) -> String| Signal::derive(move || value(wizard));
    view! {
        <dl class="pane-facts wizard-summary">
            {fact(
                "Datasource type",
                of(|wizard| wizard.choices.with(|choices| super::step_basics::kind_label(choices.kind).to_owned())),
            )}
            {fact(
                "Backup vault",
                of(|wizard| {
                    let choices = wizard.choices.get();
                    let name = choices.vault.as_ref().map(|vault| vault.name().to_owned()).unwrap_or_default();
                    match wizard.known.location(&choices) {
                        Some(location) => format!("{name}, {}", Known::region(Some(&location))),
                        None => name,
                    }
                }),
            )}
            {fact(
                "Backup policy",
                of(|wizard| {
                    let choices = wizard.choices.get();
                    let name = choices.policy.clone().unwrap_or_default();
                    match wizard.known.policy(&choices) {
                        Some(policy) => format!("{name}: {}", policy_words::in_one_line(&policy.rules)),
                        None => name,
                    }
                }),
            )}
        </dl>
    }
}

/// *Validate* and *Configure backup*.
#[component]
pub fn ReviewButtons(wizard: Wizard, reason: Signal<Option<String>>) -> impl IntoView {
    let review = wizard.review;
    let is_asking = RwSignal::new(false);
    let any = move |wanted: fn(&Stage) -> bool| {
        Signal::derive(move || review.stages.with(|stages| stages.iter().any(wanted)))
    };
    let is_validating = any(|stage| matches!(stage, Stage::Waiting | Stage::Validating));
    let is_configuring = any(|stage| matches!(stage, Stage::Sending | Stage::Configuring(_)));
    let can_validate = any(Stage::can_be_validated);
    let is_validated = any(|stage| *stage == Stage::Valid);
    let validate = Callback::new(move |()| review.validate.run(None));
    let configure = Callback::new(move |()| {
        is_asking.set(false);
        review.configure.run(());
    });
    let ask = Callback::new(move |()| {
        if review
            .stages
            .with_untracked(|stages| stages.contains(&Stage::NotKnown))
        {
            is_asking.set(true);
        } else {
            review.configure.run(());
        }
    });
    let label = move || {
        let failed = review
            .stages
            .with(|stages| stages.iter().filter(|stage| stage.can_be_retried()).count());
        let fresh = review.stages.with(|stages| {
            stages
                .iter()
                .any(|stage| stage.can_be_configured() && !stage.can_be_retried())
        });
        match failed {
            0 => "Configure backup".to_owned(),
            _ if fresh => "Configure backup".to_owned(),
            number => format!("Retry {number} failed"),
        }
    };
    view! {
        {view_of(move || {
            if !can_validate.get() && !is_validating.get() {
                return ().into_any();
            }
            let words = if is_validated.get() { "Validate again" } else { "Validate" };
            view! { <Button busy=is_validating on_click=validate>{words}</Button> }.into_any()
        })}
        <Button act=Act::Protect appearance=ButtonAppearance::Primary busy=is_configuring disabled_reason=reason on_click=ask>
            {text_of(label)}
        </Button>
        {view_if(is_asking, move || {
            view! {
                <ConfirmDialog
                    title="Configure without a validation?"
                    act="Configure backup"
                    on_confirm=configure
                    on_cancel=Callback::new(move |()| is_asking.set(false))
                >
                    "Azure\u{2019}s answer to a validation was lost, so nobody knows whether protection can be configured. If it cannot, nothing is lost: the instance says why, and can be configured again or deleted."
                </ConfirmDialog>
            }
            .into_any()
        })}
    }
}

//! *Backup policy*: when recovery points are taken and how long they are kept.

use arm_client::data_protection::BackupPolicy;

use super::{Wizard, step_basics::kind_label, step_heading::StepHeading};
use crate::{
    components::{
        ReadingView,
        protection::{PolicyDetails, PolicyEditor, policy_words},
    },
    prelude::*,
    rights::Act,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{view_if, view_of},
        empty_state::EmptyState,
        icon::IconName,
        pick_list::{PickItem, PickList},
        search_box::SearchBox,
    },
};

/// From how many policies on there is a field to search them.
const SEARCHED_FROM: usize = 8;

/// The step.
#[component]
pub fn Policy(wizard: Wizard) -> impl IntoView {
    let view = move |_| view! { <Policies wizard /> }.into_any();
    view! {
        <StepHeading wizard title="Backup policy">
            "When recovery points are taken, and how long each is kept."
        </StepHeading>
        <ReadingView reading=wizard.known.policies what="list of backup policies" view />
    }
}

/// Why *Next* is off although a policy is named: the vault has none of this name, or it is for something else.
pub fn reason(wizard: Wizard) -> Option<String> {
    let choices = wizard.choices.get();
    let are_read = wizard.known.policies.data.with(Option::is_some);
    let is_there = wizard
        .known
        .policy(&choices)
        .is_some_and(|policy| policy.is_for(choices.kind));
    (are_read && !is_there)
        .then(|| "Choose one of the vault\u{2019}s policies for this datasource type.".to_owned())
}

/// The policies of the vault for this kind of datasource.
#[component]
fn Policies(wizard: Wizard) -> impl IntoView {
    let (choices, known) = (wizard.choices, wizard.known);
    let search = RwSignal::new(String::new());
    let fitting = Memo::new(move |_| {
        let kind = choices.with(|choices| choices.kind);
        let policies = known.policies.data.get().unwrap_or_default();
        policies
            .into_iter()
            .filter(|policy| policy.is_for(kind))
            .collect::<Vec<_>>()
    });
    let found = Memo::new(move |_| {
        let words = search.with(|words| words.trim().to_ascii_lowercase());
        fitting.with(|policies| {
            let found = policies
                .iter()
                .filter(|policy| policy.name.to_ascii_lowercase().contains(&words));
            found.map(item).collect::<Vec<_>>()
        })
    });
    let picked = Signal::derive(move || {
        let policy = choices.with(|choices| known.policy(choices));
        policy.into_iter().map(|policy| policy.name).collect::<Vec<_>>()
    });
    let on_pick = Callback::new(move |name: String| {
        wizard.change.run(choices.get_untracked().with_policy(name));
    });
    let number = Memo::new(move |_| fitting.with(Vec::len));
    let chosen = Memo::new(move |_| choices.with(|choices| known.policy(choices)));
    // A reload, or a renewed sign-in, goes on with the policy that was being written.
    let draft = wizard.draft;
    let is_creating = RwSignal::new(draft.with_untracked(|draft| draft.policy.is_some()));
    let on_create = Callback::new(move |()| is_creating.set(true));
    let on_created = Callback::new(move |policy: BackupPolicy| {
        is_creating.set(false);
        let name = policy.name.clone();
        known.policies.data.update(|policies| {
            let policies = policies.get_or_insert_default();
            policies.retain(|known| known.id != policy.id);
            policies.push(policy);
            policies.sort_by(|one, other| one.name.cmp(&other.name));
        });
        wizard.change.run(choices.get_untracked().with_policy(name));
    });
    let names = Signal::derive(move || {
        let policies = known.policies.data.get().unwrap_or_default();
        policies.into_iter().map(|policy| policy.name).collect::<Vec<_>>()
    });
    let editor = view_if(is_creating, move || {
        let (vault, kind) = choices.with_untracked(|choices| (choices.vault.clone(), choices.kind));
        let typed = draft.with_untracked(|draft| draft.policy.clone());
        let on_typed = Callback::new(move |policy| draft.update(|draft| draft.policy = Some(policy)));
        let on_close = Callback::new(move |()| {
            is_creating.set(false);
            draft.update(|draft| draft.policy = None);
        });
        vault
            .map(|vault| view! { <PolicyEditor vault kind taken=names typed on_typed on_created on_close /> })
            .into_any()
    });
    view! {
      <div class="wizard-columns">
       <section class="wizard-block">
        {view_of(move || {
            let number = number.get();
            let on_input = Callback::new(move |words| search.set(words));
            let field = (number >= SEARCHED_FROM)
                .then(|| view! { <SearchBox label="Search by name" value=search on_input /> });
            if number == 0 {
                return ().into_any();
            }
            view! {
                <div class="list-bar">
                    {field} <Button act=Act::CreatePolicy icon=IconName::Add on_click=on_create>"Create policy"</Button>
                </div>
            }
            .into_any()
        })}
        {view_of(move || {
            if number.get() > 0 {
                return view! { <PickList label="Backup policy" items=found picked on_pick /> }.into_any();
            }
            let kind = choices.with(|choices| choices.kind);
            view! {
                <EmptyState
                    icon=IconName::Calendar
                    title="No policy of this vault fits."
                    actions=move || {
                        view! {
                            <Button act=Act::CreatePolicy appearance=ButtonAppearance::Primary icon=IconName::Add on_click=on_create>
                                "Create policy"
                            </Button>
                        }
                    }
                >
                    {format!("A policy is for one datasource type, and none here is for {}.", kind_label(kind))}
                </EmptyState>
            }
            .into_any()
        })}
       </section>
       {view_of(move || match chosen.get() {
            Some(policy) => view! { <Chosen policy /> }.into_any(),
            None => ().into_any(),
       })}
      </div>
      {editor}
    }
}

/// What is in the policy that is picked.
#[component]
fn Chosen(policy: BackupPolicy) -> impl IntoView {
    let label = format!("Policy {}", policy.name);
    view! {
        <section class="wizard-aside" aria-label=label>
            <h3>{policy.name}</h3>
            <PolicyDetails rules=Signal::stored(policy.rules) />
        </section>
    }
}

fn item(policy: &BackupPolicy) -> PickItem {
    PickItem {
        key: policy.name.clone(),
        name: policy.name.clone(),
        note: policy_words::in_one_line(&policy.rules),
        why_not: None,
        link: None,
    }
}

//! The wizard: Basics, Backup policy, Datasources, Review + configure.
//!
//! What is chosen is in the URL (`state.rs`), what is not in the tab's storage (`draft.rs`); what Azure has to choose
//! from is read here (`known.rs`), so that no step reads it anew.

mod candidates;
mod checks;
mod draft;
mod known;
mod look;
mod picker;
mod review;
mod review_row;
mod row;
mod source_row;
mod stage;
mod state;
mod step_basics;
mod step_datasources;
mod step_heading;
mod step_policy;
mod step_review;
mod verdict;

use arm_client::data_protection::DatasourceKind;

use crate::{
    components::{Crumb, LeaveQuestion, MenuPage, MenuState, PageHeader, PageMain, ResourceMenu},
    hooks::{use_leaving, use_rights},
    location::{link, use_query_pairs, with_query},
    prelude::*,
    rights::Act,
    routes,
    session::use_session,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{text_of, view_of},
        icon::IconName,
        icon_button::IconButton,
        live_region::announce,
        stepper::{StepItem, Stepper},
    },
};

use checks::Checks;
use draft::{DRAFTS, Draft};
use known::Known;
use review::Review;
use state::{Choices, Step};

/// What is chosen, and what there is to choose from.
#[derive(Clone, Copy)]
pub struct Base {
    /// What is chosen.
    choices: Memo<Choices>,
    /// What the URL does not say.
    draft: RwSignal<Draft>,
    /// What there is to choose from.
    known: Known,
}

/// What the steps share.
#[derive(Clone, Copy)]
pub struct Wizard {
    /// What is chosen.
    choices: Memo<Choices>,
    /// Chooses something else, in place of what the URL says.
    change: Callback<Choices>,
    /// What the URL does not say.
    draft: RwSignal<Draft>,
    /// What there is to choose from.
    known: Known,
    /// The datasources of the list, and what is known of each.
    checks: Checks,
    /// How far each of them is on its way under the vault.
    review: Review,
    /// Whether a step has been shown already.
    has_moved: RwSignal<bool>,
}

/// The wizard.
#[component]
pub fn Wizard() -> impl IntoView {
    let (pairs, set_pairs) = use_query_pairs();
    let choices = Memo::new(move |_| pairs.with(|pairs| Choices::from_query(pairs)));
    let account = use_session().account().get_untracked();
    let account = StoredValue::new(account.map(|account| account.object_id).unwrap_or_default());
    let draft = use_draft(choices, account);
    let base = Base {
        choices,
        draft,
        known: Known::read(choices),
    };
    use_rights(&[Act::Protect, Act::CreatePolicy, Act::ChangeVault], move || {
        choices.with(|choices| choices.vault.clone())
    });
    let checks = Checks::of(base);
    let wizard = Wizard {
        choices,
        change: Callback::new(move |choices: Choices| set_pairs.run((choices.to_query(), false))),
        draft,
        known: base.known,
        checks,
        review: Review::of(base, checks),
        has_moved: RwSignal::new(false),
    };
    let go = Callback::new(move |step: Step| {
        set_pairs.run((choices.get_untracked().at(step).to_query(), true));
    });
    let is_dirty = Signal::derive(move || draft.with(Draft::is_dirty) && !wizard.review.is_begun());
    let leaving = use_leaving("/protect", is_dirty);
    expect_context::<MenuState>().take_away_until_cleanup();

    let opened = draft.with_untracked(|draft| Choices::from_query(&draft.opened));
    let way_out = StoredValue::new(way_out(&opened));
    let on_cancel = Callback::new(move |()| {
        let path = way_out.with_value(|crumbs| crumbs.last().map(|(_, path)| link(path)));
        leaving.to.run(path.unwrap_or_default());
    });
    let crumbs = way_out.with_value(|crumbs| {
        let crumb = |(label, path): &(String, String)| Crumb {
            label: label.clone(),
            path: path.clone(),
        };
        crumbs.iter().map(crumb).collect::<Vec<_>>()
    });
    let step = Memo::new(move |_| choices.with(Choices::shown));
    let close = move || view! { <IconButton icon=IconName::Dismiss label="Close" on_click=on_cancel /> };
    view! {
        <PageHeader
            name="Configure protection"
            subtitle=Signal::derive(move || subtitle(wizard))
            icon=IconName::Shield
            crumbs
            end=close
        />
        <ResourceMenu current=MenuPage::Vaults server=None />
        <nav class="commands wizard-steps" id="commands" aria-label="Steps">
            <Stepper steps=Signal::derive(move || step_items(wizard, step.get())) />
        </nav>
        <PageMain>
            {view_of(move || match step.get() {
                Step::Basics => view! { <step_basics::Basics wizard /> }.into_any(),
                Step::Policy => view! { <step_policy::Policy wizard /> }.into_any(),
                Step::Datasources => view! { <step_datasources::Datasources wizard /> }.into_any(),
                Step::Review => view! { <step_review::Review wizard /> }.into_any(),
            })}
        </PageMain>
        <Footer wizard step go on_cancel />
        <LeaveQuestion is_asking=leaving.is_asking on_leave=leaving.leave />
    }
}

/// *Previous*, *Next*, *Cancel*.
#[component]
fn Footer(wizard: Wizard, step: Memo<Step>, go: Callback<Step>, on_cancel: Callback<()>) -> impl IntoView {
    let reason = Signal::derive(move || reason_not_to_go_on(wizard, step.get()));
    let previous = move || {
        view_of(move || match step.get().previous() {
            Some(previous) => {
                let back = Callback::new(move |()| go.run(previous));
                view! { <Button on_click=back>"Previous"</Button> }.into_any()
            }
            None => ().into_any(),
        })
    };
    let next = move || {
        view_of(move || match step.get().next() {
            Some(next) => {
                let on_click = Callback::new(move |()| {
                    go.run(next);
                    announce(
                        &format!("Step {} of 4: {}.", next as usize + 1, next.label()),
                        false,
                    );
                });
                view! {
                    <Button appearance=ButtonAppearance::Primary disabled_reason=reason on_click>
                        {format!("Next : {}", next.label())}
                    </Button>
                }
                .into_any()
            }
            None => view! { <step_review::ReviewButtons wizard reason /> }.into_any(),
        })
    };
    // What has begun is not cancelled by leaving.
    let cancel = move || {
        if wizard.review.is_begun() {
            "Close"
        } else {
            "Cancel"
        }
        .to_owned()
    };
    view! {
        <footer class="wizard-footer" id="footer" aria-label="Wizard">
            {previous()}
            {next()}
            <Button appearance=ButtonAppearance::Subtle on_click=on_cancel>{text_of(cancel)}</Button>
            <p class="wizard-reason">{text_of(move || reason.get().unwrap_or_default())}</p>
        </footer>
    }
}

/// Why the step after this one cannot be opened; a link may have led past what is wrong in an earlier one.
fn reason_not_to_go_on(wizard: Wizard, step: Step) -> Option<String> {
    let is_reached = |of: Step| of <= step;
    let lacks = |step: Step| {
        wizard
            .choices
            .with(|choices| choices.lacks(step).map(str::to_owned))
    };
    lacks(step)
        .or_else(|| step_basics::reason(wizard))
        .or_else(|| step_policy::reason(wizard).filter(|_| is_reached(Step::Policy)))
        .or_else(|| match step {
            Step::Datasources => step_datasources::reason(wizard),
            Step::Review => wizard.review.reason(),
            Step::Basics | Step::Policy => None,
        })
}

/// The draft of this account, which follows what is chosen.
fn use_draft(choices: Memo<Choices>, account: StoredValue<String>) -> RwSignal<Draft> {
    let query = choices.with_untracked(Choices::to_query);
    let kept = account.with_value(|account| DRAFTS.kept(account));
    let draft = RwSignal::new(Draft::going_on(kept, query));
    Effect::new(move |_| {
        let query = choices.with(Choices::to_query);
        if draft.with_untracked(|draft| draft.last != query) {
            draft.update(|draft| draft.last = query);
        }
    });
    Effect::new(move |_| {
        draft.with(|draft| account.with_value(|account| DRAFTS.keep(account, draft)));
    });
    on_cleanup(move || {
        account.try_with_value(|account| DRAFTS.forget(account));
    });
    draft
}

fn step_items(wizard: Wizard, current: Step) -> Vec<StepItem> {
    let choices = wizard.choices.get();
    // A later step opens only by *Next*, which says what is lacking.
    let is_free = |step: Step| step <= current || reason_not_to_go_on(wizard, current).is_none();
    Step::ALL
        .into_iter()
        .map(|step| StepItem {
            label: step.label(),
            href: link(&with_query("/protect", choices.clone().at(step).to_query())),
            is_current: step == current,
            is_done: step < current,
            may_open: choices.may_open(step) && is_free(step),
        })
        .collect()
}

/// *Datasource type: … · Vault: bv-weu-prod · West Europe*.
fn subtitle(wizard: Wizard) -> String {
    let choices = wizard.choices.get();
    let kind = step_basics::kind_label(choices.kind);
    let vault = choices.vault.as_ref().map(|vault| {
        let location = wizard.known.location(&choices);
        let region = location.map(|location| format!(" · {}", Known::region(Some(&location))));
        format!(" · Vault: {}{}", vault.name(), region.unwrap_or_default())
    });
    format!("Datasource type: {kind}{}", vault.unwrap_or_default())
}

/// Where the wizard was opened from, outermost first: a server's page, a vault's, or the list of vaults.
fn way_out(choices: &Choices) -> Vec<(String, String)> {
    let vaults = ("Backup vaults".to_owned(), routes::vaults());
    match (&choices.vault, choices.sources.as_slice()) {
        (Some(vault), _) => vec![vaults, (vault.name().to_owned(), routes::vault(vault))],
        (None, [server]) if choices.kind == DatasourceKind::FlexibleServer => vec![
            ("Servers".to_owned(), routes::servers()),
            (server.name().to_owned(), routes::protection(server)),
        ],
        _ => vec![vaults],
    }
}

//! The *Create backup policy* pane.

use arm_client::data_protection::{BackupPolicy, DatasourceKind};
use arm_core::ResourceId;
use chrono::Weekday;
use leptos::html;

use super::{
    kept_field::{KeptField, KeptSignals},
    policy_details::PolicyPreview,
    policy_draft::{self, DAYS, Faults, Kept, PolicyDraft, TAGS, Unit},
    policy_words,
};
use crate::{
    components::{BELOW_A_PANE, Findings, LeaveQuestion, PaneButtons, Refusal},
    hooks::{rights, use_rested},
    prelude::*,
    problem::Problem,
    rights::Act,
    routes,
    services::use_services,
    stores::notifications::{Intent, Link, use_notifications},
    ui::{
        changing::{view_if, view_of},
        focus::focus,
        icon::{Icon, IconName},
        pane::Pane,
        text_field::TextField,
        unique_id::unique_id,
    },
};

/// What is typed.
#[derive(Clone, Copy)]
struct Form {
    name: RwSignal<String>,
    days: RwSignal<Vec<Weekday>>,
    time: RwSignal<String>,
    default: KeptSignals,
    tags: [(RwSignal<bool>, KeptSignals); 3],
}

impl Form {
    fn new(draft: &PolicyDraft) -> Self {
        // What is offered for a tag once it is chosen: weeks shorter than months shorter than years.
        let offered = [
            Kept::new(12, Unit::Weeks),
            Kept::new(12, Unit::Months),
            Kept::new(10, Unit::Years),
        ];
        Self {
            name: RwSignal::new(draft.name.clone()),
            days: RwSignal::new(draft.days.clone()),
            time: RwSignal::new(draft.time.clone()),
            default: KeptSignals::new(draft.default.clone()),
            tags: std::array::from_fn(|tag| {
                let kept = draft.tags[tag].clone();
                let is_on = RwSignal::new(kept.is_some());
                (
                    is_on,
                    KeptSignals::new(kept.unwrap_or_else(|| offered[tag].clone())),
                )
            }),
        }
    }

    fn draft(self) -> PolicyDraft {
        PolicyDraft {
            name: self.name.get(),
            days: self.days.get(),
            time: self.time.get(),
            default: self.default.get(),
            tags: self.tags.map(|(is_on, kept)| is_on.get().then(|| kept.get())),
        }
    }
}

/// Name, schedule and retention of a new policy, with the recovery points that come of it; *Create* makes it at once.
#[component]
pub fn PolicyEditor(
    /// The vault that gets it.
    vault: ResourceId,
    /// What it is for.
    kind: DatasourceKind,
    /// The names of the vault's policies.
    #[prop(into)]
    taken: Signal<Vec<String>>,
    /// What was typed before a reload, where it was kept.
    #[prop(optional_no_strip)]
    typed: Option<PolicyDraft>,
    /// Told of each change of what is typed.
    #[prop(optional)]
    on_typed: Option<Callback<PolicyDraft>>,
    /// Called with the policy once it is there.
    on_created: Callback<BackupPolicy>,
    /// Closes the pane.
    on_close: Callback<()>,
) -> impl IntoView {
    let services = use_services();
    let now = services.page_clock.now();
    let beginning = taken.with_untracked(|taken| {
        let draft = PolicyDraft::new("");
        PolicyDraft {
            name: policy_draft::suggest(&draft, taken),
            ..draft
        }
    });
    let form = Form::new(typed.as_ref().unwrap_or(&beginning));
    follow_with_the_name(form, taken);
    let draft = Memo::new(move |_| form.draft());
    if let Some(on_typed) = on_typed {
        Effect::watch(
            move || draft.get(),
            move |draft, _, _| on_typed.run(draft.clone()),
            false,
        );
    }
    let faults = Memo::new(move |_| taken.with(|taken| draft.with(|draft| draft.faults(taken))));
    let (rested, judge_now) = use_rested(form.name);
    let name_error = Signal::derive(move || {
        let judged = rested.with(|rested| form.name.with(|name| name == rested));
        faults.with(|faults| faults.name.clone()).filter(|_| judged)
    });
    let rules = Memo::new(move |_| draft.with(|draft| draft.rules(now)));
    let found = Memo::new(move |_| {
        rules.with(|rules| rules.as_ref().map(policy_draft::findings).unwrap_or_default())
    });

    let is_sending = RwSignal::new(false);
    let refusal = RwSignal::new(None::<Problem>);
    let name_field = NodeRef::<html::Input>::new();
    let (arm, clock) = (
        StoredValue::new_local(services.arm.clone()),
        StoredValue::new_local(services.page_clock.clone()),
    );
    let (vault, notifications) = (StoredValue::new(vault), use_notifications());
    let rights = rights();
    let create = Callback::new(move |()| {
        judge_now.run(());
        if rights.bars(Act::CreatePolicy) {
            return;
        }
        if faults.with_untracked(|faults| faults.name.is_some()) {
            if let Some(field) = name_field.get_untracked() {
                focus(&field);
            }
            return;
        }
        let Some(rules) = rules.get_untracked().filter(|_| !is_sending.get_untracked()) else {
            return;
        };
        is_sending.set(true);
        refusal.set(None);
        let (name, vault) = (form.name.get_untracked(), vault.get_value());
        let (service, clock) = (arm.get_value().data_protection(), clock.get_value());
        spawn_local(async move {
            match service.put_policy(&vault, &name, kind, &rules).await {
                Ok(policy) => {
                    let body = format!("'{}' in backup vault '{}'.", policy.name, vault.name());
                    let link = Link {
                        label: "Show backup vault",
                        path: routes::vault(&vault),
                    };
                    notifications.push(
                        Intent::Success,
                        "Backup policy created",
                        body,
                        Some(link),
                        clock.now(),
                    );
                    // The pane may be gone by now, and whom to tell with it.
                    if is_sending.try_set(false).is_none() {
                        on_created.run(policy);
                        on_close.run(());
                    }
                }
                Err(error) => {
                    refusal.try_set(Some(Problem::in_full(&error)));
                    is_sending.try_set(false);
                }
            }
        });
    });

    let beginning = StoredValue::new(beginning);
    let is_asking = RwSignal::new(false);
    let ask = Callback::new(move |()| {
        if is_sending.get_untracked() {
            return;
        }
        let is_changed = draft.with_untracked(|draft| beginning.with_value(|beginning| draft != beginning));
        if is_changed {
            is_asking.set(true);
        } else {
            on_close.run(());
        }
    });
    let reason_not_to = Signal::derive(move || faults.with(first_fault));
    let reason_not_to = rights.reason_or(Act::CreatePolicy, reason_not_to);
    let refused = move || {
        view_of(move || match refusal.get() {
            Some(problem) => view! { <Refusal title="The policy was not created" problem /> }.into_any(),
            None => ().into_any(),
        })
    };
    let has_rules = Memo::new(move |_| rules.with(Option::is_some));
    let shown = Signal::derive(move || rules.get().unwrap_or_default());
    view! {
        <Pane
            title="Create backup policy"
            on_close=ask
            on_submit=create
            inert=BELOW_A_PANE
            footer=move || {
                view! {
                    <PaneButtons
                        act="Create"
                        on_act=create
                        busy=is_sending.into()
                        reason_not_to
                        on_cancel=ask
                    />
                }
            }
        >
            <TextField
                label="Policy name"
                value=form.name
                required=true
                hint="Letters, digits and hyphens. It cannot be changed later."
                error=name_error
                max_length=150_usize
                node_ref=name_field
            />
            {refused()}
            {schedule(form, faults)}
            <Findings label="Checks of the policy" findings=found on_fix=Callback::new(|_| ()) />
            {retention(form, faults)}
            {view_if(has_rules, move || view! { <PolicyPreview rules=shown /> }.into_any())}
        </Pane>
        <LeaveQuestion is_asking on_leave=on_close />
    }
}

/// The name says day and time for as long as nobody has written another one.
fn follow_with_the_name(form: Form, taken: Signal<Vec<String>>) {
    let draft = untrack(|| form.draft());
    let suggested = StoredValue::new(taken.with_untracked(|taken| policy_draft::suggest(&draft, taken)));
    Effect::watch(
        move || (form.days.get(), form.time.get()),
        move |_, _, _| {
            let is_ours = form
                .name
                .with_untracked(|name| suggested.with_value(|suggested| name == suggested));
            if is_ours {
                let draft = untrack(|| form.draft());
                let name = taken.with_untracked(|taken| policy_draft::suggest(&draft, taken));
                suggested.set_value(name.clone());
                form.name.set(name);
            }
        },
        false,
    );
}

fn first_fault(faults: &Faults) -> Option<String> {
    let of_tags = faults.tags.iter().copied().flatten().next();
    let others = faults.days.or(faults.time).or(faults.default).or(of_tags);
    faults.name.clone().or_else(|| others.map(str::to_owned))
}

fn schedule(form: Form, faults: Memo<Faults>) -> AnyView {
    let days = DAYS.map(|day| {
        let is_chosen = move || form.days.with(|days| days.contains(&day));
        let choose = move |event| {
            let is_chosen = event_target_checked(&event);
            form.days.update(|days| {
                days.retain(|known| *known != day);
                if is_chosen {
                    days.push(day);
                }
                days.sort_by_key(Weekday::num_days_from_sunday);
            });
        };
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=is_chosen on:change=choose />
                {policy_words::day(day)}
            </label>
        }
    });
    let time = unique_id("time");
    let below = StoredValue::new(format!("{time}-below"));
    let fault = move || faults.with(|faults| faults.days.or(faults.time));
    let said = view_of(move || {
        match fault() {
        Some(fault) => view! {
            <p class="field-error" id=below.get_value()><Icon name=IconName::DismissCircle size=16 />{fault}</p>
        }
        .into_any(),
        None => view! {
            <p class="field-hint" id=below.get_value()>"The first backup is on the next such day, tomorrow at the earliest."</p>
        }
        .into_any(),
    }
    });
    view! {
        <fieldset class="policy-part" aria-describedby=below.get_value()>
            <legend class="policy-legend">"Weekly, on"</legend>
            <div class="checks">{days.into_iter().collect_view()}</div>
            <div class="field field-date">
                <label class="field-label" for=time.clone()>"Time (UTC)"</label>
                <div class="field-box">
                    <input
                        class="field-input"
                        id=time
                        type="time"
                        prop:value=move || form.time.get()
                        on:input=move |event| form.time.set(event_target_value(&event))
                    />
                </div>
            </div>
            <div class="field-below"><div class="field-messages">{said}</div></div>
        </fieldset>
    }
    .into_any()
}

fn retention(form: Form, faults: Memo<Faults>) -> AnyView {
    let tags = TAGS.iter().zip(form.tags).enumerate();
    let tags = tags.map(|(index, (tag, (is_on, kept)))| {
        let (name, _, which) = *tag;
        let error = Signal::derive(move || faults.with(|faults| faults.tags[index]));
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || is_on.get()
                    on:change=move |event| is_on.set(event_target_checked(&event))
                />
                {format!("Keep {which} longer")}
            </label>
            {view_if(is_on, move || {
                view! { <KeptField label=format!("Keep those for (tag {name})") kept error /> }.into_any()
            })}
        }
    });
    let error = Signal::derive(move || faults.with(|faults| faults.default));
    view! {
        <fieldset class="policy-part">
            <legend class="policy-legend">"Retention"</legend>
            <KeptField label="Keep backups for" kept=form.default error />
            {tags.collect_view()}
            <p class="caption">"A backup that more than one tag means gets the strongest: yearly, then monthly, then weekly."</p>
        </fieldset>
    }
    .into_any()
}

//! The *Backup now* pane.

use arm_client::data_protection::{BackupPolicy, PolicyRules};
use arm_core::Timestamp;

use super::{
    Page,
    acting::{reason, use_acting},
    allowed::Command,
    choice::Choice,
};
use crate::{
    components::{BELOW_A_PANE, PaneButtons},
    prelude::*,
    problem::Problem,
    protection_words,
    services::use_services,
    stores::operations::{Act, OperationState, ProtectionKind, ProtectionRequest, use_operations},
    text,
    ui::{changing::view_of, pane::Pane},
};

/// How long a backup is taken to run of which nobody knows whether it has begun.
const MAY_RUN: chrono::TimeDelta = chrono::TimeDelta::minutes(20);

/// The retention tag is chosen; *Back up* asks for the backup, and the pane closes once Azure has taken the request.
#[component]
pub fn BackupNow(page: Page, on_close: Callback<()>) -> impl IntoView {
    let now = use_services().page_clock.now();
    let acting = use_acting(on_close);
    let policy = use_policy(page);
    let tag = RwSignal::new(String::new());
    // The policy may come after the pane, which is a link of its own.
    Effect::new(move |_| {
        let first = policy.with(|policy| policy.as_ref().and_then(|policy| default_tag(&policy.rules)));
        if let Some(first) = first.filter(|_| tag.with_untracked(String::is_empty)) {
            tag.set(first);
        }
    });
    let operations = use_operations();
    let is_running = Memo::new(move |_| {
        let mut unfinished = operations.unfinished_on(&page.id.get_value()).into_iter();
        unfinished.any(|operation| {
            let is_backup = matches!(
                operation.act,
                Act::Protection {
                    kind: ProtectionKind::BackUp,
                    ..
                }
            );
            // One of which nothing is known is in the way for as long as it would run, and no longer.
            let may_run = match operation.progress {
                OperationState::Running { .. } => true,
                OperationState::Unknown => now - operation.started < MAY_RUN,
                _ => false,
            };
            is_backup && may_run
        })
    });
    let reason_not_to = Signal::derive(move || {
        let running = || {
            let words = "A backup of this instance is being taken. Azure takes one at a time.";
            is_running.get().then(|| words.to_owned())
        };
        let no_rule = || match policy.with(Option::is_none) {
            true => {
                Some("Its policy has not been read, and the backup needs the name of its rule.".to_owned())
            }
            false => None,
        };
        reason(page, Command::BackUp).or_else(running).or_else(no_rule)
    });
    let on_act = Callback::new(move |()| {
        if let (Some(policy), None) = (policy.get_untracked(), reason_not_to.get_untracked()) {
            let tag = Some(tag.get_untracked()).filter(|tag| !tag.is_empty());
            let rule = policy.rules.rule;
            acting.ask(page.id.get_value(), ProtectionRequest::BackUp { rule, tag });
        }
    });
    let choices = move || {
        view_of(move || match policy.get() {
            Some(policy) => tags(&policy, now, tag),
            None => unread(page),
        })
    };
    view! {
        <Pane
            title="Backup now"
            on_close
            inert=BELOW_A_PANE
            footer=move || {
                view! { <PaneButtons act="Back up" on_act busy=acting.is_requesting reason_not_to on_cancel=on_close /> }
            }
        >
            <p>
                "A full backup now, beside those of the schedule. It becomes a job of the vault; you may close this tab meanwhile."
            </p>
            {choices()}
            {acting.refusal("The backup was not started")}
        </Pane>
    }
}

/// The instance's policy, once both have been read.
pub fn use_policy(page: Page) -> Memo<Option<BackupPolicy>> {
    Memo::new(move |_| {
        page.known.data.with(|known| {
            page.policies
                .data
                .with(|policies| known.as_ref()?.policy(policies.as_deref()?).cloned())
        })
    })
}

fn default_tag(rules: &PolicyRules) -> Option<String> {
    let default = rules.retentions.iter().find(|retention| retention.is_default);
    let retention = default.or(rules.retentions.first())?;
    Some(retention.tag.clone())
}

/// The retention rules of the policy, each with how long a backup of today is kept by it.
fn tags(policy: &BackupPolicy, now: Timestamp, chosen: RwSignal<String>) -> AnyView {
    let rules = &policy.rules;
    let choice = |tag: &str| {
        let until = rules.kept(tag).and_then(|kept| kept.after(now));
        let until = until
            .map(|until| format!(", until {}", text::long_date(until)))
            .unwrap_or_default();
        let more = format!("Kept {}{until}", protection_words::kept(rules, tag));
        let (value, name) = (tag.to_owned(), tag.to_owned());
        view! { <Choice group="retention-tag" value name more=Signal::stored(more) chosen /> }
    };
    let choices = rules
        .retentions
        .iter()
        .map(|retention| choice(&retention.tag))
        .collect_view();
    view! {
        <fieldset class="choices">
            <legend>"Retention tag"</legend>
            {choices}
        </fieldset>
        <dl class="pane-facts">
            <div><dt>"Backup policy"</dt><dd>{policy.name.clone()}</dd></div>
            <div><dt>"Backup rule"</dt><dd>{rules.rule.clone()}</dd></div>
        </dl>
    }
    .into_any()
}

/// That the policy is not there, and why.
pub fn unread(page: Page) -> AnyView {
    let problem = page
        .policies
        .problem
        .with(|error| error.as_ref().map(Problem::from));
    let is_read = page.policies.data.with(Option::is_some);
    let words = match problem {
        Some(problem) => format!("The policies of the vault could not be read. {}", problem.reason),
        None if is_read => "The vault has no policy of the name that the instance has.".to_owned(),
        None => "The policies of the vault are being read.".to_owned(),
    };
    view! { <p>{words}</p> }.into_any()
}

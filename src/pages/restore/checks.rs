//! What stands in the way of the target, as far as it is known before Azure is asked.

use arm_client::storage::{RestoreTargetFacts, TargetSeverity, judge_restore_target};

use super::form::Form;
use crate::{
    prelude::*,
    services::use_services,
    ui::{
        changing::view_of,
        message_bar::{MessageBar, MessageIntent},
    },
};

/// What was found.
#[component]
pub fn Checks(form: Form, blocks: RwSignal<bool>) -> impl IntoView {
    let clock = StoredValue::new_local(use_services().page_clock.clone());
    let found = Memo::new(move |_| {
        let prefix = form.prefix.get();
        let place = form.place.get().ok();
        form.known.vault.data.with(|vault| {
            let (vault, account) = (vault.as_ref()?, form.chosen_account.get()?);
            Some(judge_restore_target(&RestoreTargetFacts {
                vault,
                account: &account,
                container: place
                    .as_ref()
                    .map(|place| place.container.as_str())
                    .unwrap_or_default(),
                container_exists: None,
                missing_roles: None,
                prefix: &prefix,
                prefix_is_taken: None,
                last_restore: None,
                now: clock.with_value(|clock| clock.now()),
            }))
        })
    });
    Effect::new(move |_| {
        let is_blocked = found.with(|found| {
            let mut found = found.iter().flatten();
            found.any(|finding| finding.severity == TargetSeverity::Blocks)
        });
        blocks.set(is_blocked);
    });
    view_of(move || {
        let bar = |finding: arm_client::storage::TargetFinding| {
            let intent = match finding.severity {
                TargetSeverity::Blocks => MessageIntent::Error,
                TargetSeverity::Warns => MessageIntent::Warning,
                TargetSeverity::Unknown => MessageIntent::Neutral,
            };
            view! { <MessageBar intent stacked=true title=finding.what><p>{finding.why}</p></MessageBar> }
        };
        let found = found.get().unwrap_or_default();
        found.into_iter().map(bar).collect_view().into_any()
    })
}

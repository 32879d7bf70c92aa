//! Findings on a page: what stands in the way, what it rests on, what can be done.

use crate::{
    findings::{Finding, Fix, FixAct, Severity},
    hooks::rights,
    location::link,
    prelude::*,
    ui::{
        button::Button,
        changing::view_of,
        message_bar::{MessageBar, MessageIntent},
        names::with_names,
    },
};

/// All findings of an act, in their order.
#[component]
pub fn Findings(
    /// What was looked at, for screen readers: `Checks before the backup`.
    label: &'static str,
    /// The findings as they are now.
    findings: Memo<Vec<Finding>>,
    /// Called with what a finding's button asks the page for.
    on_fix: Callback<FixAct>,
) -> impl IntoView {
    view_of(move || {
        let findings = findings.get();
        if findings.is_empty() {
            return ().into_any();
        }
        let bars = findings
            .into_iter()
            .map(|finding| bar(finding, on_fix))
            .collect_view();
        view! { <div class="findings" role="group" aria-label=label>{bars}</div> }.into_any()
    })
}

fn bar(finding: Finding, on_fix: Callback<FixAct>) -> AnyView {
    let intent = match finding.severity {
        Severity::Blocks => MessageIntent::Error,
        Severity::Warns => MessageIntent::Warning,
        Severity::Info => MessageIntent::Neutral,
        Severity::Mended => MessageIntent::Ok,
    };
    let fix = finding.fix;
    let evidence = finding.evidence.map(|evidence| {
        view! { <p class="message-evidence">"Evidence: " {with_names(&evidence)}</p> }
    });
    view! {
        <MessageBar intent stacked=true title=finding.title actions=move || fix.map(|fix| fixing(fix, on_fix))>
            <p>{with_names(&finding.consequence)}</p>
            {evidence}
        </MessageBar>
    }
    .into_any()
}

fn fixing(fix: Fix, on_fix: Callback<FixAct>) -> AnyView {
    match fix {
        Fix::Link { label, path } => {
            view! { <a class="button button-default button-small" href=link(&path)>{label}</a> }.into_any()
        }
        Fix::Button { label, act } => {
            let on_click = Callback::new(move |()| on_fix.run(act));
            match act.changes() {
                // What is not offered here is not offered as a way out either.
                Some(act) if !rights().offers(act) => ().into_any(),
                Some(act) => view! { <Button act small=true on_click>{label}</Button> }.into_any(),
                None => view! { <Button small=true on_click>{label}</Button> }.into_any(),
            }
        }
    }
}

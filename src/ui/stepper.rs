//! The steps of a wizard.

use crate::prelude::*;

use super::changing::view_of;
use super::icon::{Icon, IconName};

/// One step as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepItem {
    /// Its name.
    pub label: &'static str,
    /// Where it is.
    pub href: String,
    /// Whether it is the one that is shown.
    pub is_current: bool,
    /// Whether it comes before that one.
    pub is_done: bool,
    /// Whether it can be opened.
    pub may_open: bool,
}

/// The steps in their order. Those that can be opened are links, the present one is marked.
#[component]
pub fn Stepper(
    /// The steps.
    #[prop(into)]
    steps: Signal<Vec<StepItem>>,
) -> impl IntoView {
    view_of(move || {
        let steps = steps.get().into_iter().enumerate();
        view! { <ol class="stepper" role="list">{steps.map(|(index, step)| item(index + 1, step)).collect_view()}</ol> }
            .into_any()
    })
}

fn item(number: usize, step: StepItem) -> AnyView {
    let class = match (step.is_current, step.is_done) {
        (true, _) => "step step-current",
        (false, true) => "step step-done",
        (false, false) => "step",
    };
    let circle = if step.is_done && !step.is_current {
        view! { <span class="step-circle"><Icon name=IconName::Checkmark size=16 /></span> }.into_any()
    } else {
        view! { <span class="step-circle" aria-hidden="true">{number}</span> }.into_any()
    };
    let done =
        (step.is_done && !step.is_current).then(|| view! { <span class="visually-hidden">", done"</span> });
    let label = view! { <span class="step-label">{step.label}{done}</span> };
    let inside = if step.may_open && !step.is_current {
        view! { <a class=class href=step.href>{circle} {label}</a> }.into_any()
    } else {
        let current = step.is_current.then_some("step");
        view! { <span class=class aria-current=current>{circle} {label}</span> }.into_any()
    };
    view! { <li>{inside}</li> }.into_any()
}

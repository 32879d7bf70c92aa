//! The heading of a step, which takes the focus when the step is opened.

use leptos::html;

use super::Wizard;
use crate::{prelude::*, ui::focus::focus};

/// The heading and what the step is about.
#[component]
pub fn StepHeading(wizard: Wizard, title: &'static str, children: Children) -> impl IntoView {
    let heading = NodeRef::<html::H2>::new();
    // Not the first one: on a page that was just loaded Tab begins at the top.
    let takes_focus = wizard.has_moved.get_untracked();
    wizard.has_moved.set(true);
    Effect::new(move |_| {
        if let Some(heading) = heading.get().filter(|_| takes_focus) {
            focus(&heading);
        }
    });
    view! {
        <div class="wizard-intro">
            <h2 class="wizard-heading" tabindex="-1" node_ref=heading>{title}</h2>
            <p>{children()}</p>
        </div>
    }
}

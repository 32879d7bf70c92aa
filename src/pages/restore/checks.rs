//! What stands in the way of the target, as far as it is known before Azure is asked.

use arm_client::data_protection::BackupVault;
use wasm_bindgen::JsCast as _;

use super::{ACCOUNT_FIELD, form::Form, prefix::judge_prefix, state::Given};
use crate::{
    components::storage::{Choose, FilesTarget, TargetFindings, Verdict},
    hooks::use_rested,
    prelude::*,
    ui::{changing::view_if, focus::focus},
};

/// What was found, and how it is mended in its place.
#[component]
pub fn Checks(
    form: Form,
    /// Whether something is certain to make the restore fail.
    is_blocked: RwSignal<bool>,
) -> impl IntoView {
    // Blobs are asked for by it: not for every letter.
    let (rested, _) = use_rested(form.prefix);
    let target = Memo::new(move |_| {
        let place = form.place.get().ok()?;
        let prefix = rested.get();
        Some(FilesTarget {
            account: place.account?,
            container: place.container.parse().ok()?,
            // One that is not to be sent is none.
            prefix: judge_prefix(&prefix).map(|()| prefix).unwrap_or_default(),
        })
    });
    let vault = form.known.vault.data;
    let is_any = Memo::new(move |_| target.with(Option::is_some) && vault.with(Option::is_some));
    let lacks_identity = Memo::new(move |_| {
        vault.with(|vault| vault.as_ref().is_some_and(|vault| vault.principal_id.is_none()))
    });
    let on_verdict = Callback::new(move |verdict| is_blocked.set(verdict == Verdict::Blocks));
    let on_vault = Callback::new(move |changed: BackupVault| vault.set(Some(changed)));
    let on_choose = Callback::new(move |choose| match choose {
        Choose::Account if form.given.get_untracked() == Given::Chosen => {
            let field = document().get_element_by_id(ACCOUNT_FIELD);
            if let Some(field) = field.and_then(|field| field.dyn_into().ok()) {
                focus(&field);
            }
        }
        Choose::Account => focus_field(form.address_field),
        Choose::Prefix => focus_field(form.prefix_field),
    });
    on_cleanup(move || {
        is_blocked.try_set(false);
    });
    let heading = Signal::derive(move || is_any.get() || lacks_identity.get());
    let instance = form.known.id;
    view! {
        <section
            class="restore-checks"
            aria-labelledby=move || heading.get().then_some("restore-checks")
        >
            {view_if(heading, || {
                view! { <h2 class="restore-heading" id="restore-checks">"Checks"</h2> }.into_any()
            })}
            <TargetFindings
                instance=instance.get_value()
                    vault
                target
                    on_verdict
                on_vault
                on_choose
            />
        </section>
    }
}

fn focus_field(field: NodeRef<leptos::html::Input>) {
    if let Some(field) = field.get_untracked() {
        focus(&field);
    }
}

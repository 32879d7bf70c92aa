//! All that a policy says, and which recovery points come of it.

use super::row::{rows, uses};
use crate::{
    components::{BELOW_A_PANE, CopyButton, protection::PolicyDetails},
    pages::vaults::vault::Vault,
    prelude::*,
    text,
    ui::{button::Button, changing::view_of, pane::Pane},
};

/// A pane beside the list.
#[component]
pub fn Details(vault: Vault, name: String, on_close: Callback<()>) -> impl IntoView {
    let title = name.clone();
    let policy = Memo::new(move |_| {
        let reading = vault.policies.get()?;
        reading.data.with(|policies| {
            let policies = policies.as_ref()?;
            let found = policies
                .iter()
                .find(|policy| policy.name.eq_ignore_ascii_case(&name));
            Some(found.cloned())
        })
    });
    let content = move || {
        view_of(move || match policy.get() {
            Some(Some(policy)) => {
                let kinds = rows(std::slice::from_ref(&policy))
                    .pop()
                    .map(|row| row.kinds)
                    .unwrap_or_default();
                let id = policy.id.as_str().to_owned();
                let used = vault
                    .instances
                    .data
                    .with_untracked(|instances| instances.as_ref().map(|instances| uses(instances, &id)));
                let used = match used {
                    Some(0) => "Nothing".to_owned(),
                    Some(number) => text::count(number, "instance"),
                    None => "Unknown".to_owned(),
                };
                view! {
                    <dl class="pane-facts">
                        <div><dt>"Datasource type"</dt><dd>{kinds}</dd></div>
                        <div><dt>"Used by"</dt><dd>{used}</dd></div>
                    </dl>
                    <PolicyDetails rules=Signal::stored(policy.rules.clone()) since=None />
                    <p class="backup-id">
                        <span class="caption">"Resource ID"</span>
                        <code>{id.clone()}</code>
                        <CopyButton label="Copy resource ID" text=id small=true />
                    </p>
                }
                .into_any()
            }
            Some(None) => {
                view! { <p>"This vault has no such policy. It was deleted, or the link is wrong."</p> }
                    .into_any()
            }
            None => view! { <p>"The list of policies was not read yet."</p> }.into_any(),
        })
    };
    view! {
        <Pane
            title=Signal::derive(move || title.clone())
            on_close
            inert=BELOW_A_PANE
            footer=move || view! { <Button on_click=on_close>"Close"</Button> }
        >
            {content()}
        </Pane>
    }
}

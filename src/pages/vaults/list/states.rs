//! What stands in the place of the list, or above it, when not all is as it should be.

use super::Vaults;
use crate::{
    prelude::*,
    rights::Act,
    text,
    ui::{
        button::{Button, ButtonAppearance},
        empty_state::EmptyState,
        icon::IconName,
    },
};

/// There are vaults, and the filters hide all of them.
#[component]
pub fn NoMatch(on_clear: Callback<()>) -> impl IntoView {
    view! {
        <EmptyState
            icon=IconName::Filter
            title="No vault matches these filters."
            actions=move || view! { <Button on_click=on_clear>"Clear filters"</Button> }
        >
            "Other vaults are hidden."
        </EmptyState>
    }
}

/// All was read, and there is none.
#[component]
pub fn NoVault(vaults: Vaults, on_create: Callback<()>) -> impl IntoView {
    let listed = vaults
        .coverage
        .with_untracked(|coverage| coverage.listed.as_ref().map(Vec::len));
    let read = match listed {
        Some(number) => format!(
            "{} you may read, without a vault.",
            text::count(number, "subscription")
        ),
        None => "None of the subscriptions you may read has one.".to_owned(),
    };
    view! {
        <EmptyState
            icon=IconName::Vault
            title="No backup vault"
            actions=move || {
                view! {
                    <Button act=Act::CreateVault appearance=ButtonAppearance::Primary icon=IconName::Add on_click=on_create>
                        "Create vault"
                    </Button>
                    <Button on_click=vaults.reading.again>"Refresh"</Button>
                }
            }
        >
            {read}
            " A backup vault keeps long-lived copies of servers and databases outside of them, in the same region. A new vault can take some minutes to appear."
        </EmptyState>
    }
}

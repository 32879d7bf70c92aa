//! A vault that is not there.

use super::Vault;
use crate::{
    components::ProblemDetails,
    location::link,
    prelude::*,
    problem::Problem,
    routes,
    ui::{
        button::Button,
        empty_state::{EmptyReason, EmptyState},
        icon::IconName,
    },
};

/// That there is no such vault, and the way to those that are.
#[component]
pub fn Gone(vault: Vault) -> impl IntoView {
    let details = vault.details;
    let problem = details
        .problem
        .with_untracked(|error| error.as_ref().map(Problem::in_full));
    let (name, group) = vault.id.with_value(|id| {
        (
            id.name().to_owned(),
            id.resource_group().unwrap_or_default().to_owned(),
        )
    });
    view! {
        <EmptyState
            icon=IconName::Vault
            reason=EmptyReason::Failed
            title="There is no such backup vault"
            actions=move || {
                view! {
                    <a class="button button-primary" href=link(&routes::vaults())>"All backup vaults"</a>
                    <Button icon=IconName::ArrowClockwise on_click=details.again>"Check again"</Button>
                }
            }
            note=move || problem.map(|problem| view! { <ProblemDetails problem /> })
        >
            "The resource group " <strong class="name">{group}</strong> " has no backup vault "
            <strong class="name">{name}</strong>
            ". It was deleted or moved, or the link is wrong. A vault that was made just now can take a minute to appear."
        </EmptyState>
    }
}

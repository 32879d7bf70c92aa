//! Tables and what stands in their place.

use super::{Exhibit, LONG};
use crate::{
    prelude::*,
    ui::{
        badge::Badge,
        button::{Button, ButtonAppearance},
        empty_state::{EmptyReason, EmptyState},
        icon::IconName,
        progress::ProgressBar,
        sort_header::{SortDirection, SortHeader},
    },
};

#[component]
pub fn Lists() -> impl IntoView {
    let nothing = Callback::new(|()| ());
    let direction = RwSignal::new(Some(SortDirection::Ascending));
    let turn = Callback::new(move |()| {
        direction.update(|direction| *direction = direction.map(SortDirection::reversed))
    });
    let row = move |name: &'static str| {
        view! {
            <tr>
                <td class="cell-name"><a class="ellipsis" href="#row" title=name>{name}</a></td>
                <td data-label="Type"><Badge>"Automatic"</Badge></td>
                <td class="cell-actions">
                    <Button appearance=ButtonAppearance::Subtle small=true icon=IconName::Delete on_click=nothing>"Delete"</Button>
                </td>
            </tr>
        }
    };
    view! {
        <Exhibit name="Table">
            <div class="table-card">
                <table class="table table-cards">
                    <caption class="visually-hidden">"Backups of the gallery"</caption>
                    <thead>
                        <tr>
                            <SortHeader label="Name" direction on_sort=turn />
                            <SortHeader label="Type" direction=None on_sort=nothing />
                            <th scope="col">"Actions"</th>
                        </tr>
                    </thead>
                    <tbody>
                        <tr class="row-live">
                            <td class="cell-name">"ondemandbackup-20260312T093812"</td>
                            <td data-label="Type"><Badge brand=true>"On-demand"</Badge></td>
                            <td><ProgressBar label="Being taken" thin=true /></td>
                        </tr>
                        {row("backup_639088784468853571")}
                        {row(LONG)}
                    </tbody>
                </table>
            </div>
        </Exhibit>
        <Exhibit name="Empty state">
            <EmptyState icon=IconName::Database title="No backup yet">"The first one is taken within a day."</EmptyState>
            <EmptyState
                icon=IconName::LockClosed
                reason=EmptyReason::NoAccess
                title="You may not read the list of backups"
                actions=move || view! { <Button on_click=nothing>"Copy a request for access"</Button> }
            >
                "Your roles lack the action "<code>"Microsoft.DBforPostgreSQL/flexibleServers/backups/read"</code>"."
            </EmptyState>
            <EmptyState
                icon=IconName::DismissCircle
                reason=EmptyReason::Failed
                title="The list of backups could not be read"
                actions=move || view! { <Button on_click=nothing>"Try again"</Button> }
                note=|| "Request id 8f3e…c6d1"
            >
                "Azure answered 503 Service Unavailable."
            </EmptyState>
        </Exhibit>
    }
}

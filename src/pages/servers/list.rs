//! All flexible servers that the user may see, of all subscriptions.

use arm_client::ServerSummary;
use leptos::prelude::*;

use crate::{
    components::{
        CommandBar, MenuPage, PageHeader, PageMain, ReadAt, ReadingView, ResourceMenu, ServerStateView,
    },
    hooks::use_reading,
    location::link,
    routes,
    services::use_arm,
    text,
    ui::{
        button::{Button, ButtonAppearance},
        changing::view_of,
        empty_state::EmptyState,
        icon::IconName,
    },
};

/// The page.
#[component]
pub fn ServersPage() -> impl IntoView {
    let arm = use_arm();
    // They come in the order of their names.
    let reading = use_reading(move || {
        let arm = arm.clone();
        async move { arm.resource_graph().flexible_servers().await }
    });
    let subtitle = Signal::derive(move || {
        reading.data.with(|servers| {
            servers
                .as_ref()
                .map(|servers| summary(servers))
                .unwrap_or_default()
        })
    });
    view! {
        <PageHeader name="Servers" subtitle icon=IconName::Database />
        <ResourceMenu current=MenuPage::Servers server=None />
        <CommandBar>
            <Button
                appearance=ButtonAppearance::Subtle
                icon=IconName::ArrowClockwise
                busy=reading.is_loading
                on_click=reading.again
            >
                "Refresh"
            </Button>
        </CommandBar>
        <PageMain>
            <div class="list-bar">
                <span class="list-count"><ReadAt reading /></span>
            </div>
            <ReadingView reading what="list of servers" view=Callback::new(servers_view) />
        </PageMain>
    }
}

fn servers_view(servers: Signal<Vec<ServerSummary>>) -> AnyView {
    view_of(move || {
        if servers.with(Vec::is_empty) {
            return view! {
                <EmptyState icon=IconName::Database title="No flexible server">
                    "None of the subscriptions you may read has an Azure Database for PostgreSQL flexible server. \
                     If you expect one, ask an owner of its subscription for the role Reader."
                </EmptyState>
            }
            .into_any();
        }
        let rows = servers
            .get()
            .into_iter()
            .map(|server| view! { <ServerRow server /> })
            .collect_view();
        view! {
            <div class="table-card">
                <table class="table table-cards">
                    <caption class="visually-hidden">"Flexible servers"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Name"</th>
                            <th scope="col">"State"</th>
                            <th scope="col">"Resource group"</th>
                            <th scope="col" class="cell-secondary">"Location"</th>
                            <th scope="col" class="cell-secondary">"Version"</th>
                            <th scope="col" class="cell-optional">"Backup retention"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    })
}

#[component]
fn ServerRow(server: ServerSummary) -> impl IntoView {
    let unknown = || "Unknown".to_owned();
    let retention = server
        .backup_retention_days
        .map_or_else(unknown, |days| text::count(days as usize, "day"));
    view! {
        <tr>
            <td class="cell-name">
                <a class="ellipsis" href=link(&routes::backups(&server.id)) title=server.name.clone()>{server.name.clone()}</a>
            </td>
            <td data-label="State"><ServerStateView state=server.state /></td>
            <td data-label="Resource group">{server.resource_group}</td>
            <td class="cell-secondary" data-label="Location">{server.location.unwrap_or_else(unknown)}</td>
            <td class="cell-secondary" data-label="Version">{server.version.unwrap_or_else(unknown)}</td>
            <td class="cell-optional" data-label="Backup retention">{retention}</td>
        </tr>
    }
}

/// *12 flexible servers in 2 subscriptions*; of none the page says why.
fn summary(servers: &[ServerSummary]) -> String {
    if servers.is_empty() {
        return String::new();
    }
    // There are few subscriptions, and a set would weigh more than a kilobyte (decision 6).
    let mut subscriptions: Vec<&str> = Vec::new();
    for server in servers {
        let id = server.subscription_id.as_str();
        if !subscriptions.iter().any(|known| known.eq_ignore_ascii_case(id)) {
            subscriptions.push(id);
        }
    }
    let servers = text::count(servers.len(), "flexible server");
    format!(
        "{servers} in {}",
        text::count(subscriptions.len(), "subscription")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(subscription: &str, name: &str) -> ServerSummary {
        let id = format!(
            "/subscriptions/{subscription}/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/{name}"
        );
        let row = serde_json::json!({
            "id": id, "name": name, "resourceGroup": "rg", "subscriptionId": subscription
        });
        serde_json::from_value(row).expect("a row of Resource Graph")
    }

    #[test]
    fn the_subtitle_counts_servers_and_their_subscriptions_without_case() {
        let check = |servers: &[ServerSummary], expected: &str| {
            assert_eq!(summary(servers).replace('\u{a0}', " "), expected);
        };
        check(&[], "");
        check(&[server("a", "x")], "1 flexible server in 1 subscription");
        let many = [server("a", "x"), server("A", "y"), server("b", "z")];
        check(&many, "3 flexible servers in 2 subscriptions");
    }
}

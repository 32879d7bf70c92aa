//! Subscriptions, servers and backups are read.

use std::{collections::HashSet, time::Duration};

use arm_client::{BackupType, ServerState, ServerSummary, SubscriptionState};
use arm_core::Method;

use super::{Azure, PRODUCTION, orders, refusal, server};
use crate::support::block_on;

#[test]
fn subscriptions_tenants_and_resource_groups_are_listed() {
    let azure = Azure::new();
    let (subscriptions, tenants, groups) = block_on(async {
        let subscriptions = azure.client.subscriptions();
        (
            subscriptions.list().await.expect("subscriptions"),
            subscriptions.tenants().await.expect("tenants"),
            subscriptions
                .resource_groups(PRODUCTION)
                .await
                .expect("resource groups"),
        )
    });
    let mut names: Vec<_> = subscriptions
        .iter()
        .map(|subscription| subscription.shown_name())
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        ["Contoso Development", "Contoso Production", "Contoso Sandbox"]
    );
    assert!(
        subscriptions
            .iter()
            .all(|subscription| subscription.state == Some(SubscriptionState::Enabled)),
        "{subscriptions:?}"
    );
    assert_eq!(tenants[0].shown_name(), "Contoso");
    assert!(
        groups.iter().any(|group| group.name == "rg-commerce-prod"),
        "{groups:?}"
    );
    assert_eq!(azure.count(Method::Get), 3);
}

#[test]
fn servers_of_all_subscriptions_come_from_resource_graph() {
    let azure = Azure::new();
    let servers = block_on(azure.client.resource_graph().flexible_servers()).expect("servers");
    let names: Vec<_> = servers.iter().map(|server| server.name.as_str()).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(names, sorted, "by name");
    assert_eq!(names.len(), 10, "{names:?}");

    let orders = servers
        .iter()
        .find(|server| server.name == "pg-orders-prod")
        .expect("a server");
    assert_eq!(orders.state, Some(ServerState::Ready));
    assert_eq!(orders.tier.as_deref(), Some("GeneralPurpose"));
    assert_eq!(orders.version.as_deref(), Some("16"));
    assert_eq!(orders.backup_retention_days, Some(14));
    assert_eq!(orders.resource_group.to_lowercase(), "rg-commerce-prod");
    assert_eq!(orders.subscription_id, PRODUCTION);
    assert_eq!(azure.count(Method::Post), 1);
}

#[test]
fn the_pages_of_a_query_follow_its_skip_token() {
    let azure = Azure::new();
    azure.world.borrow_mut().switches().page_size = 4;
    let servers = block_on(azure.client.resource_graph().flexible_servers()).expect("servers");
    let names: HashSet<_> = servers.iter().map(|server| &server.name).collect();
    assert_eq!((servers.len(), names.len()), (10, 10), "each once: {names:?}");
    assert_eq!(azure.count(Method::Post), 3);
}

#[test]
fn a_replica_is_told_from_a_server_with_backups_of_its_own() {
    let azure = Azure::new();
    let servers = block_on(azure.client.resource_graph().flexible_servers()).expect("servers");
    let replicas = servers.iter().filter(|server| server.is_replica());
    assert_eq!(
        replicas.map(|server| server.name.as_str()).collect::<Vec<_>>(),
        ["pg-orders-ro-1"]
    );

    // The provider itself tells the same of a server.
    let told = block_on(azure.client.flexible_servers().get(&orders())).map(ServerSummary::from);
    let found = servers
        .iter()
        .find(|server| server.name == "pg-orders-prod")
        .cloned();
    let found = found.map(|found| ServerSummary {
        location: Some("West Europe".to_owned()),
        ..found
    });
    assert_eq!(told.ok(), found);
}

#[test]
fn an_empty_subscription_is_among_those_that_can_be_read() {
    let azure = Azure::new();
    let readable = block_on(azure.client.resource_graph().readable_subscriptions()).expect("subscriptions");
    assert_eq!(readable.len(), 3, "{readable:?}");
    assert!(
        readable.iter().any(|id| id.starts_with("33333333")),
        "{readable:?}"
    );
}

#[test]
fn who_repeats_by_himself_hears_at_once_how_long_to_wait() {
    let azure = Azure::new();
    azure.inject(Method::Get, "/backups", refusal(429, "TooMany", Some(17)), 1);
    let backups = azure.client.clone().sending_once().backups(&orders());
    let error = block_on(backups.list()).expect_err("a refusal");
    let wait = error.service_error().and_then(|service| service.retry_after);
    assert_eq!(wait, Some(Duration::from_secs(17)), "{error}");
    assert_eq!(
        (azure.count(Method::Get), azure.clock.elapsed()),
        (1, Duration::ZERO)
    );
}

#[test]
fn a_query_that_is_not_understood_keeps_the_reason() {
    let azure = Azure::new();
    let query = azure.client.resource_graph();
    let error = block_on(query.query::<serde_json::Value>("resources | parse x")).expect_err("a refusal");
    let service = error.service_error().expect("the service's words");
    assert_eq!(service.status, 400, "{error}");
    assert!(
        service.codes().any(|code| code == "InvalidQuery"),
        "{:?}",
        service.codes().collect::<Vec<_>>()
    );
}

#[test]
fn a_server_is_read_and_one_that_is_being_made_lacks_a_date() {
    let azure = Azure::new();
    let read = |id| block_on(azure.client.flexible_servers().get(&id)).expect("a server");
    let orders = read(orders());
    assert_eq!(orders.location.as_deref(), Some("West Europe"));
    assert_eq!(orders.state, Some(ServerState::Ready));
    assert_eq!(orders.storage_type, None, "Premium SSD is an empty text");
    assert!(orders.earliest_restore_date.is_some(), "{orders:?}");

    let new = read(server("rg-commerce-prod", "pg-loyalty-new"));
    assert_eq!(
        (new.state, new.earliest_restore_date),
        (Some(ServerState::Updating), None)
    );
}

#[test]
fn a_server_that_is_not_there_is_told_with_code_and_request_id() {
    let azure = Azure::new();
    let nowhere = server("rg-commerce-prod", "pg-nowhere");
    let error = block_on(azure.client.flexible_servers().get(&nowhere)).expect_err("a refusal");
    assert_eq!(error.code(), Some("ResourceNotFound"), "{error}");
    assert!(error.request_id().is_some_and(|id| !id.is_empty()), "{error:?}");
}

#[test]
fn backups_are_listed_over_all_pages() {
    let azure = Azure::new();
    azure.world.borrow_mut().switches().page_size = 5;
    let backups = block_on(azure.client.backups(&orders()).list()).expect("backups");
    let names: HashSet<_> = backups.iter().map(|backup| &backup.name).collect();
    assert_eq!((backups.len(), names.len()), (17, 17), "{names:?}");
    let on_demand = backups
        .iter()
        .filter(|backup| backup.backup_type == Some(BackupType::CustomerOnDemand));
    assert_eq!(on_demand.count(), 3);
    assert!(
        backups.iter().all(|backup| backup.completed_time.is_some()),
        "{backups:?}"
    );
    assert_eq!(azure.count(Method::Get), 4);
}

#[test]
fn servers_below_a_subscription_and_a_group_are_listed() {
    let azure = Azure::new();
    let list = |id: &str| {
        let scope = id.parse().expect("an id");
        block_on(azure.client.flexible_servers().list(&scope))
            .expect("servers")
            .len()
    };
    assert_eq!(list(&format!("/subscriptions/{PRODUCTION}")), 8);
    assert_eq!(
        list(&format!("/subscriptions/{PRODUCTION}/resourceGroups/rg-hr")),
        1
    );
}

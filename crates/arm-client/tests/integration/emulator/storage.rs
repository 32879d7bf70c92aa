//! Storage accounts, their containers, and SAS of the resource manager.

use std::time::Duration;

use arm_client::{
    ArmError,
    storage::{Cloud, ContainerName, ServiceSasRequest, StorageAccount, judge},
};
use arm_core::{Clock as _, Method, ResourceId};

use super::{Azure, PRODUCTION, refusal};
use crate::support::block_on;

/// Jonas Weber of the emulated directory, who may only read.
const JONAS: &str = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL2VtdWxhdG9yLmludmFsaWQvdC8iLCJhdWQiOiJodHRwczovL21hbmFnZW1lbnQuYXp1cmUuY29tLyIsIm9pZCI6IjBhMWIyYzNkLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMiIsImV4cCI6MjAwMDAwMDAwMH0.x";

fn accounts(azure: &Azure) -> Vec<StorageAccount> {
    let subscription = ResourceId::subscription(PRODUCTION).expect("an id");
    block_on(azure.client.storage_accounts().list(&subscription)).expect("accounts")
}

fn request(azure: &Azure, container: &str) -> ServiceSasRequest {
    ServiceSasRequest {
        container: container.parse().expect("a name"),
        start: None,
        expiry: azure.clock.now() + Duration::from_secs(2 * 24 * 3600),
    }
}

#[test]
fn accounts_are_listed_with_what_keeps_a_backup_out() {
    let azure = Azure::new();
    azure.world.borrow_mut().switches().page_size = 2;
    let told: Vec<_> = accounts(&azure)
        .into_iter()
        .map(|account| {
            let has_blobs = account.blob_endpoint.is_some();
            (
                account.name.clone(),
                account.takes_keys(),
                account.is_reachable_by_azure(),
                has_blobs,
            )
        })
        .collect();
    let expected = [
        ("stbillingkeyless", false, true, true),
        ("stcommercebackup", true, true, true),
        ("stpeoplefiles", true, true, false),
        ("stinsightsarchive", true, false, true),
    ];
    let expected = expected.map(|(name, keys, reachable, blobs)| (name.to_owned(), keys, reachable, blobs));
    assert_eq!(told, expected);
}

#[test]
fn a_container_is_made_once_and_listed() {
    let azure = Azure::new();
    let storage = azure.client.storage_accounts();
    let account = azure.account("rg-commerce-prod", "stcommercebackup");
    let name: ContainerName = "ltr-2026".parse().expect("a name");
    let before = block_on(storage.containers(&account.id)).expect("containers");
    assert!(
        before
            .iter()
            .all(|container| container.last_modified_time.is_some()),
        "{before:?}"
    );
    for _ in 0..2 {
        let made = block_on(storage.create_container(&account.id, &name)).expect("a container");
        assert_eq!((made.name.as_str(), made.is_deleted), ("ltr-2026", false));
    }
    let after = block_on(storage.containers(&account.id)).expect("containers");
    assert_eq!(after.len(), before.len() + 1, "{after:?}");
}

#[test]
fn a_container_is_there_not_there_or_not_to_be_known() {
    let azure = Azure::new();
    let storage = azure.client.storage_accounts();
    let account = azure.account("rg-commerce-prod", "stcommercebackup");
    let find = |name: &str| block_on(storage.container(&account.id, &name.parse().expect("a name")));
    let found = find("ltr-orders").expect("an answer");
    assert_eq!(
        found.map(|container| container.name).as_deref(),
        Some("ltr-orders")
    );
    assert_eq!(find("ltr-nowhere").expect("an answer"), None);
    azure.inject(
        Method::Get,
        "/containers/",
        refusal(403, "AuthorizationFailed", None),
        1,
    );
    assert_eq!(
        find("ltr-orders").expect_err("a refusal").code(),
        Some("AuthorizationFailed")
    );
}

#[test]
fn making_a_container_converges_and_is_sent_again() {
    let azure = Azure::new();
    azure.inject(Method::Put, "/containers/", refusal(503, "ServerBusy", None), 2);
    let account = azure.account("rg-commerce-prod", "stcommercebackup");
    let name: ContainerName = "ltr-2026".parse().expect("a name");
    block_on(
        azure
            .client
            .storage_accounts()
            .create_container(&account.id, &name),
    )
    .expect("a container");
    assert_eq!(azure.count(Method::Put), 3);
}

#[test]
fn a_sas_is_made_for_the_container_of_the_account() {
    let azure = Azure::new();
    for account in accounts(&azure)
        .iter()
        .filter(|account| account.blob_endpoint.is_some())
    {
        let asked = request(&azure, "ltr-orders");
        let sas = block_on(azure.client.storage_accounts().list_service_sas(account, &asked)).expect("a SAS");
        assert_eq!(
            sas.place(),
            format!("{}.blob.core.windows.net/ltr-orders", account.name)
        );
        let found = judge(&sas, azure.clock.now(), Duration::from_secs(3600), Cloud::Public);
        assert_eq!(found, [], "{}", account.name);
        let other = judge(&sas, azure.clock.now(), Duration::from_secs(3600), Cloud::China);
        assert_eq!(other.len(), 1, "another cloud: {other:?}");
    }
}

#[test]
fn who_may_only_read_gets_no_sas_and_no_container() {
    let azure = Azure::as_seen_by(JONAS);
    let account = azure.account("rg-commerce-prod", "stcommercebackup");
    let storage = azure.client.storage_accounts();
    let asked = request(&azure, "ltr-orders");
    let error = block_on(storage.list_service_sas(&account, &asked))
        .err()
        .expect("a refusal");
    assert_eq!(error.code(), Some("AuthorizationFailed"), "{error}");
    assert!(
        error
            .to_string()
            .contains("Microsoft.Storage/storageAccounts/listServiceSas/action"),
        "{error}"
    );
    let name: ContainerName = "ltr-2026".parse().expect("a name");
    let error = block_on(storage.create_container(&account.id, &name)).expect_err("a refusal");
    assert_eq!(error.code(), Some("AuthorizationFailed"), "{error}");
}

#[test]
fn an_account_without_blobs_gives_no_sas_and_is_not_asked() {
    let azure = Azure::new();
    let account = azure.account("rg-hr", "stpeoplefiles");
    let asked = request(&azure, "ltr-orders");
    let error = block_on(azure.client.storage_accounts().list_service_sas(&account, &asked)).err();
    assert!(matches!(error, Some(ArmError::Unreadable(_))), "{error:?}");
    assert_eq!(azure.count(Method::Post), 0);
}

#[test]
fn what_is_not_there_is_not_found() {
    let azure = Azure::new();
    let id = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-hr/providers/Microsoft.Storage/storageAccounts/stnowhere";
    let id: ResourceId = id.parse().expect("an id");
    let storage = azure.client.storage_accounts();
    let error = block_on(storage.get(&id)).expect_err("no account");
    assert_eq!(error.code(), Some("ResourceNotFound"), "{error}");
    let error = block_on(storage.containers(&id)).expect_err("no account");
    assert_eq!(error.code(), Some("ResourceNotFound"), "{error}");
}

//! What is refused at once.

use super::*;

#[test]
fn what_there_can_be_no_backup_of_is_refused_at_once_by_both() {
    let premium_v2 = server("rg-platform-dev", "pg-metrics-v2")
        .to_string()
        .replace(PRODUCTION, DEVELOPMENT);
    let long = "p".repeat(64);
    for (server, code) in [
        (
            server("rg-hr", "pg-hr-archive"),
            "ServerNotReadyForLongTermBackup",
        ),
        (
            server("rg-commerce-prod", "pg-loyalty-new"),
            "ServerNotReadyForLongTermBackup",
        ),
        (
            server("rg-commerce-prod", "pg-orders-ro-1"),
            "OperationNotSupported",
        ),
        (premium_v2.parse().expect("an id"), "OperationNotSupported"),
        (server("rg-commerce-prod", "pg-nowhere"), "ResourceNotFound"),
        (server("rg-nowhere", "pg-orders-prod"), "ResourceGroupNotFound"),
        (server("rg-commerce-prod", "pg"), "InvalidParameterValue"),
        (server("rg-commerce-prod", &long), "InvalidParameterValue"),
        (server("rg-commerce-prod", "pg_orders"), "InvalidParameterValue"),
        (
            server(&"g".repeat(91), "pg-orders-prod"),
            "InvalidResourceGroupName",
        ),
    ] {
        let azure = Azure::new();
        let sas = azure.good_sas();
        let retention = azure.client.long_term_retention(&server);
        let checked = block_on(retention.pre_check(&name())).map(|_| ());
        let started = block_on(retention.begin(&name(), &[sas])).map(|_| ());
        for error in [checked.expect_err(code), started.expect_err(code)] {
            assert_eq!(error.code(), Some(code), "{server}: {error}");
            assert!(error.request_id().is_some(), "{server}: {error:?}");
            assert!(!error.may_have_begun(), "{server}: {error:?}");
        }
    }
}

#[test]
fn too_few_containers_a_taken_name_and_a_second_backup_are_refused() {
    let azure = Azure::new();
    azure.world.borrow_mut().switches().long_term_containers = 2;
    let checked = block_on(azure.retention().pre_check(&name())).expect("a pre-check");
    assert_eq!(checked.number_of_containers, 2);
    let sas = azure.good_sas();
    let error = azure.start(&sas).err().expect("a refusal");
    let service = error.service_error().expect("a service error");
    assert_eq!(
        service.target.as_deref(),
        Some("targetDetails.sasUriList"),
        "{service:?}"
    );
    assert!(
        service.details.len() == 1 && service.received.contains("ParameterLimits"),
        "{service:?}"
    );

    let other = azure.sas(
        &azure.account("rg-commerce-prod", "stcommercebackup"),
        "ltr-catalog",
        2 * DAY,
    );
    let both = [sas, other];
    block_on(azure.retention().begin(&name(), &both))
        .map(|_| ())
        .expect("a begun backup");
    let second: LongTermBackupName = "another".parse().expect("a name");
    let error = block_on(azure.retention().begin(&second, &both))
        .err()
        .expect("a refusal");
    assert_eq!(error.code(), Some("ServerBusy"), "{error}");
    let error = block_on(azure.retention().begin(&name(), &both))
        .err()
        .expect("a refusal");
    assert_eq!(error.code(), Some("InvalidParameterValue"), "{error}");
}

//! Nothing that a SAS lets somebody do gets out (threat T5): not in an error, not in what is kept, not in a state.

use arm_client::{
    ArmError, FinalStateVia, Operation, Progress, Repetition,
    storage::{SasUri, StorageAccount},
};
use arm_core::Method;
use arm_emulator::FaultKind;

use super::{Azure, orders};
use crate::support::block_on;

/// The signature as it stands in the URI, and decoded.
fn signatures(sas: &SasUri) -> [String; 2] {
    let (_, signature) = sas.expose().split_once("&sig=").expect("a signature");
    let decoded = signature
        .replace("%2B", "+")
        .replace("%2F", "/")
        .replace("%3D", "=");
    [signature.to_owned(), decoded]
}

fn check_hidden(shown: &str, sas: &SasUri, context: &str) {
    for signature in signatures(sas) {
        assert!(!shown.contains(&signature), "{context}: {shown}");
    }
}

fn everything(error: &ArmError) -> String {
    format!(
        "{error:?} {error} {:?} {:?}",
        error.code(),
        error.service_error().map(|error| &error.received)
    )
}

#[test]
fn t05_no_refusal_of_a_start_shows_a_signature() {
    let azure = Azure::new();
    let sas = azure.good_sas();
    let uri = sas.expose().to_owned();
    let repeating = |status, text: String| FaultKind::Status {
        status,
        code: "InvalidParameterValue".to_owned(),
        message: text,
        retry_after: None,
    };
    for (kind, context) in [
        (
            repeating(400, format!("'{uri}' is not usable.")),
            "as it was sent",
        ),
        (
            repeating(400, uri.replace('%', "%25").replace("sig=", "sig%3D")),
            "encoded once more",
        ),
        (repeating(403, uri.replace("sig=", "SIG=")), "in capitals"),
        (
            repeating(500, format!(r#"{{"sasUriList":["{uri}"]}}"#)),
            "in an object",
        ),
        (
            repeating(
                409,
                uri.replace("%2B", "+").replace("%2F", "/").replace("%3D", "="),
            ),
            "decoded",
        ),
        (repeating(429, uri.clone()), "throttled until given up"),
        (FaultKind::Garbage, "garbage"),
        (FaultKind::NoAnswer, "no answer"),
    ] {
        azure.world.borrow_mut().faults().clear();
        azure.inject(Method::Post, "startLtrBackup", kind, 9);
        let error = azure.start(&sas).err().expect("a refusal");
        check_hidden(&everything(&error), &sas, context);
    }
}

/// The emulator repeats a text that is no URI of a container; here is one with a signature all the same.
#[test]
fn t05_a_service_that_repeats_what_it_was_sent_is_not_repeated() {
    let azure = Azure::new();
    let sas: SasUri = azure
        .good_sas()
        .expose()
        .replace("/ltr-orders?", "?")
        .parse()
        .expect("a URI");
    let error = azure.start(&sas).err().expect("a refusal");
    let received = &error.service_error().expect("a service error").received;
    assert!(
        received.contains("stcommercebackup.blob.core.windows.net"),
        "it is repeated: {received}"
    );
    check_hidden(&everything(&error), &sas, "repeated");
}

#[test]
fn t05_no_end_of_a_backup_shows_a_signature() {
    let azure = Azure::new();
    let sas = azure.good_sas();
    let kind = FaultKind::FailOperation {
        code: "ContainerNotFound".to_owned(),
        message: format!("Cannot write to {}.", sas.expose()),
    };
    azure.inject(Method::Post, "startLtrBackup", kind, 1);
    let poller = azure.start(&sas).expect("a begun backup");
    let error = azure.follow_long_term(poller).expect_err("a failed backup");
    check_hidden(&everything(&error), &sas, "the operation");
    let backup = azure.read();
    assert!(backup.error_message.is_some(), "{backup:?}");
    check_hidden(&format!("{backup:?}"), &sas, "the backup");
    let listed = block_on(azure.client.long_term_retention(&orders()).operations()).expect("backups");
    check_hidden(&format!("{listed:?}"), &sas, "the list");
}

#[test]
fn t05_what_is_kept_for_another_tab_holds_no_sas() {
    let azure = Azure::new();
    let sas = azure.good_sas();
    let mut poller = azure.start(&sas).expect("a begun backup");
    loop {
        let token = serde_json::to_string(&poller.continuation_token()).expect("a text");
        check_hidden(&token, &sas, "the token");
        assert!(
            !token.to_lowercase().contains("sig=") && !token.contains("blob.core"),
            "{token}"
        );
        if block_on(poller.next()) == Ok(Progress::Finished) {
            break;
        }
    }
    let result = block_on(poller.result()).expect("a backup");
    check_hidden(&format!("{result:?}"), &sas, "the result");
}

#[test]
fn t05_an_operation_shows_nothing_of_its_body() {
    let operation = Operation {
        method: Method::Post,
        path: "/p".to_owned(),
        api_version: "2025-08-01",
        body: Some("sig=topsecret".to_owned()),
        repetition: Repetition::Triggers,
        final_state_via: FinalStateVia::Location,
    };
    let shown = format!("{operation:?}");
    assert!(
        shown.contains("13 bytes") && !shown.contains("topsecret"),
        "{shown}"
    );
}

/// A SAS that cannot be read where one was asked for is told by its place in the answer, not by its words.
#[test]
fn t05_an_unreadable_sas_is_not_shown() {
    let azure = Azure::new();
    let account = azure.account("rg-commerce-prod", "stcommercebackup");
    let blank = StorageAccount {
        blob_endpoint: Some("no uri ".to_owned()),
        ..account
    };
    let asked = arm_client::storage::ServiceSasRequest {
        container: "ltr-orders".parse().expect("a name"),
        start: None,
        expiry: arm_core::Clock::now(&*azure.clock),
    };
    let error = block_on(azure.client.storage_accounts().list_service_sas(&blank, &asked))
        .err()
        .expect("no URI");
    let shown = everything(&error);
    assert!(shown.contains("handed out") && !shown.contains("sig="), "{shown}");
}

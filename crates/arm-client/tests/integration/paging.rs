//! Lists that come in pages.

use arm_client::ArmError;

use crate::support::{ORIGIN, Rig, block_on, json, refusal};

fn page(names: &[&str], next_link: &str) -> arm_core::Response {
    let items: Vec<_> = names
        .iter()
        .map(|name| format!(r#"{{"id":"/subscriptions/{name}","subscriptionId":"{name}"}}"#))
        .collect();
    json(
        200,
        &format!(r#"{{"value":[{}],"nextLink":{next_link}}}"#, items.join(",")),
    )
}

fn list(rig: &Rig) -> Result<Vec<String>, ArmError> {
    let listed = block_on(rig.client.subscriptions().list())?;
    Ok(listed
        .into_iter()
        .map(|subscription| subscription.subscription_id)
        .collect())
}

#[test]
fn next_links_are_followed_byte_for_byte() {
    let rig = Rig::new([
        page(
            &["a", "b"],
            &format!(r#""{ORIGIN}/subscriptions?$skiptoken=x%2By%3D&api-version=1""#),
        ),
        page(&[], r#""/subscriptions?page=3""#),
        page(&["c"], "null"),
    ]);
    assert_eq!(
        list(&rig),
        Ok(vec!["a".to_owned(), "b".to_owned(), "c".to_owned()])
    );
    assert_eq!(
        rig.script.sent(),
        [
            format!("GET {ORIGIN}/subscriptions?api-version=2022-12-01"),
            format!("GET {ORIGIN}/subscriptions?$skiptoken=x%2By%3D&api-version=1"),
            format!("GET {ORIGIN}/subscriptions?page=3"),
        ]
    );
}

#[test]
fn a_list_ends_where_the_next_link_is_absent_null_or_empty() {
    for body in [
        r#"{"value":[]}"#,
        r#"{"value":[],"nextLink":null}"#,
        r#"{"value":[],"nextLink":""}"#,
        r#"{"value":null}"#,
    ] {
        let rig = Rig::new([json(200, body)]);
        assert_eq!(list(&rig), Ok(Vec::new()), "{body}");
    }
}

#[test]
fn pages_that_lead_back_are_not_followed_for_ever() {
    let first = || page(&["a"], r#""/subscriptions?page=2""#);
    let second = || page(&["b"], r#""/subscriptions?page=2""#);
    let rig = Rig::new([first(), second()]);
    let error = list(&rig).expect_err("no list");
    assert!(matches!(error, ArmError::Unreadable(_)), "{error:?}");
    assert_eq!(rig.script.sent().len(), 2);
}

#[test]
fn t01_a_page_elsewhere_gets_no_token_and_spoils_the_list() {
    for link in [
        "https://evil.example/x",
        "//evil.example/x",
        "https://management.azure.com@evil.example/",
    ] {
        let rig = Rig::new([page(&["a"], &format!(r#""{link}""#))]);
        let error = list(&rig).expect_err("no list");
        assert!(matches!(error, ArmError::Unreadable(_)), "{link}: {error:?}");
        assert!(
            !error.to_string().contains("evil"),
            "the URL is not repeated: {error}"
        );
        assert_eq!(rig.script.sent().len(), 1, "{link}");
    }
}

#[test]
fn a_missing_page_spoils_the_list() {
    let rig = Rig::new([
        page(&["a"], r#""/subscriptions?page=2""#),
        refusal(403, "AuthorizationFailed"),
    ]);
    let error = list(&rig).expect_err("no list");
    assert_eq!(error.code(), Some("AuthorizationFailed"), "{error}");
}

#[test]
fn what_is_no_list_is_not_an_empty_one() {
    for body in ["{}", "[]", "null", "", "<html>", r#"{"id":"x"}"#] {
        let rig = Rig::new([json(200, body)]);
        let error = list(&rig).expect_err(body);
        assert!(matches!(error, ArmError::Unreadable(_)), "{body}: {error:?}");
    }
}

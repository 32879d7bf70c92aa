//! What is believed, and what becomes of it.

use chrono::TimeDelta;
use entra_auth::{PendingSignIn, SignInSettings, finish};
use serde_json::json;

use crate::{
    at, check,
    entra::{self, Entra, TENANT_ID, begin, settings},
    judge,
};

#[test]
fn a_good_answer_is_believed() {
    let answer = judge(
        Some(begin("/portal/servers?state=Ready")),
        &Entra::answering().fragment(),
    );
    let signed_in = answer.unwrap_or_else(|problem| panic!("{problem}"));
    assert_eq!(signed_in.token.expose(), entra::ACCESS_TOKEN);
    assert_eq!(signed_in.expires_at, at(30 + 3599));
    assert_eq!(signed_in.account.name, "Mira Lindqvist");
    assert_eq!(signed_in.account.username, "mira@contoso.com");
    assert_eq!(signed_in.account.tenant_id, TENANT_ID);
    assert_eq!(signed_in.account.object_id, "oid-1");
    assert_eq!(signed_in.return_to, "/portal/servers?state=Ready");
}

#[test]
fn the_answer_of_the_emulators_page_is_believed() {
    let address = include_str!("../../../arm-emulator/assets/sign-in/example-answer.txt").trim();
    let fragment = address
        .split_once('#')
        .map(|(_, fragment)| fragment)
        .unwrap_or_default();
    let settings = SignInSettings {
        issuer: "https://emulator.invalid/{tid}/v2.0".to_owned(),
        client_id: "app-1".to_owned(),
        ..settings()
    };
    let (_, pending) = entra_auth::begin(&settings, entra::entropy(), at(0), "/portal/jobs")
        .unwrap_or_else(|problem| panic!("{problem}"));
    let signed_in =
        finish(&settings, Some(pending), fragment, at(30)).unwrap_or_else(|problem| panic!("{problem}"));
    assert_eq!(signed_in.account.username, "mira.lindqvist@contoso.com");
    assert_eq!(
        signed_in.account.object_id,
        "0a1b2c3d-0000-4000-8000-000000000001"
    );
    assert_eq!(signed_in.return_to, "/portal/jobs");
}

#[test]
fn harmless_freedoms_of_the_answer_are_taken() {
    check(
        "unknown parameter",
        |entra| entra.add("client_info", "e30"),
        Ok(()),
    );
    check(
        "lower-case type",
        |entra| entra.set("token_type", "bearer"),
        Ok(()),
    );
    check(
        "other scope",
        |entra| entra.set("scope", "https://management.azure.com/.default"),
        Ok(()),
    );
    check("no scope", |entra| entra.remove("scope"), Ok(()));
    check("no session state", |entra| entra.remove("session_state"), Ok(()));
    check("error without a value", |entra| entra.add("error", ""), Ok(()));
    check("no name", |entra| entra.forget_claim("name"), Ok(()));
    check(
        "no nbf and iat",
        |entra| {
            entra.forget_claim("nbf");
            entra.forget_claim("iat");
        },
        Ok(()),
    );
}

#[test]
fn t02_the_user_comes_back_to_the_app_and_nowhere_else() {
    for (asked, expected) in [
        ("/portal/jobs?x=1", "/portal/jobs?x=1"),
        ("//evil.example", "/portal/"),
        ("/\\evil.example", "/portal/"),
        ("javascript:alert(1)", "/portal/"),
        ("%2f%2fevil.example", "/portal/"),
        ("https://evil.example/", "/portal/"),
        ("/other-app/", "/portal/"),
    ] {
        let good = Entra::answering().fragment();
        let begun = judge(Some(begin(asked)), &good).map(|signed_in| signed_in.return_to);
        assert_eq!(begun.as_deref(), Ok(expected), "{asked} at the beginning");
        // The same put into storage behind the app's back.
        let mut kept = serde_json::to_value(begin("/portal/")).expect("it serialises");
        kept["return_to"] = json!(asked);
        let pending: PendingSignIn = serde_json::from_value(kept).expect("it comes back");
        let finished = judge(Some(pending), &good).map(|signed_in| signed_in.return_to);
        assert_eq!(finished.as_deref(), Ok(expected), "{asked} from storage");
    }
}

#[test]
fn a_request_survives_storage() {
    let kept = serde_json::to_string(&begin("/portal/jobs")).expect("it serialises");
    let pending: PendingSignIn = serde_json::from_str(&kept).expect("it comes back");
    let signed_in = judge(Some(pending), &Entra::answering().fragment());
    assert_eq!(
        signed_in.map(|signed_in| signed_in.return_to).as_deref(),
        Ok("/portal/jobs")
    );
}

#[test]
fn the_lifetime_counts_from_the_answer() {
    let mut entra = Entra::answering();
    entra.set("expires_in", "60");
    let signed_in = judge(Some(begin("/portal/")), &entra.fragment());
    let lifetime = signed_in.map(|signed_in| signed_in.expires_at - at(30));
    assert_eq!(lifetime, Ok(TimeDelta::seconds(60)));
}

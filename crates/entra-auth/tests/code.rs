//! Authorization code with PKCE, with Entra's side written without the library's own code.

use arm_core::{Secret, Timestamp};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use entra_auth::{
    CodeGrant, Distrust, Entropy, Flow, PendingSignIn, SignInProblem, SignInSettings, begin,
    finish_with_code, refresh, refreshed,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const TENANT_ID: &str = "abcdef01-0000-4000-8000-00000000c0de";
const STATE: &str = "AAECAwQFBgcICQoLDA0ODw";
const NONCE: &str = "EBESExQVFhcYGRobHB0eHw";
const VERIFIER: &str = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8";

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + TimeDelta::seconds(1_772_359_200 + seconds)
}

fn settings() -> SignInSettings {
    SignInSettings {
        flow: Flow::Code,
        ..SignInSettings::v2(
            "https://login.microsoftonline.com",
            "organizations",
            "app-1",
            "https://app.example/portal/",
            "https://management.azure.com/user_impersonation",
        )
    }
}

fn begun() -> (String, PendingSignIn) {
    let entropy = Entropy::new(std::array::from_fn(|at| at as u8));
    begin(&settings(), entropy, at(0), "/portal/jobs").expect("good settings")
}

fn grant() -> CodeGrant {
    let (_, pending) = begun();
    let answer = finish_with_code(
        &settings(),
        Some(pending),
        &format!("code=0.AX&state={STATE}"),
        at(30),
    );
    answer.unwrap_or_else(|problem| panic!("{problem}"))
}

/// What the token endpoint answers.
fn tokens() -> Value {
    json!({
        "token_type": "Bearer",
        "scope": "https://management.azure.com/user_impersonation",
        "expires_in": 3599,
        "ext_expires_in": 3599,
        "access_token": "header.payload.signature",
        "refresh_token": "0.refresh",
        "id_token": id_token(&json!({})),
    })
}

/// An id token with these claims changed; null takes one away.
fn id_token(changes: &Value) -> String {
    let mut claims = json!({
        "aud": "app-1",
        "iss": format!("https://login.microsoftonline.com/{TENANT_ID}/v2.0"),
        "iat": 1_772_359_200,
        "exp": 1_772_359_200 + 3600,
        "nonce": NONCE,
        "name": "Mira",
        "oid": "oid-1",
        "preferred_username": "mira@contoso.com",
        "tid": TENANT_ID,
    });
    for (name, value) in changes.as_object().expect("changes") {
        claims[name] = value.clone();
    }
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}.{}", part("{}"), part(&claims.to_string()), part("x"))
}

fn parameter(url: &str, name: &str) -> Option<String> {
    let query = url.split_once('?')?.1;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find_map(|(known, value)| (known == name).then(|| value.to_owned()))
}

#[test]
fn a_code_is_asked_for_with_the_challenge_of_a_verifier_that_stays_here() {
    let (url, pending) = begun();
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    for (name, expected) in [
        ("response_type", "code"),
        ("response_mode", "fragment"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
        ("state", STATE),
        ("nonce", NONCE),
    ] {
        assert_eq!(
            parameter(&url, name).as_deref(),
            Some(expected),
            "{name} in {url}"
        );
    }
    assert!(url.contains("+offline_access&"), "{url}");
    assert!(!url.contains(VERIFIER), "{url}");
    let kept = serde_json::to_value(pending).expect("it serialises");
    assert_eq!(kept["verifier"], VERIFIER, "until the answer comes");
}

#[test]
fn the_code_is_redeemed_where_the_user_signed_in() {
    let request = grant()
        .request(&settings())
        .unwrap_or_else(|problem| panic!("{problem}"));
    assert_eq!(
        request.url,
        "https://login.microsoftonline.com/organizations/oauth2/v2.0/token"
    );
    assert_eq!(
        request.body,
        format!(
            "client_id=app-1&grant_type=authorization_code\
             &scope=openid+profile+https%3A%2F%2Fmanagement.azure.com%2Fuser_impersonation+offline_access\
             &code=0.AX&redirect_uri=https%3A%2F%2Fapp.example%2Fportal%2F&code_verifier={VERIFIER}"
        )
    );
    let request =
        refresh(&settings(), &Secret::new("0.refresh")).unwrap_or_else(|problem| panic!("{problem}"));
    assert!(
        request.body.contains("grant_type=refresh_token&"),
        "{}",
        request.body
    );
    assert!(
        request.body.ends_with("&refresh_token=0.refresh"),
        "{}",
        request.body
    );
}

#[test]
fn t01_a_code_goes_to_no_other_origin_than_the_sign_in() {
    for url in [
        "https://login.evil.example/organizations/oauth2/v2.0/token",
        "http://login.microsoftonline.com/organizations/oauth2/v2.0/token",
        "https://login.microsoftonline.com:8443/token",
        "https://user@login.microsoftonline.com/token",
        "",
    ] {
        let settings = SignInSettings {
            token_url: url.to_owned(),
            ..settings()
        };
        let refused = |problem: Option<SignInProblem>| {
            assert!(
                matches!(problem, Some(SignInProblem::Settings(_))),
                "{url}: {problem:?}"
            );
        };
        refused(grant().request(&settings).err());
        refused(refresh(&settings, &Secret::new("0.refresh")).err());
    }
}

#[test]
fn tokens_for_the_code_are_believed() {
    let signed_in = grant().redeemed(&settings(), &tokens().to_string(), at(60));
    let signed_in = signed_in.unwrap_or_else(|problem| panic!("{problem}"));
    assert_eq!(signed_in.token.expose(), "header.payload.signature");
    assert_eq!(signed_in.expires_at, at(60 + 3599));
    assert_eq!(signed_in.account.username, "mira@contoso.com");
    assert_eq!(signed_in.return_to, "/portal/jobs");
    let refresh_token = signed_in.refresh_token.map(|token| token.expose().to_owned());
    assert_eq!(refresh_token.as_deref(), Some("0.refresh"));

    let mut renewed = tokens();
    // A refresh has no request that a nonce could bind it to.
    renewed["id_token"] = id_token(&json!({ "nonce": null })).into();
    assert!(refreshed(&settings(), &renewed.to_string(), at(60)).is_ok());
}

#[test]
fn t03_what_is_not_for_the_code_of_this_request_is_refused() {
    let distrusted = SignInProblem::Distrusted;
    let cases = [
        (
            "id_token",
            id_token(&json!({ "nonce": "other" })).into(),
            Distrust::Nonce,
        ),
        (
            "id_token",
            id_token(&json!({ "nonce": null })).into(),
            Distrust::Nonce,
        ),
        (
            "id_token",
            id_token(&json!({ "at_hash": "other" })).into(),
            Distrust::AccessTokenHash,
        ),
        (
            "id_token",
            id_token(&json!({ "aud": "other" })).into(),
            Distrust::Audience,
        ),
        (
            "id_token",
            id_token(&json!({ "iss": "https://evil.example" })).into(),
            Distrust::Issuer,
        ),
        (
            "id_token",
            id_token(&json!({ "exp": 1_772_359_200 - 301 })).into(),
            Distrust::Time,
        ),
        ("id_token", Value::Null, Distrust::Unreadable),
        ("access_token", Value::Null, Distrust::Unreadable),
        ("access_token", "two words".into(), Distrust::Unreadable),
        ("token_type", "mac".into(), Distrust::Unreadable),
        ("expires_in", Value::Null, Distrust::Unreadable),
        ("expires_in", (-1).into(), Distrust::Unreadable),
    ];
    for (name, value, expected) in cases {
        let mut answer = tokens();
        answer[name] = value;
        let problem = grant().redeemed(&settings(), &answer.to_string(), at(60)).err();
        assert_eq!(problem, Some(distrusted(expected)), "{answer}");
    }
    for answer in ["", "<html>", "[]", "null", "{}"] {
        let problem = grant().redeemed(&settings(), answer, at(60)).err();
        assert_eq!(problem, Some(distrusted(Distrust::Unreadable)), "{answer}");
    }
}

#[test]
fn t03_a_code_that_nobody_asked_for_is_not_redeemed() {
    let finish = |pending, fragment: &str| finish_with_code(&settings(), pending, fragment, at(30)).err();
    let good = format!("code=0.AX&state={STATE}");
    assert_eq!(finish(None, &good), Some(SignInProblem::NotAsked));
    let asked = || Some(begun().1);
    assert_eq!(
        finish(asked(), "code=0.AX&state=other"),
        Some(SignInProblem::NotAsked)
    );
    assert_eq!(
        finish(asked(), &format!("state={STATE}")),
        Some(SignInProblem::Distrusted(Distrust::Unreadable))
    );
    // A request of the implicit flow has no verifier.
    let implicit = SignInSettings {
        flow: Flow::Implicit,
        ..settings()
    };
    let entropy = Entropy::new(std::array::from_fn(|at| at as u8));
    let pending = begin(&implicit, entropy, at(0), "/portal/")
        .expect("good settings")
        .1;
    assert_eq!(finish(Some(pending), &good), Some(SignInProblem::NotAsked));
}

#[test]
fn a_refusal_of_the_token_endpoint_has_entras_code_and_what_support_asks_for() {
    let refusal = json!({
        "error": "invalid_grant",
        "error_description": "AADSTS700084: The refresh token was issued to a single page app (SPA). Trace ID: t-1",
        "error_codes": [700_084],
        "correlation_id": "c-1",
        "suberror": "basic_action",
    });
    let problem = refreshed(&settings(), &refusal.to_string(), at(60)).err();
    let Some(SignInProblem::Entra(error)) = problem else {
        panic!("{problem:?}");
    };
    assert_eq!(
        (error.code.as_str(), error.aadsts()),
        ("invalid_grant", Some(700_084))
    );
    assert_eq!(error.correlation_id(), Some("c-1"));
    assert!(error.needs_interaction(), "by its suberror");
}

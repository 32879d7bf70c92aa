//! The way out, letter by letter.

use arm_core::Timestamp;
use entra_auth::{Entropy, Prompt, SignInOptions, SignInProblem, SignInSettings, begin, begin_with};

fn settings() -> SignInSettings {
    SignInSettings::v2(
        "https://login.microsoftonline.com",
        "organizations",
        "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
        "https://app.example/portal/",
        "https://management.azure.com/user_impersonation",
    )
}

fn entropy() -> Entropy {
    Entropy::new(std::array::from_fn(|at| at as u8))
}

const GOLDEN: &str = "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize\
    ?response_type=id_token+token\
    &client_id=04b07795-8ddb-461a-bbee-02f9e1bf7b46\
    &state=AAECAwQFBgcICQoLDA0ODw\
    &redirect_uri=https%3A%2F%2Fapp.example%2Fportal%2F\
    &scope=openid+profile+https%3A%2F%2Fmanagement.azure.com%2Fuser_impersonation\
    &response_mode=fragment\
    &nonce=EBESExQVFhcYGRobHB0eHw";

fn check(options: &SignInOptions, expected_end: &str) {
    let begun = begin_with(&settings(), entropy(), Timestamp::UNIX_EPOCH, "/portal/", options);
    let url = begun.map(|(url, _)| url);
    assert_eq!(url, Ok(format!("{GOLDEN}{expected_end}")), "{options:?}");
}

#[test]
fn the_address_is_the_one_that_entra_documents() {
    let begun = begin(&settings(), entropy(), Timestamp::UNIX_EPOCH, "/portal/");
    assert_eq!(begun.map(|(url, _)| url).as_deref(), Ok(GOLDEN));
}

#[test]
fn options_follow_at_the_end() {
    let hint = || Some("mira@contoso.com".to_owned());
    let prompt = |prompt| SignInOptions {
        prompt: Some(prompt),
        ..SignInOptions::default()
    };
    check(&SignInOptions::default(), "");
    check(&prompt(Prompt::None), "&prompt=none");
    check(&prompt(Prompt::Login), "&prompt=login");
    check(&prompt(Prompt::SelectAccount), "&prompt=select_account");
    check(&prompt(Prompt::Consent), "&prompt=consent");
    let silent = SignInOptions {
        login_hint: hint(),
        ..prompt(Prompt::None)
    };
    check(&silent, "&prompt=none&login_hint=mira%40contoso.com");
    let choosing = SignInOptions {
        login_hint: hint(),
        ..prompt(Prompt::SelectAccount)
    };
    check(&choosing, "&prompt=select_account");
    let challenged = SignInOptions {
        claims: Some(r#"{"access_token":{}}"#.to_owned()),
        ..SignInOptions::default()
    };
    check(&challenged, "&claims=%7B%22access_token%22%3A%7B%7D%7D");
}

#[test]
fn the_state_and_the_nonce_come_from_the_entropy_and_differ() {
    let url_of = |bytes| {
        let begun = begin(
            &settings(),
            Entropy::new(bytes),
            Timestamp::UNIX_EPOCH,
            "/portal/",
        );
        begun.map(|(url, _)| url).unwrap_or_default()
    };
    let mut other_nonce = [0; 64];
    other_nonce[31] = 1;
    let mut other_state = [0; 64];
    other_state[0] = 1;
    let urls = [url_of([0; 64]), url_of(other_nonce), url_of(other_state)];
    assert!(urls[0].contains("&state=AAAAAAAAAAAAAAAAAAAAAA&"), "{urls:?}");
    assert!(urls[1].contains("&state=AAAAAAAAAAAAAAAAAAAAAA&"), "{urls:?}");
    assert!(urls[1].ends_with("&nonce=AAAAAAAAAAAAAAAAAAAAAQ"), "{urls:?}");
    assert!(urls[2].contains("&state=AQAAAAAAAAAAAAAAAAAAAA&"), "{urls:?}");
}

#[test]
fn a_sign_in_does_not_begin_at_or_end_at_an_unsafe_address() {
    let cases = [
        (
            "http://login.microsoftonline.com/x/authorize",
            "https://app.example/",
        ),
        (
            "https://login.microsoftonline.com/x/authorize#x",
            "https://app.example/",
        ),
        ("javascript:alert(1)", "https://app.example/"),
        (
            "https://login.microsoftonline.com/x/authorize",
            "http://app.example/",
        ),
        (
            "https://login.microsoftonline.com/x/authorize",
            "https://app.example/#x",
        ),
        ("https://login.microsoftonline.com/x/authorize", "/portal/"),
    ];
    for (authorize_url, redirect_uri) in cases {
        let settings = SignInSettings {
            authorize_url: authorize_url.to_owned(),
            redirect_uri: redirect_uri.to_owned(),
            ..settings()
        };
        let begun = begin(&settings, entropy(), Timestamp::UNIX_EPOCH, "/").map(|(url, _)| url);
        assert!(
            matches!(begun, Err(SignInProblem::Settings(_))),
            "{authorize_url} {redirect_uri}: {begun:?}"
        );
    }
}

use arm_core::Timestamp;
use arm_emulator::sign_in::ANSWERS_JS;
use entra_auth::{Entropy, SignInSettings, begin, finish};

use super::*;

/// What `of_entra` is told by an answer with these parameters.
fn said(parameters: &[(&str, &str)]) -> Words {
    let settings = SignInSettings::v2(
        "https://login.microsoftonline.com",
        "organizations",
        "app",
        "https://app.example/",
        "https://management.azure.com/user_impersonation",
    );
    let now = Timestamp::UNIX_EPOCH;
    let (url, pending) = begin(&settings, Entropy::new([1; 64]), now, "/").expect("settings");
    let state = url.split("state=").nth(1).and_then(|rest| rest.split('&').next());
    let mut fragment = format!("state={}", state.expect("a state"));
    for (name, value) in parameters {
        fragment.push_str(&format!("&{name}="));
        value
            .bytes()
            .for_each(|byte| fragment.push_str(&format!("%{byte:02X}")));
    }
    let Err(problem) = finish(&settings, Some(pending), &fragment, now) else {
        panic!("{fragment} was believed");
    };
    words(&SignedOutReason::Failed(problem))
}

/// Entra's errors as the emulator plays them: code and number.
fn errors() -> Vec<(&'static str, &'static str)> {
    let lines = ANSWERS_JS.lines().filter_map(|line| line.strip_prefix("  ['"));
    lines
        .filter_map(|line| {
            let (code, rest) = line.split_once("', ")?;
            Some((code, rest.split_once(',')?.0))
        })
        .collect()
}

#[test]
fn each_class_of_entras_errors_is_said_with_what_to_do_and_what_support_asks_for() {
    let errors = errors();
    assert!(errors.len() > 15, "{errors:?}");
    let general = said(&[("error", "something_new")]).sentence;
    let general = general
        .strip_prefix("Microsoft Entra gave no reason. ")
        .expect("no reason");
    for (code, number) in errors {
        let description = format!(
            "AADSTS{number}: It is so. Trace ID: t-1 Correlation ID: c-1 Timestamp: 2026-03-01 10:00:00Z"
        );
        let words = said(&[("error", code), ("error_description", &description)]);
        assert_eq!(words.title, FAILED);
        let begins = format!("Microsoft Entra says: AADSTS{number}: It is so. ");
        let advice = words.sentence.strip_prefix(&begins);
        let advice = advice.unwrap_or_else(|| panic!("{}", words.sentence));
        assert!(
            advice.len() > 20 && advice != general,
            "{code} has no words of its own"
        );
        let error = format!("Error: {code} (AADSTS{number})");
        let expected = [
            &error,
            "Correlation id: c-1",
            "Trace id: t-1",
            "Time: 2026-03-01 10:00:00Z",
        ];
        assert_eq!(words.details, expected);
    }
}

#[test]
fn the_check_list_tells_how_each_error_is_mended() {
    let document = include_str!("../../../../docs/first-sign-in.md");
    let rows = document.lines().filter(|line| line.starts_with("| AADSTS"));
    let told: Vec<&str> = rows
        .filter(|row| row.split('|').filter(|cell| !cell.trim().is_empty()).count() == 3)
        .flat_map(|row| row.split('|').nth(1).unwrap_or_default().split([' ', ',']))
        .map(|word| word.trim_start_matches("AADSTS"))
        .collect();
    for (code, number) in errors() {
        assert!(told.contains(&number), "{code} {number}");
    }
}

#[test]
fn a_cancelled_sign_in_is_nobodys_fault() {
    let words = said(&[
        ("error", "access_denied"),
        ("error_subcode", "cancel"),
        ("error_description", "AADSTS65004: User declined."),
    ]);
    assert_eq!(words.sentence, "You cancelled it. Sign in to see your servers.");
}

#[test]
fn a_failed_sign_in_says_what_to_do_about_it() {
    let check = |problem: SignInProblem, expected: &str, details: &[&str]| {
        let words = words(&SignedOutReason::Failed(problem));
        assert!(words.sentence.ends_with(expected), "{}", words.sentence);
        assert_eq!(words.details, details, "{}", words.sentence);
    };
    check(
        SignInProblem::NoStorage,
        "Allow this site to store data in your browser, then sign in.",
        &[],
    );
    check(
        SignInProblem::NotLoaded,
        "Check the connection, then sign in again.",
        &[],
    );
    check(SignInProblem::RedirectLoop, "Select Sign in to try again.", &[]);
    check(SignInProblem::NotAsked, "was not used. Sign in again.", &[]);
    check(SignInProblem::TookTooLong, "ten minutes. Sign in again.", &[]);
    check(
        SignInProblem::Distrusted(Distrust::Time),
        "Set the date and time of this computer, then sign in again.",
        &["the answer is not trusted: its id token is not valid at this time"],
    );
    check(
        SignInProblem::Distrusted(Distrust::Tenant),
        "Sign in with an account of that one.",
        &["the answer is not trusted: its id token is from another directory"],
    );
    for check_failed in [
        Distrust::Unreadable,
        Distrust::Nonce,
        Distrust::AccessTokenHash,
        Distrust::Audience,
        Distrust::Issuer,
    ] {
        let said = format!("the answer is not trusted: {check_failed}");
        check(
            SignInProblem::Distrusted(check_failed),
            "give the details to your administrator.",
            &[&said],
        );
    }
    check(
        SignInProblem::Settings("the redirect URI holds a fragment".to_owned()),
        "whoever has set it up.",
        &["the redirect URI holds a fragment"],
    );
}

//! What the tokens must carry before they are believed (auth #33, #34, #38).

use entra_auth::{Distrust, SignInSettings, finish};
use serde_json::json;

use crate::{
    at, check, distrusted,
    entra::{self, Entra, REQUESTED_AT, TENANT_ID, settings},
};

#[test]
fn a_parameter_that_is_missing_doubled_or_unreadable_is_refused() {
    let unreadable = || distrusted(Distrust::Unreadable);
    for name in ["access_token", "id_token", "token_type", "expires_in"] {
        check(name, |entra| entra.remove(name), unreadable());
        check(name, |entra| entra.set(name, ""), unreadable());
    }
    for name in [
        "access_token",
        "id_token",
        "token_type",
        "expires_in",
        "state",
        "session_state",
        "scope",
    ] {
        check(name, |entra| entra.double(name), unreadable());
    }
    check(
        "two unknown",
        |entra| {
            entra.add("x", "1");
            entra.add("x", "1");
        },
        unreadable(),
    );
    check(
        "two errors",
        |entra| {
            entra.add("error", "a");
            entra.add("error", "b");
        },
        unreadable(),
    );
    for lifetime in [
        "-1",
        "3599.5",
        "soon",
        "1e3",
        "99999999999999999999",
        "0x10",
        " 3599",
    ] {
        check(lifetime, |entra| entra.set("expires_in", lifetime), unreadable());
    }
    for kind in ["mac", "pop", "Bearer x"] {
        check(kind, |entra| entra.set("token_type", kind), unreadable());
    }
    for token in [
        "a.b",
        "a.b.c",
        "a.bm8.c",
        "a.e30",
        "a.e30.c.d",
        "a.W10.c",
        "e30",
        "a.e30=x.c",
    ] {
        check(token, |entra| entra.set("id_token", token), unreadable());
    }
    for token in ["two words", "line\r\nX-Header: y", "k\u{e4}se", "\"quoted\""] {
        // Its hash is right, so that nothing else refuses it.
        check(token, |entra| entra.issue_for(token), unreadable());
    }
    check(
        "nobody",
        |entra| {
            entra.forget_claim("oid");
            entra.forget_claim("sub");
        },
        unreadable(),
    );
}

#[test]
fn t03_tokens_of_another_request_are_refused() {
    check(
        "other nonce",
        |entra| entra.claim("nonce", json!("EBESExQVFhcYGRobHB0eHg")),
        distrusted(Distrust::Nonce),
    );
    check(
        "no nonce",
        |entra| entra.forget_claim("nonce"),
        distrusted(Distrust::Nonce),
    );
    check(
        "empty nonce",
        |entra| entra.claim("nonce", json!("")),
        distrusted(Distrust::Nonce),
    );
    check(
        "state as nonce",
        |entra| entra.claim("nonce", json!(entra::STATE)),
        distrusted(Distrust::Nonce),
    );
    let hash = || distrusted(Distrust::AccessTokenHash);
    check(
        "other access token",
        |entra| entra.set("access_token", "injected"),
        hash(),
    );
    check("no hash", |entra| entra.forget_claim("at_hash"), hash());
    check("empty hash", |entra| entra.claim("at_hash", json!("")), hash());
    check(
        "whole hash",
        |entra| entra.claim("at_hash", json!(entra::whole_hash(entra::ACCESS_TOKEN))),
        hash(),
    );
    // The nonce is named first: without it the hash says nothing about this request.
    check(
        "both",
        |entra| {
            entra.claim("nonce", json!("x"));
            entra.set("access_token", "y");
        },
        distrusted(Distrust::Nonce),
    );
}

#[test]
fn t03_tokens_for_others_or_from_others_are_refused() {
    check(
        "other app",
        |entra| entra.claim("aud", json!("app-2")),
        distrusted(Distrust::Audience),
    );
    check(
        "no audience",
        |entra| entra.forget_claim("aud"),
        distrusted(Distrust::Audience),
    );
    let other = "99999999-9999-4999-8999-999999999999";
    let issuer_of = |tid: &str| json!(format!("https://login.microsoftonline.com/{tid}/v2.0"));
    check(
        "no issuer",
        |entra| entra.forget_claim("iss"),
        distrusted(Distrust::Issuer),
    );
    check(
        "issuer of another directory",
        |entra| entra.claim("iss", issuer_of(other)),
        distrusted(Distrust::Issuer),
    );
    check(
        "evil issuer",
        |entra| entra.claim("iss", json!(format!("https://evil.example/{TENANT_ID}/v2.0"))),
        distrusted(Distrust::Issuer),
    );
    check(
        "v1 issuer",
        |entra| entra.claim("iss", json!(format!("https://sts.windows.net/{TENANT_ID}/"))),
        distrusted(Distrust::Issuer),
    );
    check(
        "directory that is no id",
        |entra| {
            entra.claim("tid", json!("x/../y"));
            entra.claim("iss", issuer_of("x/../y"));
        },
        distrusted(Distrust::Issuer),
    );
    check(
        "no directory",
        |entra| entra.forget_claim("tid"),
        distrusted(Distrust::Tenant),
    );
    let from_other = |entra: &mut Entra| {
        entra.claim("tid", json!(other));
        entra.claim("iss", issuer_of(other));
    };
    check("another directory where any may answer", from_other, Ok(()));
}

#[test]
fn a_directory_that_was_asked_for_by_its_id_is_the_one_that_must_answer() {
    let other = "99999999-9999-4999-8999-999999999999";
    for (asked, expected) in [
        (TENANT_ID.to_owned(), Ok(())),
        (TENANT_ID.to_uppercase(), Ok(())),
        ("contoso.com".to_owned(), Ok(())),
        (other.to_owned(), distrusted(Distrust::Tenant)),
    ] {
        let settings = SignInSettings {
            tenant: asked,
            ..settings()
        };
        let begun = entra_auth::begin(&settings, entra::entropy(), at(0), "/portal/");
        let pending = begun.map(|(_, pending)| pending).ok();
        let outcome = finish(&settings, pending, &Entra::answering().fragment(), at(30)).map(drop);
        assert_eq!(outcome, expected, "{settings:?}");
    }
}

#[test]
fn the_clocks_may_be_five_minutes_apart() {
    let now = REQUESTED_AT + 30;
    for (claim, offset, is_good) in [
        ("exp", -299, true),
        ("exp", -300, false),
        ("nbf", 300, true),
        ("nbf", 301, false),
        ("iat", 300, true),
        ("iat", 301, false),
        ("exp", i64::MAX - REQUESTED_AT - 30, false),
        ("nbf", i64::MAX - REQUESTED_AT - 30, false),
    ] {
        let expected = if is_good {
            Ok(())
        } else {
            distrusted(Distrust::Time)
        };
        check(
            &format!("{claim} {offset}"),
            |entra| entra.claim(claim, json!(now + offset)),
            expected,
        );
    }
    check(
        "no end",
        |entra| entra.forget_claim("exp"),
        distrusted(Distrust::Time),
    );
}

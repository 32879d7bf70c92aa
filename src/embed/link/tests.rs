use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const HOST: &str = "https://portal.contoso.com";
const OTHER: &str = "https://backup.fabrikam.com";
const ARM: &str = "https://management.azure.com";
const TENANT: &str = "72f988bf-0000-4000-8000-00000000c0de";
const SERVER: &str =
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg";

fn link() -> HostLink {
    HostLink::new(
        vec![HOST.to_owned(), OTHER.to_owned()],
        ARM.to_owned(),
        "nonce-1".to_owned(),
    )
}

fn from(origin: &str) -> Sender<'_> {
    Sender {
        is_parent: true,
        origin,
    }
}

fn init(more: Value) -> String {
    let mut init = json!({ "type": "pgbackup/init", "v": 1, "nonce": "nonce-1" });
    for (key, value) in more.as_object().expect("an object") {
        init[key] = value.clone();
    }
    init.to_string()
}

fn started() -> HostLink {
    let mut link = link();
    assert!(matches!(link.hear(from(HOST), &init(json!({}))), Heard::Start(_)));
    link
}

/// What was heard, in a word.
fn word(heard: &Heard) -> String {
    match heard {
        Heard::Nothing(why) => format!("{why:?}"),
        Heard::Start(_) => "Start".to_owned(),
        Heard::Refuse(_) => "Refuse".to_owned(),
        Heard::Token { request_id, token } => {
            let token = token.as_ref().map(|token| token.token.expose());
            format!("Token {request_id} {:?}", token.map_err(|error| &error.code))
        }
        Heard::Theme { theme, .. } => format!("Theme {theme:?}"),
        Heard::Locale(tag) => format!("Locale {tag}"),
        Heard::Target(target) => format!("Target {}", target.name()),
        Heard::Path(path) => format!("Path {path}"),
    }
}

#[test]
fn the_portal_is_announced_to_each_origin_of_the_list_and_to_no_other() {
    let link = link();
    let (origins, ready) = link.ready();
    assert_eq!(origins, [HOST, OTHER]);
    assert_eq!(
        ready.to_text(),
        r#"{"v":1,"type":"pgbackup/ready","nonce":"nonce-1"}"#
    );
    assert_eq!(link.host(), None);
}

#[test]
fn t12_only_the_window_around_it_and_an_origin_of_the_list_start_it() {
    let child = Sender {
        is_parent: false,
        origin: HOST,
    };
    for (sender, word_of) in [
        (child, "OtherWindow"),
        (from("https://portal.contoso.com.evil.example"), "OtherOrigin"),
        (from("https://xportal.contoso.com"), "OtherOrigin"),
        (from("http://portal.contoso.com"), "OtherOrigin"),
        (from("https://portal.contoso.com:8443"), "OtherOrigin"),
        (from("null"), "OtherOrigin"),
        (from(""), "OtherOrigin"),
        (from(OTHER), "Start"),
    ] {
        let mut link = link();
        let heard = link.hear(
            sender,
            &init(json!({ "token": "t", "expiresOn": "2026-11-20T12:00:00Z" })),
        );
        assert_eq!(word(&heard), word_of, "{sender:?}");
        assert_eq!(link.host(), (word_of == "Start").then_some(OTHER));
    }
}

#[test]
fn t12_the_first_answer_pins_its_origin_and_a_second_one_changes_nothing() {
    let mut link = started();
    assert_eq!(link.host(), Some(HOST));
    assert_eq!(word(&link.hear(from(HOST), &init(json!({})))), "Repeated");
    assert_eq!(word(&link.hear(from(OTHER), &init(json!({})))), "OtherOrigin");
    let theme = r#"{"type":"pgbackup/theme","v":1,"theme":"dark"}"#;
    assert_eq!(word(&link.hear(from(OTHER), theme)), "OtherOrigin");
    assert_eq!(word(&link.hear(from(HOST), theme)), "Theme Dark");
}

#[test]
fn t12_an_answer_to_another_start_is_none() {
    let mut link = link();
    assert_eq!(
        word(&link.hear(from(HOST), &init(json!({ "nonce": "nonce-0" })))),
        "OtherNonce"
    );
    assert_eq!(link.host(), None);
}

#[test]
fn t12_a_token_is_taken_once_and_only_where_it_was_asked_for() {
    let answer = |id: &str| {
        json!({ "type": "pgbackup/token-response", "v": 1, "requestId": id, "token": "tok", "expiresOn": "2026-11-20T12:00:00Z" })
            .to_string()
    };
    let mut link = link();
    assert_eq!(word(&link.hear(from(HOST), &answer("r-1"))), "TooEarly");
    let mut link = started();
    assert_eq!(word(&link.hear(from(HOST), &answer("r-1"))), "NotAsked");
    for id in ["r-1", "r-2"] {
        let asked = link.ask(id.to_owned(), None, None, TokenReason::Missing);
        assert!(matches!(asked, PortalMessage::TokenRequest { request_id, .. } if request_id == id));
    }
    assert_eq!(
        word(&link.hear(from(HOST), &answer("r-2"))),
        r#"Token r-2 Ok("tok")"#
    );
    assert_eq!(word(&link.hear(from(HOST), &answer("r-2"))), "NotAsked", "once");
    link.give_up("r-1");
    assert_eq!(
        word(&link.hear(from(HOST), &answer("r-1"))),
        "NotAsked",
        "too late"
    );
}

#[test]
fn a_host_may_say_why_it_gives_no_token() {
    let mut link = started();
    link.ask("r-1".to_owned(), None, None, TokenReason::Expiring);
    let refusal = r#"{"type":"pgbackup/token-response","v":1,"requestId":"r-1","error":{"code":"interaction_required","message":"Sign in again."}}"#;
    assert_eq!(
        word(&link.hear(from(HOST), refusal)),
        r#"Token r-1 Err("interaction_required")"#
    );
}

#[test]
fn an_answer_that_cannot_be_read_ends_the_waiting_too() {
    for more in [
        json!({}),
        json!({ "token": "tok" }),
        json!({ "token": "two words", "expiresOn": "2026-11-20T12:00:00Z" }),
        json!({ "token": "tok", "expiresOn": "tomorrow" }),
        json!({ "error": "no" }),
        json!({ "token": "tok", "expiresOn": "2026-11-20T12:00:00Z", "error": { "code": "c", "message": "m" } }),
    ] {
        let mut link = started();
        link.ask("r-1".to_owned(), None, None, TokenReason::Missing);
        let mut answer = json!({ "type": "pgbackup/token-response", "v": 1, "requestId": "r-1" });
        for (key, value) in more.as_object().expect("an object") {
            answer[key] = value.clone();
        }
        let heard = link.hear(from(HOST), &answer.to_string());
        assert_eq!(word(&heard), r#"Token r-1 Err("unreadable")"#, "{more}");
    }
}

#[test]
fn all_that_a_host_may_start_it_with() {
    let said = init(json!({
        "token": "tok", "expiresOn": "2026-11-20T12:00:00Z", "tenantId": TENANT.to_uppercase(),
        "account": { "tenantId": TENANT, "objectId": "11111111-2222-4333-8444-555555555555", "name": "Mira" },
        "armEndpoint": "https://management.azure.com/", "resourceId": SERVER, "path": "/vaults?tab=jobs",
        "theme": "dark", "contrast": "more", "locale": "de-CH", "readOnly": true, "hide": ["delete-backup"],
        "more": { "of": "a later version" },
    }));
    let mut link = link();
    let Heard::Start(init) = link.hear(from(HOST), &said) else {
        panic!("it starts");
    };
    let token = init.token.expect("a token");
    assert_eq!(token.token.expose(), "tok");
    assert_eq!(token.expires_on.to_rfc3339(), "2026-11-20T12:00:00+00:00");
    assert_eq!(init.tenant_id.as_deref(), Some(TENANT));
    assert_eq!(init.account.expect("an account").name, "Mira");
    assert_eq!(init.target.expect("a target").as_str(), SERVER);
    assert_eq!(init.path.as_deref(), Some("/vaults?tab=jobs"));
    assert_eq!((init.theme, init.has_more_contrast), (Some(Theme::Dark), true));
    assert_eq!(init.locale.as_deref(), Some("de-CH"));
    assert!(init.is_read_only);
    assert_eq!(init.hide, ["delete-backup"]);
}

#[test]
fn what_cannot_be_gone_by_is_refused_with_its_reason() {
    let long = "x".repeat(2100);
    for more in [
        json!({ "v": 2 }),
        json!({ "nonce": 1 }),
        json!({ "token": "tok" }),
        json!({ "expiresOn": "2026-11-20T12:00:00Z" }),
        json!({ "token": "two words", "expiresOn": "2026-11-20T12:00:00Z" }),
        json!({ "token": "", "expiresOn": "2026-11-20T12:00:00Z" }),
        json!({ "token": "tok", "expiresOn": "tomorrow" }),
        json!({ "tenantId": "contoso.com" }),
        json!({ "account": { "tenantId": TENANT, "name": "Mira" } }),
        json!({ "armEndpoint": "https://management.usgovcloudapi.net" }),
        json!({ "armEndpoint": "https://management.azure.com.evil.example" }),
        json!({ "resourceId": "pg" }),
        json!({ "resourceId": long }),
        json!({ "path": "//evil.example" }),
        json!({ "path": "/\\evil.example" }),
        json!({ "path": "https://evil.example" }),
        json!({ "path": "/#access_token=x" }),
        json!({ "theme": "pink" }),
        json!({ "contrast": "less" }),
        json!({ "locale": "de_CH;q=1" }),
        json!({ "hide": "all" }),
        json!({ "readOnly": "yes" }),
    ] {
        let mut link = link();
        assert_eq!(
            word(&link.hear(from(HOST), &init(more.clone()))),
            "Refuse",
            "{more}"
        );
        assert_eq!(link.host(), None, "{more}");
    }
}

#[test]
fn what_is_no_message_is_nothing() {
    let long = format!(
        r#"{{"type":"pgbackup/init","v":1,"nonce":"{}"}}"#,
        "n".repeat(70_000)
    );
    for text in [
        "",
        "null",
        "[]",
        "\"ready\"",
        "{}",
        r#"{"type":"webpackOk","v":1}"#,
        &long,
    ] {
        assert_eq!(
            word(&link().hear(from(HOST), text)),
            "NoMessage",
            "{}",
            &text[..text.len().min(40)]
        );
    }
    let mut link = started();
    for text in [
        r#"{"type":"pgbackup/later","v":1}"#,
        r#"{"type":"pgbackup/theme","v":1,"theme":"pink"}"#,
        r#"{"type":"pgbackup/theme","v":2,"theme":"dark"}"#,
        r#"{"type":"pgbackup/target","v":1,"resourceId":"../x"}"#,
        r#"{"type":"pgbackup/path","v":1,"path":"https://evil.example/"}"#,
        r#"{"type":"pgbackup/path","v":1,"path":"javascript:alert(1)"}"#,
    ] {
        assert_eq!(word(&link.hear(from(HOST), text)), "NoMessage", "{text}");
    }
    let target = format!(r#"{{"type":"pgbackup/target","v":1,"resourceId":"{SERVER}"}}"#);
    assert_eq!(word(&link.hear(from(HOST), &target)), "Target pg");
    let path = r#"{"type":"pgbackup/path","v":1,"path":"/jobs?state=failed"}"#;
    assert_eq!(word(&link.hear(from(HOST), path)), "Path /jobs?state=failed");
    assert_eq!(
        word(&link.hear(from(HOST), r#"{"type":"pgbackup/locale","v":1,"locale":"fr"}"#)),
        "Locale fr"
    );
}

proptest! {
    /// Whatever is sent by whomever: nothing panics, and without the nonce from an origin of the list nothing starts.
    #[test]
    fn t12_no_text_without_the_nonce_starts_it(
        texts in proptest::collection::vec((any::<bool>(), 0..4_usize, "\\PC{0,80}", any::<bool>()), 0..20),
    ) {
        let origins = [HOST, OTHER, "https://evil.example", "null"];
        let mut link = link();
        for (is_parent, origin, text, is_message) in texts {
            let message = json!({ "type": "pgbackup/init", "v": 1, "nonce": text, "theme": "dark" }).to_string();
            let sender = Sender { is_parent, origin: origins[origin] };
            let heard = link.hear(sender, if is_message { &message } else { &text });
            let is_believed = matches!(heard, Heard::Start(_) | Heard::Token { .. });
            prop_assert!(!is_believed);
        }
        prop_assert_eq!(link.host(), None);
    }
}

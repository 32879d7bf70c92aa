//! Microsoft Entra's place, and the page for people.

use arm_emulator_server::Options;
use reqwest::Method;

use crate::rig::{Rig, header};

#[tokio::test]
async fn the_sign_in_page_and_its_files_are_at_entras_paths() {
    let rig = Rig::start(Options::default()).await;
    for (path, content_type, text) in [
        (
            "organizations/oauth2/v2.0/authorize?client_id=a&state=b",
            "text/html",
            arm_emulator::sign_in::PAGE_HTML,
        ),
        (
            "contoso.com/oauth2/v2.0/logout",
            "text/html",
            arm_emulator::sign_in::PAGE_HTML,
        ),
        (
            "contoso.com/oauth2/v2.0/authorize.js",
            "text/javascript",
            arm_emulator::sign_in::PAGE_JS,
        ),
        (
            "contoso.com/oauth2/v2.0/directory.js",
            "text/javascript",
            arm_emulator::sign_in::DIRECTORY_JS,
        ),
        (
            "contoso.com/oauth2/v2.0/answers.js",
            "text/javascript",
            arm_emulator::sign_in::ANSWERS_JS,
        ),
        (
            "contoso.com/oauth2/v2.0/authorize.css",
            "text/css",
            arm_emulator::sign_in::PAGE_CSS,
        ),
    ] {
        let answer = rig.request(Method::GET, &format!("/{path}")).send().await;
        let answer = answer.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        assert!(
            header(&answer, "Content-Type").starts_with(content_type),
            "{answer:?}"
        );
        let policy = header(&answer, "Content-Security-Policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.text().await.expect("a body"), text, "{path}");
    }
}

#[tokio::test]
async fn only_a_silent_sign_in_may_be_framed_and_only_by_apps_on_loopback() {
    let rig = Rig::start(Options::default()).await;
    for (query, may) in [
        ("prompt=none", true),
        ("state=a&prompt=none", true),
        ("prompt=login", false),
        ("state=prompt=none", false),
        ("", false),
    ] {
        let path = format!("/organizations/oauth2/v2.0/authorize?client_id=a&{query}");
        let answer = rig.request(Method::GET, &path).send().await.expect("an answer");
        let policy = header(&answer, "Content-Security-Policy").to_owned();
        assert_eq!(answer.headers().contains_key("X-Frame-Options"), !may, "{query}");
        assert_eq!(
            policy.contains("frame-ancestors 'none'"),
            !may,
            "{query}: {policy}"
        );
        assert_eq!(policy.contains("http://127.0.0.1:*"), may, "{query}: {policy}");
    }
}

#[tokio::test]
async fn planned_answers_are_given_in_turn_and_no_unknown_one_is_planned() {
    let rig = Rig::start(Options::default()).await;
    let plan = async |body: &'static str| {
        let planned = rig
            .request(Method::POST, "/_emulator/sign-ins")
            .body(body)
            .send()
            .await;
        planned.expect("an answer").status().as_u16()
    };
    assert_eq!(plan(r#"["error-50058","replay"]"#).await, 204);
    assert_eq!(plan(r#"["slow","fast"]"#).await, 400);
    assert_eq!(plan(r#""slow""#).await, 400);
    for expected in ["error-50058", "replay", ""] {
        let path = "/contoso.com/oauth2/v2.0/authorize?client_id=a";
        let answer = rig.request(Method::GET, path).send().await.expect("an answer");
        let played = answer.url().query_pairs().find(|(name, _)| name == "play");
        let played = played.map(|(_, play)| play.into_owned()).unwrap_or_default();
        assert_eq!(played, expected);
        assert_eq!(answer.status(), 200, "{played}");
    }
}

#[tokio::test]
async fn the_token_endpoint_refuses_as_entra_does_and_any_page_may_read_it() {
    let rig = Rig::start(Options::default()).await;
    let path = "/contoso.com/oauth2/v2.0/token";
    let request = rig
        .request(Method::POST, path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", "http://127.0.0.1:1")
        .body("client_id=a&grant_type=refresh_token&refresh_token=x");
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.status(), 400);
    assert_eq!(header(&answer, "Access-Control-Allow-Origin"), "*");
    let body = answer.text().await.expect("a body");
    assert!(body.contains(r#""error":"invalid_grant""#), "{body}");
    assert!(body.contains("AADSTS9002313: "), "{body}");
    let unknown = rig.server.with_world(|world| world.unknown_routes().to_vec());
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[tokio::test]
async fn a_person_is_told_what_this_is() {
    let rig = Rig::start(Options::default()).await;
    let page = rig.request(Method::GET, "/").send().await.expect("an answer");
    assert!(header(&page, "Content-Type").starts_with("text/html"), "{page:?}");
    let page = page.text().await.expect("a body");
    assert!(
        page.contains(&format!(
            "curl -H 'Authorization: Bearer any' '{}",
            rig.server.url()
        )),
        "{page}"
    );
    let icon = rig.request(Method::GET, "/favicon.ico").send().await;
    assert_eq!(icon.expect("an answer").status(), 204);
    let unknown = rig.server.with_world(|world| world.unknown_routes().to_vec());
    assert!(unknown.is_empty(), "{unknown:?}");
}

//! Threats of `docs/threat-model.md` that only a browser can show.

use arm_core::Method;
use arm_emulator::{Fault, FaultKind, RequestMatcher};
use e2e::Stage;
use e2e::portal::{BACKUPS, MIRA, SERVER};
use serde_json::json;

/// What would run, load or lead somewhere if it were taken for markup.
const HOSTILE: [&str; 6] = [
    "<script>document.title='taken'</script>",
    "<img src=x onerror=\"document.title='taken'\">",
    "<svg onload=\"document.title='taken'\">",
    "<a href=\"javascript:document.title='taken'\">Sign in</a>",
    "<iframe srcdoc=\"<script>parent.document.title='taken'</script>\"></iframe>",
    "{{constructor.constructor('document.title=1')()}} ${document.title=1} &lt;b&gt;",
];

#[tokio::test(flavor = "multi_thread")]
async fn t06_markup_in_what_the_service_says_is_shown_as_text() {
    let mut stage = Stage::with_emulator_server().await;
    stage.announce_console_error("status of 409");
    stage.inject(Fault {
        matching: RequestMatcher {
            method: Some(Method::Get),
            path_contains: format!("{SERVER}/backups"),
        },
        kind: FaultKind::Status {
            status: 409,
            code: HOSTILE[1].to_owned(),
            message: HOSTILE.join(" "),
            retry_after: None,
        },
        times: 99,
    });
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    for text in HOSTILE {
        page.see_text(text).await;
    }
    let made = page
        .script(
            "return [...document.querySelectorAll('script:not([src]), img, iframe, [onload], [onerror], a[href^=\"javascript:\"]')]
                .map((element) => element.outerHTML).concat(document.title.includes('taken') ? [document.title] : [])",
            vec![],
        )
        .await;
    assert_eq!(made, json!([]), "nothing was made of it");
    stage.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t10_no_service_worker_and_no_cache_of_ours_is_left_behind() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, BACKUPS).await;
    let page = stage.page().clone();
    page.see_backups_of(SERVER).await;
    let left = page
        .asynchronous_script(
            "const done = arguments[arguments.length - 1];
             Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()])
                .then(([workers, kept]) => done([workers.length, kept.length]));",
            vec![],
        )
        .await;
    assert_eq!(left, json!([0, 0]), "service workers, caches");
    stage.finish().await;
}

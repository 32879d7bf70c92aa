//! Message bars, empty states, code blocks and disclosures.

use pg_backup_portal::ui::button::Button;
use pg_backup_portal::ui::disclosure::Disclosure;
use pg_backup_portal::ui::empty_state::EmptyState;
use pg_backup_portal::ui::icon::IconName;
use pg_backup_portal::ui::message_bar::{MessageBar, MessageIntent};
use pg_backup_portal::{
    prelude::*,
    ui::code_block::{CodeBlock, CodeSample},
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{all, by_role, click_button, focused, mount, one, press, role, see_text, text, tick};

#[wasm_bindgen_test]
async fn a_message_says_what_happened_what_to_do_and_on_what_evidence() {
    let (tried, dismissed) = (RwSignal::new(0), RwSignal::new(0));
    let _page = mount(move || {
        view! {
            <MessageBar
                intent=MessageIntent::Warning
                title="Another on-demand backup is running."
                evidence="'smoke-test' has not completed."
                actions=move || view! { <Button small=true on_click=move |()| tried.set(1)>"Show it"</Button> }
                on_dismiss=move |()| dismissed.set(1)
            >
                "Azure takes one at a time."
            </MessageBar>
        }
    })
    .await;
    see_text("Another on-demand backup is running. Azure takes one at a time.");
    see_text("Evidence: 'smoke-test' has not completed.");
    click_button("Show it").await;
    click_button("Dismiss").await;
    assert_eq!((tried.get_untracked(), dismissed.get_untracked()), (1, 1));
}

#[wasm_bindgen_test]
async fn an_empty_state_is_a_heading_with_a_way_out() {
    let tried = RwSignal::new(0);
    let _page = mount(move || {
        view! {
            <EmptyState
                icon=IconName::History
                title="No backups yet"
                actions=move || view! { <Button on_click=move |()| tried.set(1)>"Backup now"</Button> }
                note=|| "Signed in as Mira"
            >
                "Azure takes the first one soon."
            </EmptyState>
        }
    })
    .await;
    role("heading", "No backups yet");
    see_text("Azure takes the first one soon.");
    see_text("Signed in as Mira");
    click_button("Backup now").await;
    assert_eq!(tried.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn code_is_shown_and_copied_in_the_language_chosen() {
    let (selected, copied) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let _page = mount(move || {
        let sample = |language: &str, code: &str| CodeSample {
            language: language.into(),
            code: code.into(),
        };
        let samples = vec![
            sample("Azure CLI", "# one\naz login $SAS"),
            sample("REST", "PUT /x"),
        ];
        view! {
            <CodeBlock
                label="Take a backup"
                samples
                selected
                on_select=move |language| selected.set(language)
                on_copy=move |code| copied.set(Some(code))
                copied=Signal::derive(move || copied.with(Option::is_some))
            />
        }
    })
    .await;
    assert_eq!(one("pre").text_content().as_deref(), Some("# one\naz login $SAS"));
    assert_eq!(
        (text(&one(".code-comment")), text(&one(".code-placeholder"))),
        ("# one".into(), "$SAS".into())
    );
    assert_eq!(role("tabpanel", "Azure CLI"), one("pre"));

    press(&role("tab", "Azure CLI"), "ArrowRight").await;
    assert_eq!(focused(), "REST");
    assert_eq!(
        role("tab", "REST").get_attribute("aria-selected").as_deref(),
        Some("true")
    );
    assert_eq!(text(&one("pre")), "PUT /x");

    click_button("Copy").await;
    assert_eq!(copied.get_untracked().as_deref(), Some("PUT /x"));
    role("button", "Copied");
    role("tab", "Azure CLI").click();
    tick().await;
    assert_eq!(selected.get_untracked(), "Azure CLI");
}

#[wasm_bindgen_test]
async fn a_disclosure_is_closed_until_asked_for() {
    let _page =
        mount(|| view! { <Disclosure summary="Show as code" note="az, REST">"az login"</Disclosure> }).await;
    assert!(!one("details").has_attribute("open"));
    assert_eq!(text(&one("summary")), "Show as code az, REST");
    one("summary").click();
    assert!(one("details").has_attribute("open"));
    assert_eq!((all("details").len(), by_role("group", "none").len()), (1, 0));
}

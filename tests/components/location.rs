//! Links, the query and the ways back.

use pg_backup_portal::location::{
    Address, Router, use_going, use_query_pairs, use_query_value, use_staying, with_query,
};
use pg_backup_portal::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue, prelude::Closure};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, MouseEvent, MouseEventInit};

use crate::support::{Mounted, click_button, mount, role, see_text, tick, until_event};

/// Leads back to where the test runner's page was.
struct Stay(String);

impl Stay {
    fn here() -> Self {
        Self(address())
    }
}

impl Drop for Stay {
    fn drop(&mut self) {
        let history = window().history().unwrap();
        history
            .replace_state_with_url(&JsValue::NULL, "", Some(&self.0))
            .unwrap();
    }
}

fn address() -> String {
    let location = window().location();
    format!("{}{}", location.pathname().unwrap(), location.search().unwrap())
}

#[component]
fn Words() -> impl IntoView {
    let (word, set_word) = use_query_value("word");
    let (other, set_other) = use_query_value("other");
    view! {
        <p>{move || format!("word: {:?}, other: {:?}.", word.get(), other.get())}</p>
        <button on:click=move |_| set_word.run(Some("a b&c+d".to_owned()))>"Set word"</button>
        <button on:click=move |_| set_other.run(Some("é".to_owned()))>"Set other"</button>
        <button on:click=move |_| set_word.run(None)>"Clear word"</button>
        <a href="/servers?word=x"><span id="inside">"Link"</span></a>
        <a href="/servers?word=x" target="_blank">"Other window"</a>
        <a href="/servers?word=x" download="file">"File"</a>
        <a href="/servers?word=x" rel="nofollow external">"External"</a>
        <a href="https://portal.azure.com/servers">"Elsewhere"</a>
    }
}

async fn mount_words() -> Mounted {
    mount(|| view! { <Router><Words /></Router> }).await
}

#[wasm_bindgen_test]
async fn values_of_the_query_are_set_apart_and_make_no_entry_in_the_history() {
    let _stay = Stay::here();
    let _page = mount_words().await;
    let before = window().history().unwrap().length().unwrap();
    click_button("Set word").await;
    click_button("Set other").await;
    see_text("word: Some(\"a b&c+d\"), other: Some(\"é\").");
    let search = window().location().search().unwrap();
    assert_eq!(search, "?word=a%20b%26c%2Bd&other=%C3%A9");
    click_button("Clear word").await;
    see_text("word: None, other: Some(\"é\").");
    assert_eq!(window().location().search().unwrap(), "?other=%C3%A9");
    assert_eq!(window().history().unwrap().length().unwrap(), before);
}

#[wasm_bindgen_test]
async fn a_link_to_a_page_of_the_app_leads_there_and_back() {
    let _stay = Stay::here();
    let _page = mount_words().await;
    let before = address();
    role("link", "Link").click();
    tick().await;
    assert_eq!(address(), "/servers?word=x");
    see_text("word: Some(\"x\"), other: None.");
    let entries = window().history().unwrap().length().unwrap();
    role("link", "Link").click();
    tick().await;
    let now = window().history().unwrap().length().unwrap();
    assert_eq!(now, entries, "a link to the page itself makes no second entry");

    let moved = window();
    until_event(moved.unchecked_ref(), "popstate", || {
        window().history().unwrap().back().unwrap()
    })
    .await;
    tick().await;
    assert_eq!(address(), before);
    see_text("word: None, other: None.");
}

/// Mounts a view whose address is in memory and begins so; gives it, and each way that is gone.
async fn mount_in_memory(
    start: &'static str,
    view: impl FnOnce() -> AnyView + Send + 'static,
) -> (Mounted, Address, RwSignal<Vec<(String, bool)>>) {
    let ways = RwSignal::new(Vec::new());
    let address = Address::in_memory(
        start,
        Callback::new(move |way| ways.update(|ways: &mut Vec<_>| ways.push(way))),
    );
    let page = mount(move || {
        provide_context(address);
        view! { <Router>{view()}</Router> }
    })
    .await;
    (page, address, ways)
}

#[wasm_bindgen_test]
async fn in_memory_neither_the_address_nor_the_history_of_the_browser_is_touched() {
    let _stay = Stay::here();
    let browser = || {
        let history = window().history().unwrap();
        (address(), history.length().unwrap(), history.state().unwrap())
    };
    let before = browser();
    let (_page, at, ways) = mount_in_memory("/servers?word=first", || view! { <Words /> }.into_any()).await;
    see_text("word: Some(\"first\"), other: None.");
    role("link", "Link").click();
    tick().await;
    see_text("word: Some(\"x\"), other: None.");
    click_button("Set other").await;
    see_text("word: Some(\"x\"), other: Some(\"é\").");
    let way = |path: &str, is_new| (path.to_owned(), is_new);
    let gone = [
        way("/servers?word=x", true),
        way("/servers?word=x&other=%C3%A9", false),
    ];
    assert_eq!(ways.get_untracked(), gone);

    // What happens to the browser's history is not the portal's.
    window()
        .dispatch_event(&web_sys::Event::new("popstate").unwrap())
        .unwrap();
    tick().await;
    see_text("word: Some(\"x\"), other: Some(\"é\").");
    assert!(at.lead_to("/servers?word=back#part"));
    tick().await;
    see_text("word: Some(\"back\"), other: None.");
    assert_eq!(at.text_untracked(), "/servers?word=back");
    assert!(at.history().is_none(), "no row is noted in it either");
    assert_eq!(browser(), before);
}

#[wasm_bindgen_test]
async fn in_memory_too_a_page_is_asked_before_it_is_led_elsewhere() {
    let asked = RwSignal::new(Vec::new());
    let form = move || view! { <Form asked /> }.into_any();
    let (_page, at, _ways) = mount_in_memory("/?word=form", form).await;
    assert!(!at.lead_to("/?word=before"), "it stays");
    assert!(at.lead_to("/?word=leave"));
    assert_eq!(asked.get_untracked(), ["/?word=before", "/?word=leave"]);
    tick().await;
    see_text("word: Some(\"leave\").");
}

#[component]
fn Form(asked: RwSignal<Vec<String>>) -> impl IntoView {
    use_staying(Callback::new(move |address: String| {
        asked.update(|asked| asked.push(address.clone()));
        !address.ends_with("word=leave")
    }));
    let (word, _) = use_query_value("word");
    view! { <p>{move || format!("word: {:?}.", word.get())}</p> }
}

#[wasm_bindgen_test]
async fn a_page_is_asked_before_back_leaves_it_and_may_stay() {
    let _stay = Stay::here();
    let asked = RwSignal::new(Vec::new());
    let history = window().history().unwrap();
    let push = |search: &str| {
        history
            .push_state_with_url(&JsValue::NULL, "", Some(search))
            .unwrap()
    };
    let back = async || {
        let page = window();
        until_event(page.unchecked_ref(), "popstate", || {
            window().history().unwrap().back().unwrap()
        })
        .await;
        tick().await;
    };
    push("?word=before");
    push("?word=form");
    let page = mount(move || view! { <Router><Form asked /></Router> }).await;
    back().await;
    let before = format!("{}?word=before", window().location().pathname().unwrap());
    assert_eq!(asked.get_untracked(), [before]);
    see_text("word: Some(\"form\").");
    assert_eq!(window().location().search().unwrap(), "?word=form");

    push("?word=leave");
    push("?word=form");
    back().await;
    see_text("word: Some(\"leave\").");
    assert_eq!(asked.with_untracked(Vec::len), 2);

    drop(page);
    push("?word=again");
    back().await;
    assert_eq!(asked.with_untracked(Vec::len), 2, "nobody is left to ask");
}

#[component]
fn Pairs() -> impl IntoView {
    let (pairs, set_pairs) = use_query_pairs();
    let going = use_going();
    let two = || {
        vec![
            ("a".to_owned(), "1 2".to_owned()),
            ("b".to_owned(), "é".to_owned()),
        ]
    };
    view! {
        <p>{move || format!("{:?}.", pairs.get())}</p>
        <button on:click=move |_| set_pairs.run((two(), true))>"Push"</button>
        <button on:click=move |_| set_pairs.run((Vec::new(), false))>"Replace"</button>
        <button on:click=move |_| going.run(with_query("/vaults", two()))>"Go"</button>
    }
}

#[wasm_bindgen_test]
async fn all_pairs_of_the_query_are_taken_with_an_entry_in_the_history_or_without() {
    let _stay = Stay::here();
    let _page = mount(|| view! { <Router><Pairs /></Router> }).await;
    let path = window().location().pathname().unwrap();
    let entries = || window().history().unwrap().length().unwrap();
    click_button("Push").await;
    see_text("[(\"a\", \"1 2\"), (\"b\", \"é\")].");
    assert_eq!(address(), format!("{path}?a=1%202&b=%C3%A9"));
    let before = entries();
    click_button("Replace").await;
    see_text("[].");
    assert_eq!((address(), entries()), (path.clone(), before));
    click_button("Push").await;
    let page = window();
    until_event(page.unchecked_ref(), "popstate", || {
        window().history().unwrap().back().unwrap();
    })
    .await;
    see_text("[].");
    assert_eq!(address(), path);
    click_button("Go").await;
    assert_eq!(address(), "/vaults?a=1%202&b=%C3%A9");
}

#[wasm_bindgen_test]
async fn what_is_for_the_browser_is_left_to_it() {
    let _stay = Stay::here();
    let _page = mount_words().await;
    let plain = MouseEventInit::new();
    for name in ["Other window", "File", "External", "Elsewhere"] {
        assert!(!is_taken(name, &plain), "{name}");
    }
    assert!(is_taken("Link", &plain));
    let keys: [fn(&MouseEventInit); 5] = [
        |click| click.set_ctrl_key(true),
        |click| click.set_meta_key(true),
        |click| click.set_shift_key(true),
        |click| click.set_alt_key(true),
        |click| click.set_button(1),
    ];
    for (number, key) in keys.into_iter().enumerate() {
        let click = MouseEventInit::new();
        key(&click);
        assert!(!is_taken("Link", &click), "{number}");
    }
}

/// Whether the app takes a click on the link; the browser never does here.
fn is_taken(name: &str, click: &MouseEventInit) -> bool {
    click.set_bubbles(true);
    click.set_cancelable(true);
    // Comes after the app's own listener, which has been there before.
    let (saw, seen) = std::sync::mpsc::channel();
    let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        saw.send(event.default_prevented()).unwrap();
        event.prevent_default();
    });
    let listener = listener.as_ref().unchecked_ref();
    window()
        .add_event_listener_with_callback("click", listener)
        .unwrap();
    let event = MouseEvent::new_with_mouse_event_init_dict("click", click).unwrap();
    role("link", name).dispatch_event(&event).unwrap();
    window()
        .remove_event_listener_with_callback("click", listener)
        .unwrap();
    seen.recv().unwrap()
}

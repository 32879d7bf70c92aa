//! The gallery: every component in each state, in both themes, without a fault that axe-core can find.

use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
use pg_backup_portal::{pages::Gallery, prelude::*};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::support::{click_button, mount, one, role, tick};

/// The test runner serves the files of the project; `cargo xtask test components` installs axe-core there.
const AXE: &str = "/target/tools/node_modules/axe-core/axe.min.js";

#[wasm_bindgen_test]
async fn every_component_in_each_state_is_accessible_in_both_themes() {
    let _page = mount(|| {
        view! {
            <main>
                <h1>"Component gallery"</h1>
                <Gallery />
            </main>
        }
    })
    .await;
    let added = add_styles_and_axe().await;
    let root = document().document_element().unwrap();
    for theme in ["light", "dark"] {
        root.set_attribute("data-theme", theme).unwrap();
        assert_accessible(&one("main"), theme).await;
        for (open, dialog, close) in [
            ("Open a pane", "Take backup", "Close"),
            ("Open a dialog", "Delete backup", "Cancel"),
            ("Open the help sheet", "Help", "Close"),
        ] {
            click_button(open).await;
            tick().await;
            let opened = if dialog == "Delete backup" {
                role("alertdialog", dialog)
            } else {
                role("dialog", dialog)
            };
            assert_accessible(&opened, &format!("{theme}, {dialog}")).await;
            let selector = if close == "Cancel" {
                ".dialog-buttons .button-default"
            } else {
                "dialog .button-icon-only"
            };
            one(selector).click();
            tick().await;
            next_frame().await;
        }
    }
    root.remove_attribute("data-theme").unwrap();
    added.iter().for_each(Element::remove);
}

/// What it takes to judge how the page looks; to be taken out of it again.
pub async fn add_styles_and_axe() -> Vec<Element> {
    [add_styles().await, vec![add("script", "src", AXE).await]].concat()
}

/// The styles that index.html names, in their order.
async fn add_styles() -> Vec<Element> {
    let request = window().fetch_with_str("/index.html");
    let response: web_sys::Response = JsFuture::from(request).await.unwrap().unchecked_into();
    let index = JsFuture::from(response.text().unwrap())
        .await
        .unwrap()
        .as_string()
        .unwrap();
    let named = index.split("href=\"").filter_map(|rest| rest.split_once('"'));
    let mut added = vec![];
    for (file, _) in named.filter(|(file, _)| file.starts_with("style/")) {
        added.push(add("link", "href", &format!("/{file}")).await);
    }
    assert!(added.len() > 20, "index.html names the styles: {index}");
    added
}

/// Adds a script or a stylesheet and waits until it is there.
async fn add(name: &str, attribute: &str, url: &str) -> Element {
    let element = document().create_element(name).unwrap();
    element.set_attribute("rel", "stylesheet").unwrap();
    element.set_attribute(attribute, url).unwrap();
    let loading = Promise::new(&mut |loaded, failed| {
        for (event, settle) in [("load", loaded), ("error", failed)] {
            element.add_event_listener_with_callback(event, &settle).unwrap();
        }
    });
    let head = document().query_selector("head").unwrap().unwrap();
    head.append_child(&element).unwrap();
    let is_there = JsFuture::from(loading).await.is_ok();
    assert!(
        is_there,
        "{url} is not there; `cargo xtask test components` installs what it needs"
    );
    element
}

/// Transitions of colour would be taken for colours.
async fn next_frame() {
    let animations: Function = Reflect::get(&document(), &"getAnimations".into())
        .unwrap()
        .unchecked_into();
    let animations: Array = animations.call0(&document()).unwrap().unchecked_into();
    for animation in animations.iter() {
        let finish: Function = Reflect::get(&animation, &"finish".into())
            .unwrap()
            .unchecked_into();
        // One that runs for ever has no end to be brought to.
        finish.call0(&animation).ok();
    }
    tick().await;
}

/// Fails where axe-core finds a fault in an element.
pub async fn assert_accessible(element: &Element, what: &str) {
    next_frame().await;
    let axe = Reflect::get(&window(), &"axe".into()).unwrap();
    let run: Function = Reflect::get(&axe, &"run".into()).unwrap().unchecked_into();
    let options = JSON::parse(
        r#"{ "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
             "resultTypes": ["violations"] }"#,
    );
    let running: Promise = run
        .call2(&axe, element, &options.unwrap())
        .unwrap()
        .unchecked_into();
    let results: Object = JsFuture::from(running).await.unwrap().unchecked_into();
    let violations: Array = Reflect::get(&results, &"violations".into())
        .unwrap()
        .unchecked_into();
    let passes: Array = Reflect::get(&results, &"passes".into()).unwrap().unchecked_into();
    assert!(passes.length() > 5, "axe looked at {what}");
    let sentences: Vec<String> = violations
        .iter()
        .flat_map(|violation| sentences(&violation))
        .collect();
    assert!(sentences.is_empty(), "{what}:\n{}", sentences.join("\n"));
}

fn sentences(violation: &JsValue) -> Vec<String> {
    let text = |object: &JsValue, field: &str| {
        Reflect::get(object, &field.into())
            .unwrap()
            .as_string()
            .unwrap_or_default()
    };
    let nodes: Array = Reflect::get(violation, &"nodes".into()).unwrap().unchecked_into();
    let rule = text(violation, "id");
    let nodes = nodes.iter();
    nodes
        .map(|node| {
            format!(
                "{rule}: {}\n    {}",
                text(&node, "html"),
                text(&node, "failureSummary")
            )
        })
        .collect()
}

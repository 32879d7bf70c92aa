//! The commands that have a key: found where a page shows them, so that no page has to register any.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::{
    location::link,
    prelude::*,
    routes,
    ui::focus::{focus, rendered},
};

/// The key, where the command stands, and the word on it, where it has one.
const COMMANDS: [(&str, &str, &str); 5] = [
    ("B", ".command-bar button", "Backup now"),
    ("R", ".command-bar button", "Refresh"),
    ("N", ".bell-button", ""),
    ("?", ".help-button", ""),
    ("/", "#main input[type='search']", ""),
];

/// Does what the command with this key does; says whether there is one that can be used now.
pub fn run(key: &str) -> bool {
    let command = COMMANDS.into_iter().find(|(of, ..)| *of == key);
    let Some(element) = command.and_then(|(_, selector, word)| find(selector, word)) else {
        return false;
    };
    match element.dyn_ref::<HtmlInputElement>() {
        Some(field) => {
            focus(field);
            field.select();
        }
        // A command that cannot be used now ignores the click and says why.
        None => element.click(),
    }
    true
}

/// Goes to the page with this key by the menu's own link; says whether there is one.
pub fn go(key: char) -> bool {
    let href = match key {
        's' => link(&routes::servers()),
        'v' => link(&routes::vaults()),
        'j' => link(&routes::jobs()),
        _ => return false,
    };
    let links = elements("#menu a[href]");
    let target = links
        .into_iter()
        .find(|element| element.get_attribute("href").as_deref() == Some(&href));
    if let Some(target) = &target {
        target.click();
    }
    target.is_some()
}

/// Shows each command's key to screen readers and in its tooltip, or takes it away.
pub fn show_keys(are_on: bool) {
    for (key, selector, word) in COMMANDS {
        let Some(element) = find(selector, word) else {
            continue;
        };
        let done = if are_on {
            element.set_attribute("aria-keyshortcuts", key)
        } else {
            element.remove_attribute("aria-keyshortcuts")
        };
        done.ok();
    }
}

fn find(selector: &str, word: &str) -> Option<HtmlElement> {
    elements(selector).into_iter().find(|element| {
        let is_it = word.is_empty() || element.text_content().is_some_and(|text| text.contains(word));
        is_it && !is_inert(element)
    })
}

/// Elements of the page, shown or not: a command may be in the menu of those that have no room.
fn elements(selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = document().query_selector_all(selector) else {
        return Vec::new();
    };
    let elements = (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok());
    elements.collect()
}

/// The elements of the page that match, are shown and can be used.
pub fn usable(selector: &str) -> Vec<HtmlElement> {
    let Some(root) = document().document_element() else {
        return Vec::new();
    };
    let shown = rendered(&root, selector);
    shown.into_iter().filter(|element| !is_inert(element)).collect()
}

fn is_inert(element: &Element) -> bool {
    matches!(element.closest("[inert]"), Ok(Some(_)))
}

//! What the component tests are written with: mount, find as a user finds, do as a user does.

use std::{cell::RefCell, rc::Rc};

use leptos::leptos_dom::helpers::WindowListenerHandle;
use leptos::mount::{UnmountHandle, mount_to};
use pg_backup_portal::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};

pub use leptos::task::tick;

/// A mounted view; dropped, it is taken out of the page together with its container, and what went wrong meanwhile in a
/// task, which no test waits for, is the test's failure.
#[must_use]
pub struct Mounted {
    container: HtmlElement,
    view: Option<Box<dyn std::any::Any>>,
    faults: Rc<RefCell<Vec<String>>>,
    listener: Option<WindowListenerHandle>,
}

/// Mounts a view into a fresh container at the end of the page and lets its effects run.
///
/// What a test that failed has left behind is taken away first: a panic drops nothing here.
pub async fn mount<F, N>(view: F) -> Mounted
where
    F: FnOnce() -> N + 'static,
    N: IntoView + 'static,
{
    let body = document().body().unwrap();
    if body.has_attribute("data-tested") {
        roots().iter().for_each(|root| root.remove());
    } else {
        // All that is there before the first test belongs to the test runner.
        body.set_attribute("data-tested", "").unwrap();
        children_of(&body)
            .iter()
            .for_each(|child| child.set_attribute("data-runner", "").unwrap());
    }
    let container: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    body.append_child(&container).unwrap();
    let faults = Rc::new(RefCell::new(Vec::new()));
    let listener = window_event_listener(leptos::ev::error, {
        let faults = Rc::clone(&faults);
        move |event| faults.borrow_mut().push(event.message())
    });
    let handle: UnmountHandle<_> = mount_to(container.clone(), view);
    tick().await;
    Mounted {
        container,
        view: Some(Box::new(handle)),
        faults,
        listener: Some(listener),
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        drop(self.view.take());
        self.container.remove();
        if let Some(listener) = self.listener.take() {
            listener.remove();
        }
        let faults = self.faults.borrow();
        assert!(faults.is_empty(), "a task has failed: {faults:?}");
    }
}

fn children_of(element: &Element) -> Vec<HtmlElement> {
    let children = element.query_selector_all(":scope > *").unwrap();
    (0..children.length())
        .map(|index| children.get(index).unwrap().unchecked_into())
        .collect()
}

/// What the tests have put into the page: the container, and what hangs beside it.
fn roots() -> Vec<HtmlElement> {
    let children = children_of(&document().body().unwrap());
    children
        .into_iter()
        .filter(|child| !child.has_attribute("data-runner"))
        .collect()
}

/// All elements of the page that match.
pub fn all(selector: &str) -> Vec<HtmlElement> {
    let mut found = Vec::new();
    for root in roots() {
        let inside = root.query_selector_all(selector).unwrap();
        found.extend(
            (0..inside.length()).map(|index| inside.get(index).unwrap().unchecked_into::<HtmlElement>()),
        );
    }
    found
}

/// The one element of the page that matches.
pub fn one(selector: &str) -> HtmlElement {
    let mut found = all(selector);
    assert_eq!(found.len(), 1, "elements that match {selector} in {}", page());
    found.remove(0)
}

/// Elements with this role and accessible name.
pub fn by_role(role: &str, name: &str) -> Vec<HtmlElement> {
    let elements = all(&selector_of(role));
    elements
        .into_iter()
        .filter(|element| accessible_name(element) == name)
        .collect()
}

/// The one element with this role and accessible name.
pub fn role(role: &str, name: &str) -> HtmlElement {
    let mut found = by_role(role, name);
    let names: Vec<String> = all(&selector_of(role))
        .iter()
        .map(|element| accessible_name(element))
        .collect();
    assert_eq!(found.len(), 1, "{role} {name:?}; there are {names:?}");
    found.remove(0)
}

fn selector_of(role: &str) -> String {
    let native = match role {
        "button" => "button:not([role])",
        "link" => "a[href]",
        "textbox" => "input[type=text]",
        "searchbox" => "input[type=search]",
        "radio" => "input[type=radio]",
        "checkbox" => "input[type=checkbox]:not([role])",
        "dialog" => "dialog:not([role])",
        "heading" => "h1, h2, h3, h4",
        "columnheader" => "th",
        "progressbar" => "progress",
        "combobox" => "select, input[list]",
        "group" => "details, fieldset",
        _ => "",
    };
    if native.is_empty() {
        format!("[role={role}]")
    } else {
        format!("{native}, [role={role}]")
    }
}

/// The name as screen readers compute it, as far as these tests need it.
pub fn accessible_name(element: &Element) -> String {
    if let Some(ids) = element.get_attribute("aria-labelledby") {
        return texts_of(&ids);
    }
    if let Some(label) = element.get_attribute("aria-label") {
        return label;
    }
    if let Some(label) = element.closest("label").unwrap() {
        return spoken_text(&label);
    }
    let label = (!element.id().is_empty())
        .then(|| {
            document()
                .query_selector(&format!("label[for='{}']", element.id()))
                .unwrap()
        })
        .flatten();
    label.map_or_else(|| spoken_text(element), |label| spoken_text(&label))
}

/// What describes an element to screen readers.
pub fn description(element: &Element) -> String {
    element
        .get_attribute("aria-describedby")
        .map(|ids| texts_of(&ids))
        .unwrap_or_default()
}

fn texts_of(ids: &str) -> String {
    let element = |id| {
        document()
            .get_element_by_id(id)
            .unwrap_or_else(|| panic!("no element has the id {id}"))
    };
    ids.split_whitespace()
        .map(|id| spoken_text(&element(id)))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The text of an element without what is hidden from screen readers.
pub fn spoken_text(element: &Element) -> String {
    let copy: Element = element.clone_node_with_deep(true).unwrap().unchecked_into();
    let hidden = copy
        .query_selector_all("[aria-hidden='true'], [popover]")
        .unwrap();
    for index in 0..hidden.length() {
        hidden.get(index).unwrap().unchecked_into::<Element>().remove();
    }
    words(&copy.text_content().unwrap_or_default())
}

/// The text of an element, with single spaces.
pub fn text(element: &Element) -> String {
    words(&element.text_content().unwrap_or_default())
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of the whole page.
pub fn page() -> String {
    roots()
        .iter()
        .map(|root| text(root))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Fails unless the text is on the page.
pub fn see_text(expected: &str) {
    assert!(page().contains(expected), "{expected:?} is not in {:?}", page());
}

/// Fails if the text is on the page.
pub fn see_no_text(unexpected: &str) {
    assert!(!page().contains(unexpected), "{unexpected:?} is in {:?}", page());
}

/// Clicks the button with this name.
pub async fn click_button(name: &str) {
    role("button", name).click();
    tick().await;
}

/// Replaces the text of the field with this label, as typing does.
pub async fn type_into(field: &HtmlElement, text: &str) {
    field.unchecked_ref::<HtmlInputElement>().set_value(text);
    let init = EventInit::new();
    init.set_bubbles(true);
    field
        .dispatch_event(&Event::new_with_event_init_dict("input", &init).unwrap())
        .unwrap();
    tick().await;
}

/// Chooses from a list of the browser's own, as a user does.
pub async fn choose(list: &HtmlElement, value: &str) {
    js_sys::Reflect::set(list, &"value".into(), &value.into()).unwrap();
    let init = EventInit::new();
    init.set_bubbles(true);
    list.dispatch_event(&Event::new_with_event_init_dict("change", &init).unwrap())
        .unwrap();
    tick().await;
}

/// What a field or a list of the browser's own holds.
pub fn value_of(field: &HtmlElement) -> String {
    let value = js_sys::Reflect::get(field, &"value".into()).unwrap();
    value.as_string().unwrap_or_default()
}

/// Presses a key on an element; tells whether the browser would still do what it does by itself.
pub async fn press(element: &HtmlElement, key: &str) -> bool {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    let goes_on = element.dispatch_event(&event).unwrap();
    tick().await;
    goes_on
}

/// Does something and waits for the event that the browser sends of it later.
pub async fn until_event(element: &Element, event: &str, act: impl FnOnce()) {
    let sent = js_sys::Promise::new(&mut |resolve, _| {
        // It may be sent again: a promise takes the first answer.
        element.add_event_listener_with_callback(event, &resolve).unwrap();
    });
    act();
    JsFuture::from(sent).await.unwrap();
    tick().await;
}

/// The accessible name of what has the focus.
pub fn focused() -> String {
    accessible_name(&document().active_element().unwrap())
}

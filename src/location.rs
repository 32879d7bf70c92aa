//! Where the user is: the one module of the app that knows the address bar.
//!
//! The URL is the first home of state: filter, sort and open pane are in its query, so that every
//! view is a link that survives a reload. A router of its own would weigh more than the first page's own code
//! (decision 6): the app needs no more than where it is, links that do not load the page anew, and a query.

use js_sys::Array;
use leptos::ev::{self, MouseEvent};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, History, HtmlAnchorElement, UrlSearchParams};

use crate::{prelude::*, routes::Place};

/// The base path of the app, from the document's base element: empty, or `/portal`.
pub fn base_path() -> String {
    let base = document().base_uri().ok().flatten();
    let path = base
        .and_then(|base| web_sys::Url::new(&base).ok())
        .map(|url| url.pathname());
    path.unwrap_or_default().trim_end_matches('/').to_owned()
}

/// The `href` of a path of [`crate::routes`]: below the base path.
pub fn link(path: &str) -> String {
    format!("{}{path}", base_path())
}

/// Follows the address bar, and takes clicks on links to pages of the app, for as long as it is there.
///
/// With an [`Address`] in context that is in memory, it leaves the browser's alone.
#[component]
pub fn Router(children: Children) -> impl IntoView {
    let address = use_context().unwrap_or_else(|| Address::of(Parts::now(), None));
    provide_context(address);
    let came_back = address.moved.is_none().then(|| {
        window_event_listener(ev::popstate, move |_| {
            if !address.visit(Parts::now()) {
                // The browser has gone already: the page takes a new entry, and nobody has seen it go.
                address.push(&address.parts.with_untracked(Parts::text));
            }
        })
    });
    let base = base_path();
    let clicked = window_event_listener(ev::click, move |event| {
        if let Some(target) = page_behind(&event, &base) {
            event.prevent_default();
            address.go(&target);
        }
    });
    on_cleanup(move || {
        for listener in came_back.into_iter().chain([clicked]) {
            listener.remove();
        }
    });
    children()
}

/// Where the user is.
pub fn use_place() -> Memo<Place> {
    let Address { parts, .. } = expect_context();
    let base = base_path();
    Memo::new(move |_| {
        parts.with(|parts| match parts.path.strip_prefix(&base) {
            Some(path) => Place::at(path),
            None => Place::Unknown,
        })
    })
}

/// A value of the query and a way to change it, without a new entry in the history.
pub fn use_query_value(name: &'static str) -> (Memo<Option<String>>, Callback<Option<String>>) {
    let address: Address = expect_context();
    let value = Memo::new(move |_| address.parts.with(|parts| parts.query()?.get(name)));
    let set = Callback::new(move |value: Option<String>| {
        let parts = address.now();
        // Any text is a query.
        let Some(query) = parts.query() else { return };
        query.delete(name);
        if let Some(value) = value {
            query.append(name, &value);
        }
        address.replace(&format!("{}{}", parts.path, question(&query)));
    });
    (value, set)
}

/// The names and values of a query.
pub type Pairs = Vec<(String, String)>;

/// All pairs of the query, in their order, and a way to take others in their place: with a new entry in the history
/// (`true`), to come back to, or without.
pub fn use_query_pairs() -> (Memo<Pairs>, Callback<(Pairs, bool)>) {
    let address: Address = expect_context();
    let pairs = Memo::new(move |_| {
        let query = address.parts.with(Parts::query);
        query.map(|query| pairs(&query)).unwrap_or_default()
    });
    let set = Callback::new(move |(pairs, is_new_entry): (Pairs, bool)| {
        let target = with_query(&address.now().path, pairs);
        if is_new_entry {
            address.push(&target);
        } else {
            address.replace(&target);
        }
    });
    (pairs, set)
}

/// The path with these pairs as its query, to link to.
pub fn with_query(path: &str, pairs: Pairs) -> String {
    // Without a text there is nothing that could be no query.
    let Ok(query) = UrlSearchParams::new() else {
        return path.to_owned();
    };
    for (name, value) in pairs {
        query.append(&name, &value);
    }
    format!("{path}{}", question(&query))
}

/// A way to go to an address of the app as a link does: below the base path, with a new entry in the history.
pub fn use_going() -> Callback<String> {
    let address: Address = expect_context();
    Callback::new(move |target: String| address.go(&target))
}

/// Asks before the page is left by *Back* or *Forward*, until the owner goes: `stays` is told the address they lead to,
/// and says whether the page stays.
pub fn use_staying(stays: Callback<String, bool>) {
    let Address { staying, .. } = expect_context();
    staying.set(Some(stays));
    // The whole app may be gone by then.
    on_cleanup(move || {
        staying.try_set(None);
    });
}

/// Goes to a path of this origin, in place of the entry of the history that the page has.
pub fn replace(path: &str) {
    expect_context::<Address>().replace(path);
}

/// Where the user is, and whoever is asked before the page is left.
#[derive(Clone, Copy)]
pub struct Address {
    parts: RwSignal<Parts>,
    staying: RwSignal<Option<Callback<String, bool>>>,
    /// Only in memory: hears each way that the user goes, and whether it is one to come back from.
    moved: Option<Callback<(String, bool)>>,
}

impl Address {
    /// An address in memory, where the browser's address, history and scroll position are another page's (docs/embedding.md).
    ///
    /// `moved` is told each address that the user goes to, and whether *Back* is to lead from there to the one before.
    pub fn in_memory(start: &str, moved: Callback<(String, bool)>) -> Self {
        Self::of(Parts::read(start), Some(moved))
    }

    fn of(parts: Parts, moved: Option<Callback<(String, bool)>>) -> Self {
        Self {
            parts: RwSignal::new(parts),
            staying: RwSignal::new(None),
            moved,
        }
    }

    /// Goes where somebody else than the page leads: as *Back* does, or the page around the portal. `false` where the page
    /// asks the user first, and leads there itself.
    pub fn lead_to(self, target: &str) -> bool {
        self.visit(Parts::read(target))
    }

    /// The browser's history, where it is the app's.
    pub fn history(self) -> Option<History> {
        self.moved.is_none().then(|| window().history().ok()).flatten()
    }

    /// Path and query, below the origin.
    pub fn text(self) -> String {
        self.parts.with(Parts::text)
    }

    /// The same, without following it.
    pub fn text_untracked(self) -> String {
        self.parts.with_untracked(Parts::text)
    }

    fn visit(self, target: Parts) -> bool {
        let asked = self.staying.get_untracked();
        let stays = asked.is_some_and(|stays| stays.run(target.text()));
        if !stays {
            self.show(target);
        }
        !stays
    }

    fn now(self) -> Parts {
        match self.moved {
            Some(_) => self.parts.get_untracked(),
            None => Parts::now(),
        }
    }

    /// Goes on to another page, from its beginning; *Back* leads here again.
    fn go(self, target: &str) {
        self.push(target);
        if self.moved.is_none() {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    fn push(self, target: &str) {
        // A link to the page itself makes no second entry of it.
        self.enter(target, self.now().text() != target);
    }

    fn replace(self, target: &str) {
        self.enter(target, false);
    }

    fn enter(self, target: &str, is_new: bool) {
        let Some(moved) = self.moved else {
            if let Some(history) = self.history() {
                // A browser that refuses (it limits how often) leaves the page as it is.
                let done = if is_new {
                    history.push_state_with_url(&JsValue::NULL, "", Some(target))
                } else {
                    history.replace_state_with_url(&JsValue::NULL, "", Some(target))
                };
                done.ok();
            }
            return self.show(Parts::now());
        };
        moved.run((target.to_owned(), is_new));
        self.show(Parts::read(target));
    }

    fn show(self, parts: Parts) {
        if self.parts.with_untracked(|shown| *shown != parts) {
            self.parts.set(parts);
        }
    }
}

/// The parts of an address that the app reads.
#[derive(Clone, PartialEq, Eq)]
struct Parts {
    path: String,
    /// Empty, or with its question mark.
    search: String,
}

impl Parts {
    fn now() -> Self {
        let location = window().location();
        Self {
            path: location.pathname().unwrap_or_default(),
            search: location.search().unwrap_or_default(),
        }
    }

    /// Of an address below the origin; its fragment is not the app's.
    fn read(text: &str) -> Self {
        let text = text.split('#').next().unwrap_or_default();
        let end = text.find('?').unwrap_or(text.len());
        Self {
            path: text[..end].to_owned(),
            search: text[end..].to_owned(),
        }
    }

    fn text(&self) -> String {
        format!("{}{}", self.path, self.search)
    }

    fn query(&self) -> Option<UrlSearchParams> {
        UrlSearchParams::new_with_str(&self.search).ok()
    }
}

/// Each name with its value.
fn pairs(query: &UrlSearchParams) -> Vec<(String, String)> {
    let pairs = js_sys::try_iter(query).ok().flatten().into_iter().flatten();
    pairs
        .filter_map(|pair| {
            let pair: Array = pair.ok()?.dyn_into().ok()?;
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        })
        .collect()
}

/// A query as it stands in an address: a space as `%20`, which every reader takes for one.
fn question(query: &UrlSearchParams) -> String {
    let text = String::from(query.to_string()).replace('+', "%20");
    if text.is_empty() { text } else { format!("?{text}") }
}

/// The page of the app that a click leads to; none where it is for the browser: to another tab or window, to a file, or
/// out of the app.
fn page_behind(event: &MouseEvent, base: &str) -> Option<String> {
    let has_key = event.meta_key() || event.alt_key() || event.ctrl_key() || event.shift_key();
    if event.default_prevented() || event.button() != 0 || has_key {
        return None;
    }
    let clicked: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = clicked.closest("a[href]").ok()??.dyn_into().ok()?;
    let is_here = link.origin() == window().location().origin().ok()?;
    let path = link.pathname();
    let is_below = path
        .strip_prefix(base)
        .is_some_and(|rest| rest.starts_with('/') || rest.is_empty());
    let is_for_browser = !link.target().is_empty()
        || link.has_attribute("download")
        || link.rel().split_ascii_whitespace().any(|word| word == "external");
    (is_here && is_below && !is_for_browser).then(|| format!("{path}{}{}", link.search(), link.hash()))
}

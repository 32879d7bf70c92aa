//! Where the user is: the one module of the app that knows the router.
//!
//! The URL is the first home of state: filter, sort and open pane are in its query, so that every
//! view is a link that survives a reload.

use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map, use_url},
    location::{BrowserUrl, LocationProvider as _},
    params::ParamsMap,
};

use crate::{prelude::*, routes::Place};

/// The base path of the app, from the document's base element: empty, or `/portal`.
pub fn base_path() -> String {
    let base = document().base_uri().ok().flatten();
    let path = base
        .and_then(|base| web_sys::Url::new(&base).ok())
        .map(|url| url.pathname());
    path.unwrap_or_default().trim_end_matches('/').to_owned()
}

/// The `href` of a path of [`crate::routes`]: below the base path, which the router does not add itself.
pub fn link(path: &str) -> String {
    format!("{}{path}", base_path())
}

/// Where the user is, and lets the address bar follow.
///
/// The router's own matching of routes to views weighs several kilobytes for each (decision 6); the app has two.
pub fn use_place() -> Memo<Place> {
    let url = use_url();
    let browser = expect_context::<BrowserUrl>();
    Effect::new(move |_| {
        url.track();
        browser.ready_to_complete();
    });
    let base = base_path();
    Memo::new(move |_| {
        url.with(|url| match url.path().strip_prefix(&base) {
            Some(path) => Place::at(path),
            None => Place::Unknown,
        })
    })
}

/// A value of the query and a way to change it, without a new entry in the history.
pub fn use_query_value(name: &'static str) -> (Memo<Option<String>>, Callback<Option<String>>) {
    let query = use_query_map();
    let navigate = StoredValue::new_local(use_navigate());
    let value = Memo::new(move |_| query.with(|query| query.get(name)));
    let set = Callback::new(move |value: Option<String>| {
        let mut changed = query.get_untracked();
        changed.remove(name);
        if let Some(value) = value {
            changed.insert(name, value);
        }
        let path = window().location().pathname().unwrap_or_default();
        let target = format!("{path}{}", changed.to_query_string());
        let options = NavigateOptions {
            resolve: false,
            replace: true,
            scroll: false,
            ..Default::default()
        };
        navigate.with_value(|navigate| navigate(&target, options));
    });
    (value, set)
}

/// The names and values of a query.
pub type Pairs = Vec<(String, String)>;

/// All pairs of the query, in their order, and a way to take others in their place: with a new entry in the history
/// (`true`), to come back to, or without.
pub fn use_query_pairs() -> (Memo<Pairs>, Callback<(Pairs, bool)>) {
    let query = use_query_map();
    let navigate = StoredValue::new_local(use_navigate());
    let pairs = Memo::new(move |_| {
        let pairs = query.get().into_iter();
        pairs.map(|(name, value)| (name.into_owned(), value)).collect()
    });
    let set = Callback::new(move |(pairs, is_new_entry): (Pairs, bool)| {
        let query: ParamsMap = pairs.into_iter().collect();
        let path = window().location().pathname().unwrap_or_default();
        let target = format!("{path}{}", query.to_query_string());
        let options = NavigateOptions {
            resolve: false,
            replace: !is_new_entry,
            scroll: false,
            ..Default::default()
        };
        navigate.with_value(|navigate| navigate(&target, options));
    });
    (pairs, set)
}

/// The path with these pairs as its query, to link to.
pub fn with_query(path: &str, pairs: Pairs) -> String {
    let query: ParamsMap = pairs.into_iter().collect();
    format!("{path}{}", query.to_query_string())
}

/// A way to go to an address of the app as a link does: below the base path, with a new entry in the history.
pub fn use_going() -> Callback<String> {
    let navigate = StoredValue::new_local(use_navigate());
    Callback::new(move |address: String| {
        let options = NavigateOptions {
            resolve: false,
            ..Default::default()
        };
        navigate.with_value(|navigate| navigate(&address, options));
    })
}

//! The browser: the only module that touches one.
//!
//! Outside a browser these functions compile and panic when called, as `web-sys` does.

mod bridge;
mod other_tabs;
mod token;

pub use bridge::{InWindow, answer_in_frame};
pub use other_tabs::{Hearing, hear_sign_out, tell_sign_out};
pub use token::send;

use std::cell::RefCell;

use arm_core::Timestamp;
use js_sys::Reflect;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Location, PageTransitionEvent, Storage, Window};

use crate::{
    Entropy, PendingSignIn, Prompt, RedirectGuard, SignInOptions, SignInProblem, SignInSettings, begin_with,
    logout_url,
};

/// Where `boot.js` leaves the fragment of Entra's answer.
const ANSWER: &str = "pgbpSignInAnswer";

/// Keys of the tab's session storage.
const PENDING: &str = "pgbp.sign-in.pending";
const REDIRECTS: &str = "pgbp.sign-in.redirects";

thread_local! {
    /// The answer while what judges it is being fetched.
    static HELD_ANSWER: RefCell<Option<String>> = const { RefCell::new(None) };
    /// The guard of this page, once it was read from storage: a page has one life, however many apps it holds.
    static REDIRECT_GUARD: RefCell<Option<RedirectGuard>> = const { RefCell::new(None) };
}

/// Whether Entra's answer opened this page and nobody has taken it yet.
///
/// From the first call on, it is where nothing but [`take_answer`] finds it.
pub fn has_answer() -> bool {
    if let Some(answer) = answer_of_the_window() {
        HELD_ANSWER.set(Some(answer));
    }
    HELD_ANSWER.with_borrow(Option::is_some)
}

/// Takes the fragment of Entra's answer that `boot.js` left, so that nothing else finds it.
pub fn take_answer() -> Option<String> {
    has_answer();
    HELD_ANSWER.take()
}

fn answer_of_the_window() -> Option<String> {
    let window = window()?;
    let answer = Reflect::get(&window, &ANSWER.into()).ok()?.as_string();
    // A property that cannot be deleted is not one that boot.js made.
    Reflect::delete_property(&window, &ANSWER.into()).ok()?;
    answer
}

/// Takes the sign-in that this tab is waiting for; the next call finds none, whatever becomes of it.
pub fn take_pending() -> Option<PendingSignIn> {
    let storage = session_storage().ok()?;
    let kept = read(&storage, PENDING);
    storage.remove_item(PENDING).ok()?;
    kept
}

/// Random bytes from the browser.
///
/// # Errors
/// [`SignInProblem::NoRandomness`] where the browser has none.
pub fn entropy() -> Result<Entropy, SignInProblem> {
    let mut bytes = [0; 64];
    window()
        .and_then(|window| window.crypto().ok())
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).ok())
        .ok_or(SignInProblem::NoRandomness)?;
    Ok(Entropy::new(bytes))
}

/// Leaves for Entra because the user wants to sign in; the answer comes to the next page.
///
/// # Errors
/// When the settings or the browser do not let a sign-in begin; the page is then still there.
pub fn login_redirect(
    settings: &SignInSettings,
    return_to: &str,
    now: Timestamp,
    prompt: Option<Prompt>,
) -> Result<(), SignInProblem> {
    let options = SignInOptions {
        prompt,
        ..SignInOptions::default()
    };
    login_redirect_with(settings, return_to, now, &options)
}

/// The same, with all options.
///
/// # Errors
/// When the settings or the browser do not let a sign-in begin; the page is then still there.
pub fn login_redirect_with(
    settings: &SignInSettings,
    return_to: &str,
    now: Timestamp,
    options: &SignInOptions,
) -> Result<(), SignInProblem> {
    leave_for(&address_to_sign_in(settings, return_to, now, options)?)
}

/// Entra's address, once what its answer will be judged by is kept.
fn address_to_sign_in(
    settings: &SignInSettings,
    return_to: &str,
    now: Timestamp,
    options: &SignInOptions,
) -> Result<String, SignInProblem> {
    let (url, pending) = begin_with(settings, entropy()?, now, return_to, options)?;
    write(&session_storage()?, PENDING, &pending)?;
    Ok(url)
}

/// Leaves for Entra without the user's doing, unless the page has just done so (auth #45).
///
/// Entra's page takes this one's place in the history: behind a page that was loaded anew it would catch each *Back*,
/// since it sends a user whom it knows forward again.
///
/// # Errors
/// [`SignInProblem::RedirectLoop`], after which only a click helps; or as [`login_redirect`].
pub fn login_redirect_automatically(
    settings: &SignInSettings,
    return_to: &str,
    now: Timestamp,
) -> Result<(), SignInProblem> {
    let storage = session_storage()?;
    REDIRECT_GUARD.with_borrow_mut(|guard| {
        let guard = guard.get_or_insert_with(|| read(&storage, REDIRECTS).unwrap_or_default());
        if !guard.permit(now) {
            return Err(SignInProblem::RedirectLoop);
        }
        write(&storage, REDIRECTS, guard)
    })?;
    let url = address_to_sign_in(settings, return_to, now, &SignInOptions::default())?;
    location()?.replace(&url).map_err(|_| SignInProblem::NoNavigation)
}

/// The last automatic redirect led to a sign-in, so it no longer counts.
pub fn forget_redirects() {
    if let Ok(storage) = session_storage() {
        // What cannot be removed cannot have been kept.
        storage.remove_item(REDIRECTS).ok();
    }
}

/// Leaves for Entra to sign out there too; without a sign-out endpoint it only loads the app anew.
///
/// # Errors
/// When the settings or the browser do not let the page leave; it is then still there.
pub fn logout(settings: &SignInSettings) -> Result<(), SignInProblem> {
    if let Ok(storage) = session_storage() {
        // What cannot be removed cannot have been kept.
        storage.remove_item(PENDING).ok();
        storage.remove_item(REDIRECTS).ok();
    }
    let url = logout_url(settings)?;
    leave_for(url.as_deref().unwrap_or(&settings.redirect_uri))
}

/// The path and query of the page, to come back to.
pub fn current_path() -> String {
    let location = window().map(|window| window.location());
    let part = |part: Option<Result<String, _>>| part.and_then(Result::ok).unwrap_or_default();
    let path = part(location.as_ref().map(web_sys::Location::pathname));
    path + &part(location.as_ref().map(web_sys::Location::search))
}

/// Calls `returned` each time the browser shows this very page again after it was left, as *Back* may do.
pub fn on_return(returned: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn(_)>::new(move |event: PageTransitionEvent| {
        if event.persisted() {
            returned();
        }
    });
    let Some(window) = window() else { return };
    let function = listener.as_ref().unchecked_ref();
    // It fails only for a listener that is no function, and this one is.
    window.add_event_listener_with_callback("pageshow", function).ok();
    // The listener lives as long as the page.
    listener.forget();
}

fn leave_for(url: &str) -> Result<(), SignInProblem> {
    location()?.assign(url).map_err(|_| SignInProblem::NoNavigation)
}

fn location() -> Result<Location, SignInProblem> {
    let window = window().ok_or(SignInProblem::NoNavigation)?;
    Ok(window.location())
}

fn window() -> Option<Window> {
    web_sys::window()
}

fn session_storage() -> Result<Storage, SignInProblem> {
    // A browser that blocks storage throws here; a window without one gives none.
    let storage = window().and_then(|window| window.session_storage().ok().flatten());
    storage.ok_or(SignInProblem::NoStorage)
}

fn read<T: DeserializeOwned>(storage: &Storage, key: &str) -> Option<T> {
    serde_json::from_str(&storage.get_item(key).ok()??).ok()
}

fn write(storage: &Storage, key: &str, value: &impl Serialize) -> Result<(), SignInProblem> {
    let text = serde_json::to_string(value).map_err(|_| SignInProblem::NoStorage)?;
    storage.set_item(key, &text).map_err(|_| SignInProblem::NoStorage)
}

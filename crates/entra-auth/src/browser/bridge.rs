//! Answers that come back beside the page: into a hidden frame or a window of its own, and from there through
//! `auth-bridge.js`, over a channel that is named by the state (auth #21).

use std::{cell::RefCell, future::poll_fn, pin::pin, rc::Rc, task::Poll, task::Waker, time::Duration};

use arm_core::Clock;
use js_sys::Function;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{BroadcastChannel, HtmlElement, HtmlIFrameElement, MessageEvent, Window};

use super::window;
use crate::{SignInProblem, bridge};

/// How long an answer without the user's doing is waited for (auth #21).
const PATIENCE_IN_SILENCE: Duration = Duration::from_secs(10);

/// How long the user has to sign in in a window; they may have to find their telephone.
const PATIENCE_WITH_THE_USER: Duration = Duration::from_secs(300);

/// The window of the sign-in, which a second attempt takes over.
const WINDOW_NAME: &str = "pgbp-sign-in";
const WINDOW_FEATURES: &str = "popup,width=520,height=680";

/// The answer to `url`, which may ask the user nothing, in a frame that nobody sees.
///
/// # Errors
/// [`SignInProblem::NoAnswer`] after ten seconds, as where the browser keeps Entra's cookies from a frame and Entra says
/// nothing; or what the browser refuses.
pub async fn answer_in_frame(url: &str, state: &str, clock: &dyn Clock) -> Result<String, SignInProblem> {
    let channel = Channel::open(state)?;
    let _frame = Frame::open(url)?;
    channel.answer(clock, PATIENCE_IN_SILENCE).await
}

/// A window of its own, in which the user signs in; it closes when this is dropped.
pub struct InWindow {
    channel: Channel,
    _window: SignInWindow,
}

impl InWindow {
    /// Opens it at `url`.
    ///
    /// # Errors
    /// [`SignInProblem::NoWindow`] where the browser opens none, as without a click or long after it.
    pub fn open(url: &str, state: &str) -> Result<Self, SignInProblem> {
        Ok(Self {
            channel: Channel::open(state)?,
            _window: SignInWindow::open(url)?,
        })
    }

    /// The answer that comes to it.
    ///
    /// Whether the user has closed it cannot be told: Entra's pages cut it off from this one (auth #24).
    ///
    /// # Errors
    /// [`SignInProblem::NoAnswer`] after five minutes.
    pub async fn answer(&self, clock: &dyn Clock) -> Result<String, SignInProblem> {
        self.channel.answer(clock, PATIENCE_WITH_THE_USER).await
    }
}

/// What has come over a channel, and who waits for it.
#[derive(Default)]
struct Inbox {
    answer: Option<String>,
    waiting: Option<Waker>,
}

struct Channel {
    channel: BroadcastChannel,
    inbox: Rc<RefCell<Inbox>>,
    /// Lives as long as it may be called.
    _listener: Closure<dyn Fn(MessageEvent)>,
}

impl Channel {
    fn open(state: &str) -> Result<Self, SignInProblem> {
        let channel =
            BroadcastChannel::new(&bridge::channel_of(state)).map_err(|_| SignInProblem::NoStorage)?;
        let inbox = Rc::<RefCell<Inbox>>::default();
        let (into, state) = (Rc::clone(&inbox), state.to_owned());
        let listener = Closure::<dyn Fn(_)>::new(move |event: MessageEvent| {
            // Anything else is not from the bridge, and ends nothing.
            let Some(answer) = event
                .data()
                .as_string()
                .filter(|text| bridge::is_answer_to(text, &state))
            else {
                return;
            };
            let mut inbox = into.borrow_mut();
            inbox.answer.get_or_insert(answer);
            if let Some(waker) = inbox.waiting.take() {
                waker.wake();
            }
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref::<Function>()));
        Ok(Self {
            channel,
            inbox,
            _listener: listener,
        })
    }

    async fn answer(&self, clock: &dyn Clock, patience: Duration) -> Result<String, SignInProblem> {
        let mut end = pin!(clock.sleep(patience));
        poll_fn(|context| {
            let mut inbox = self.inbox.borrow_mut();
            if let Some(answer) = inbox.answer.take() {
                return Poll::Ready(Ok(answer));
            }
            inbox.waiting = Some(context.waker().clone());
            drop(inbox);
            end.as_mut().poll(context).map(|()| Err(SignInProblem::NoAnswer))
        })
        .await
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}

/// A frame that nobody sees, for as long as it is held.
struct Frame(HtmlElement);

impl Frame {
    fn open(url: &str) -> Result<Self, SignInProblem> {
        let frame = || {
            let document = window()?.document()?;
            let frame: HtmlIFrameElement = document.create_element("iframe").ok()?.dyn_into().ok()?;
            // No sandbox: Entra's page needs scripts, forms and its own origin, and of a frame of this origin with all of
            // them a browser warns in the console, with the address in which the answer still stands. Without a click in
            // it no browser lets a frame of another origin lead the page away.
            frame.set_attribute("title", "Renews the sign-in").ok()?;
            frame.set_hidden(true);
            frame.set_src(url);
            document.body()?.append_child(&frame).ok()?;
            Some(Self(frame.unchecked_into()))
        };
        frame().ok_or(SignInProblem::NoNavigation)
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// A window, closed when it is no longer waited for.
struct SignInWindow(Window);

impl SignInWindow {
    fn open(url: &str) -> Result<Self, SignInProblem> {
        let opened = window()
            .and_then(|window| {
                let opened = window.open_with_url_and_target_and_features(url, WINDOW_NAME, WINDOW_FEATURES);
                opened.ok().flatten()
            })
            .ok_or(SignInProblem::NoWindow)?;
        // A window of an earlier attempt may lie behind this one.
        opened.focus().ok();
        Ok(Self(opened))
    }
}

impl Drop for SignInWindow {
    fn drop(&mut self) {
        // Where Entra's pages have cut it off, the user closes it.
        self.0.close().ok();
    }
}

//! The clipboard, and for how long a button says that it has copied.

use std::time::Duration;

use wasm_bindgen_futures::JsFuture;

use crate::{prelude::*, services::use_services};

/// How long *Copied* stands (visual specification 3, *Code block*).
const SAID_FOR: Duration = Duration::from_secs(2);

/// What came of the last copying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// Nothing was copied lately.
    NotYet,
    /// It is in the clipboard.
    Done,
    /// The browser does not let the page use the clipboard.
    Refused,
}

/// A window on the clipboard.
#[derive(Clone, Copy)]
pub struct Copying {
    /// What came of the last copying; a refusal stays, since something else is to be done then.
    pub state: Signal<Copied>,
    /// Puts a text into the clipboard.
    pub copy: Callback<String>,
}

impl Copying {
    /// What a screen reader is told.
    pub fn spoken(self) -> Signal<String> {
        Signal::derive(move || {
            let words = match self.state.get() {
                Copied::NotYet => "",
                Copied::Done => "Copied.",
                Copied::Refused => REFUSED,
            };
            words.to_owned()
        })
    }
}

/// What is said where the browser refuses.
pub const REFUSED: &str = "The browser does not let this page copy. Select the text and copy it yourself.";

/// A window on the clipboard.
pub fn use_copying() -> Copying {
    let clock = StoredValue::new_local(use_services().page_clock.clone());
    let owner = Owner::current();
    let state = RwSignal::new(Copied::NotYet);
    let copies = StoredValue::new(0_u32);
    let copy = Callback::new(move |text: String| {
        // Said anew although it was said a moment ago.
        state.set(Copied::NotYet);
        copies.update_value(|copies| *copies += 1);
        let this = copies.get_value();
        let clock = clock.get_value();
        let task = move || {
            spawn_local_scoped_with_cancellation(async move {
                if !write(&text).await {
                    state.set(Copied::Refused);
                    return;
                }
                state.set(Copied::Done);
                clock.sleep(SAID_FOR).await;
                if copies.get_value() == this {
                    state.set(Copied::NotYet);
                }
            });
        };
        match &owner {
            Some(owner) => owner.with(task),
            None => task(),
        }
    });
    Copying {
        state: state.into(),
        copy,
    }
}

async fn write(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    // There is none outside of secure contexts.
    if clipboard.is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

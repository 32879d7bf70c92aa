//! That a target is being looked at, and that nothing known stands in its way.

use super::target_reading::{TargetReading, Verdict};
use crate::{
    findings::restore::BlobLook,
    prelude::*,
    ui::{
        changing::{text_of, view_of},
        message_bar::{MessageBar, MessageIntent},
        progress::Spinner,
    },
};

/// What the user sees of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// It is looked at for the first time.
    First,
    /// Blobs are asked for.
    Asking,
    /// Nothing known stands in the way, and whether no blob begins with the prefix is known too.
    Clear(bool),
    /// The findings tell.
    Nothing,
}

/// The line, or the bar.
pub fn state(reading: TargetReading, prefix: Memo<String>) -> AnyView {
    let shown = Memo::new(move |_| {
        let has_prefix = prefix.with(|prefix| !prefix.is_empty());
        let is_clear = reading.verdict.get() == Verdict::Clear;
        reading.look.with(|look| match look {
            _ if reading.is_first.get() => Shown::First,
            BlobLook::Asking if has_prefix => Shown::Asking,
            _ if is_clear => Shown::Clear(has_prefix && matches!(look, BlobLook::Listed(_))),
            _ => Shown::Nothing,
        })
    });
    view_of(move || match shown.get() {
        Shown::First => {
            view! { <p class="status"><Spinner size=16 /> "The storage account is looked at"</p> }.into_any()
        }
        Shown::Asking => {
            let words = move || format!("Blobs that begin with {} are looked for", prefix.get());
            view! { <p class="status"><Spinner size=16 /> {text_of(words)}</p> }.into_any()
        }
        Shown::Clear(is_listed) => {
            let words = move || match is_listed {
                true => format!("No blob in the container begins with {}. ", prefix.get()),
                false => String::new(),
            };
            view! {
                <MessageBar intent=MessageIntent::Ok stacked=true title="Nothing known stands in the way">
                    <p>{text_of(words)} "The validation has the last word."</p>
                </MessageBar>
            }
            .into_any()
        }
        Shown::Nothing => ().into_any(),
    })
}

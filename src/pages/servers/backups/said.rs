//! What the page says aloud of its list.

use crate::prelude::*;

/// The page's own polite sentence; news of operations are the frame's.
#[derive(Clone, Copy)]
pub struct Said(RwSignal<String>);

impl Said {
    /// Nothing so far.
    pub fn new() -> Self {
        Self(RwSignal::new(String::new()))
    }

    /// Says a sentence.
    pub fn say(self, sentence: impl Into<String>) {
        self.0.try_set(sentence.into());
    }

    /// The last sentence.
    pub fn get(self) -> String {
        self.0.get()
    }
}

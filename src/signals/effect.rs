//! What is done whenever what it reads changes.

use std::any::Any;

/// As [`leptos::prelude::Effect`].
#[derive(Debug, Clone, Copy)]
pub struct Effect;

impl Effect {
    /// Does it once what is being built stands, and again after each change; it is given what it gave before.
    pub fn new<T: 'static>(mut run: impl FnMut(Option<T>) -> T + 'static) -> Self {
        run_after_changes(Box::new(move |before| {
            let before = before.and_then(|before| before.downcast().ok());
            Box::new(run(before.map(|before| *before)))
        }));
        Self
    }

    /// Hands over what `read` gives after each change of what it reads, with what it gave before; where `at_once` says
    /// so, the first time too. What `handle` reads is not waited for.
    pub fn watch<D: 'static>(
        mut read: impl FnMut() -> D + 'static,
        mut handle: impl FnMut(&D, Option<&D>, Option<()>) + 'static,
        at_once: bool,
    ) -> Self {
        let read = move || -> Box<dyn Any> { Box::new(read()) };
        let handle = move |now: &Box<dyn Any>, before: Option<&Box<dyn Any>>| {
            if let Some(now) = now.downcast_ref() {
                handle(now, before.and_then(|before| before.downcast_ref()), None);
            }
        };
        watch(Box::new(read), Box::new(handle), at_once);
        Self
    }
}

/// Gives a value, and gets the one before.
type Run = Box<dyn FnMut(Option<Box<dyn Any>>) -> Box<dyn Any>>;

fn run_after_changes(run: Run) {
    leptos::prelude::Effect::new(run);
}

type Handle = Box<dyn FnMut(&Box<dyn Any>, Option<&Box<dyn Any>>)>;

fn watch(read: Box<dyn FnMut() -> Box<dyn Any>>, mut handle: Handle, at_once: bool) {
    leptos::prelude::Effect::watch(read, move |now, before, _| handle(now, before), at_once);
}

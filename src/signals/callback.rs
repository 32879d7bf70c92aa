//! Something to be done, given to whoever is to have it done.

use std::sync::Arc;

use super::{StoredValue, by_type};

/// As [`leptos::prelude::Callback`].
pub struct Callback<I: 'static, O: 'static = ()>(StoredValue<Arc<dyn Fn(I) -> O + Send + Sync>>);

by_type!(Callback<I, O>);

impl<I: 'static, O: 'static> Callback<I, O> {
    /// This is to be done.
    #[track_caller]
    pub fn new(run: impl Fn(I) -> O + Send + Sync + 'static) -> Self {
        Self(StoredValue::new(Arc::new(run)))
    }

    /// Has it done.
    #[track_caller]
    pub fn run(&self, input: I) -> O {
        self.0.get_value()(input)
    }
}

impl<I: 'static, O: 'static, F: Fn(I) -> O + Send + Sync + 'static> From<F> for Callback<I, O> {
    #[track_caller]
    fn from(run: F) -> Self {
        Self::new(run)
    }
}

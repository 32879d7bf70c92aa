//! A value that a component may be given, and that may be none.

use super::{Memo, RwSignal, Signal, by_type};

/// As [`leptos::prelude::MaybeProp`].
pub struct MaybeProp<T: 'static>(Option<Signal<Option<T>>>);

by_type!(MaybeProp<T>);

impl<T: 'static> Default for MaybeProp<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: 'static> MaybeProp<T> {
    /// The value, if there is one; whoever reads it here is told of the next.
    pub fn get(&self) -> Option<T>
    where
        T: Clone,
    {
        self.0.and_then(|value| value.get())
    }

    /// The value as it is now.
    pub fn get_untracked(&self) -> Option<T>
    where
        T: Clone,
    {
        self.0.and_then(|value| value.get_untracked())
    }

    /// Looks at the value as it is now.
    pub fn with_untracked<U>(&self, look: impl FnOnce(&Option<T>) -> U) -> U {
        match self.0 {
            Some(value) => value.with_untracked(look),
            None => look(&None),
        }
    }

    /// Looks at the value.
    pub fn with<U>(&self, look: impl FnOnce(&Option<T>) -> U) -> U {
        match self.0 {
            Some(value) => value.with(look),
            None => look(&None),
        }
    }
}

impl<T: 'static> From<Signal<Option<T>>> for MaybeProp<T> {
    fn from(value: Signal<Option<T>>) -> Self {
        Self(Some(value))
    }
}

impl<T: 'static> From<RwSignal<Option<T>>> for MaybeProp<T> {
    fn from(value: RwSignal<Option<T>>) -> Self {
        Self(Some(value.into()))
    }
}

impl<T: 'static> From<Memo<Option<T>>> for MaybeProp<T> {
    fn from(value: Memo<Option<T>>) -> Self {
        Self(Some(value.into()))
    }
}

impl<T: Clone + Send + Sync + 'static> From<Signal<T>> for MaybeProp<T> {
    fn from(value: Signal<T>) -> Self {
        Self(Some(Signal::derive(move || Some(value.get()))))
    }
}

impl<T: Send + Sync + 'static, F: Fn() -> Option<T> + Send + Sync + 'static> From<F> for MaybeProp<T> {
    fn from(value: F) -> Self {
        Self(Some(Signal::derive(value)))
    }
}

impl<T: Send + Sync + 'static> From<Option<T>> for MaybeProp<T> {
    fn from(value: Option<T>) -> Self {
        Self(Some(Signal::stored(value)))
    }
}

impl From<String> for MaybeProp<String> {
    fn from(value: String) -> Self {
        Self::from(Some(value))
    }
}

impl From<&str> for MaybeProp<String> {
    fn from(value: &str) -> Self {
        Self::from(Some(value.to_owned()))
    }
}

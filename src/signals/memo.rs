//! A value that is computed from others, and told on only where it has changed.

use std::marker::PhantomData;

use leptos::prelude::{Read, ReadUntracked, Track};

use super::{
    by_type,
    slot::{Slot, value_in},
};

/// The one memo that there is.
pub(super) type Raw = leptos::prelude::Memo<Slot>;

/// Holds the value while it is read.
pub(super) type Guard = <Raw as Read>::Value;

/// As [`leptos::prelude::Memo`].
pub struct Memo<T: 'static> {
    pub(super) raw: Raw,
    holds: PhantomData<fn() -> T>,
}

by_type!(Memo<T>);

impl<T: Send + Sync + 'static> Memo<T> {
    /// A value computed so.
    #[track_caller]
    pub fn new(compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self
    where
        T: PartialEq,
    {
        Self::new_with_compare(compute, |before, now| before != now)
    }

    /// A value computed so, which has changed where `has_changed` says it.
    #[track_caller]
    pub fn new_with_compare(
        compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static,
        has_changed: fn(Option<&T>, Option<&T>) -> bool,
    ) -> Self {
        let raw = new(Box::new(move |before: Option<Slot>| {
            let before = before.as_ref().map(|slot| value_in(&**slot));
            let now = compute(before);
            let has_changed = has_changed(before, Some(&now));
            (Box::new(now), has_changed)
        }));
        Self {
            raw,
            holds: PhantomData,
        }
    }
}

impl<T: 'static> Memo<T> {
    /// The value; whoever reads it here is told of the next.
    #[track_caller]
    pub fn get(&self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// The value as it is now.
    #[track_caller]
    pub fn get_untracked(&self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    /// The value as it is now; nothing once the memo is gone.
    pub fn try_get_untracked(&self) -> Option<T>
    where
        T: Clone,
    {
        Some(value_in::<T>(&**self.raw.try_read_untracked()?).clone())
    }

    /// Looks at the value; whoever does is told of the next.
    #[track_caller]
    pub fn with<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(value_in(&**read(self.raw)))
    }

    /// Looks at the value as it is now.
    #[track_caller]
    pub fn with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(value_in(&**read_untracked(self.raw)))
    }

    /// Is told of the next value, without reading this one.
    pub fn track(&self) {
        self.raw.track();
    }
}

/// Computes a value from the one before, and says whether it is another one.
type Compute = Box<dyn Fn(Option<Slot>) -> (Slot, bool) + Send + Sync>;

#[track_caller]
fn new(compute: Compute) -> Raw {
    Raw::new_owning(compute)
}

#[track_caller]
pub(super) fn read(raw: Raw) -> Guard {
    raw.read()
}

#[track_caller]
pub(super) fn read_untracked(raw: Raw) -> Guard {
    raw.read_untracked()
}

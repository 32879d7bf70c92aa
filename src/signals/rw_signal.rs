//! A value that is set, and told to whoever reads it.

use std::{marker::PhantomData, ops::DerefMut};

use leptos::prelude::{IsDisposed, Read, ReadUntracked, Track, Write};

use super::{
    by_type,
    slot::{Slot, value_in, value_in_mut},
};

/// The one signal that there is.
pub(super) type Raw = leptos::prelude::RwSignal<Slot>;

/// Holds the value while it is read.
pub(super) type Guard = <Raw as Read>::Value;

/// As [`leptos::prelude::RwSignal`].
pub struct RwSignal<T: 'static> {
    pub(super) raw: Raw,
    holds: PhantomData<fn() -> T>,
}

by_type!(RwSignal<T>);

impl<T: 'static> PartialEq for RwSignal<T> {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}

impl<T: 'static> Eq for RwSignal<T> {}

impl<T: Default + Send + Sync + 'static> Default for RwSignal<T> {
    #[track_caller]
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: Send + Sync + 'static> RwSignal<T> {
    /// A signal that holds this value.
    #[track_caller]
    pub fn new(value: T) -> Self {
        Self {
            raw: new(Box::new(value)),
            holds: PhantomData,
        }
    }

    /// Replaces the value.
    pub fn set(&self, value: T) {
        self.try_set(value);
    }

    /// Replaces the value, or gives it back where the signal is gone with its owner.
    pub fn try_set(&self, value: T) -> Option<T> {
        match write(&self.raw) {
            Some(mut slot) => {
                *slot = Box::new(value);
                None
            }
            None => Some(value),
        }
    }

    /// Replaces the value without a word to its readers.
    pub fn set_untracked(&self, value: T) {
        if let Some(mut slot) = write_untracked(&self.raw) {
            *slot = Box::new(value);
        }
    }
}

impl<T: 'static> RwSignal<T> {
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

    /// The value as it is now, or `None` where the signal is gone with its owner.
    pub fn try_get_untracked(&self) -> Option<T>
    where
        T: Clone,
    {
        let slot = self.raw.try_read_untracked()?;
        Some(value_in::<T>(&**slot).clone())
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

    /// Changes the value.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        self.try_update(change);
    }

    /// Changes the value; `None` where the signal is gone with its owner.
    pub fn try_update<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let mut slot = write(&self.raw)?;
        Some(change(value_in_mut(&mut **slot)))
    }

    /// Changes the value without a word to its readers.
    pub fn update_untracked<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let mut slot = write_untracked(&self.raw)?;
        Some(change(value_in_mut(&mut **slot)))
    }

    /// Whether the signal is gone with its owner.
    pub fn is_disposed(&self) -> bool {
        self.raw.is_disposed()
    }

    /// Is told of the next value, without reading this one.
    pub fn track(&self) {
        self.raw.track();
    }
}

#[track_caller]
fn new(slot: Slot) -> Raw {
    Raw::new(slot)
}

#[track_caller]
pub(super) fn read(raw: Raw) -> Guard {
    raw.read()
}

#[track_caller]
pub(super) fn read_untracked(raw: Raw) -> Guard {
    raw.read_untracked()
}

fn write(raw: &Raw) -> Option<impl DerefMut<Target = Slot>> {
    raw.try_write()
}

fn write_untracked(raw: &Raw) -> Option<impl DerefMut<Target = Slot>> {
    raw.try_write_untracked()
}

//! A value that is kept as long as its owner, and tells nobody.

use std::{any::Any, marker::PhantomData, ops::Deref};

use leptos::prelude::{LocalStorage, ReadValue, SyncStorage, WriteValue};

use super::slot::{value_in, value_in_mut};

/// The one kept value that there is; the app has one thread, whatever a value's type says.
type Raw = leptos::prelude::StoredValue<Box<dyn Any>, LocalStorage>;

/// As [`leptos::prelude::StoredValue`].
pub struct StoredValue<T: 'static, S = SyncStorage> {
    raw: Raw,
    holds: PhantomData<fn() -> (T, S)>,
}

impl<T: 'static, S> Clone for StoredValue<T, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: 'static, S> Copy for StoredValue<T, S> {}

impl<T: Send + Sync + 'static> StoredValue<T> {
    /// Keeps a value.
    #[track_caller]
    pub fn new(value: T) -> Self {
        Self::keep(value)
    }
}

impl<T: 'static> StoredValue<T, LocalStorage> {
    /// Keeps a value that must not leave its thread.
    #[track_caller]
    pub fn new_local(value: T) -> Self {
        Self::keep(value)
    }
}

impl<T: 'static, S> StoredValue<T, S> {
    #[track_caller]
    fn keep(value: T) -> Self {
        Self {
            raw: new(Box::new(value)),
            holds: PhantomData,
        }
    }

    /// The value.
    #[track_caller]
    pub fn get_value(&self) -> T
    where
        T: Clone,
    {
        self.with_value(T::clone)
    }

    /// The value, or `None` where it is gone with its owner.
    pub fn try_get_value(&self) -> Option<T>
    where
        T: Clone,
    {
        self.try_with_value(T::clone)
    }

    /// Looks at the value.
    #[track_caller]
    pub fn with_value<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(value_in(&**read(self.raw)))
    }

    /// Looks at the value; `None` where it is gone with its owner.
    pub fn try_with_value<U>(&self, look: impl FnOnce(&T) -> U) -> Option<U> {
        let value = self.raw.try_read_value()?;
        Some(look(value_in(&**value)))
    }

    /// The value, for as long as the guard is held.
    #[track_caller]
    pub fn read_value(&self) -> ValueGuard<T> {
        ValueGuard {
            raw: read(self.raw),
            holds: PhantomData,
        }
    }

    /// Replaces the value.
    #[track_caller]
    pub fn set_value(&self, value: T) {
        self.try_update_value(|kept| *kept = value);
    }

    /// Changes the value.
    pub fn update_value(&self, change: impl FnOnce(&mut T)) {
        self.try_update_value(change);
    }

    /// Changes the value; `None` where it is gone with its owner.
    pub fn try_update_value<U>(&self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let mut value = self.raw.try_write_value()?;
        Some(change(value_in_mut(&mut **value)))
    }
}

/// Holds a kept value while it is read.
pub struct ValueGuard<T> {
    raw: <Raw as ReadValue>::Value,
    holds: PhantomData<fn() -> T>,
}

impl<T: 'static> Deref for ValueGuard<T> {
    type Target = T;

    fn deref(&self) -> &T {
        value_in(&**self.raw)
    }
}

#[track_caller]
fn new(value: Box<dyn Any>) -> Raw {
    Raw::new_with_storage(value)
}

#[track_caller]
fn read(raw: Raw) -> <Raw as ReadValue>::Value {
    raw.read_value()
}

//! A value to be read, wherever it comes from.

use std::{any::Any, marker::PhantomData, sync::Arc};

use leptos::prelude::{GetValue as _, Track as _, untrack};

use super::{
    Memo, RwSignal, by_type, memo, rw_signal,
    slot::{Slot, value_in},
};

/// As [`leptos::prelude::Signal`].
pub struct Signal<T: 'static> {
    source: Source,
    holds: PhantomData<fn() -> T>,
}

by_type!(Signal<T>);

/// Where the value comes from.
#[derive(Clone, Copy)]
enum Source {
    Set(rw_signal::Raw),
    Computed(memo::Raw),
    Derived(leptos::prelude::StoredValue<Derive>),
    Constant(leptos::prelude::StoredValue<Arc<Slot>>),
}

type Derive = Arc<dyn Fn() -> Slot + Send + Sync>;

impl<T: Send + Sync + 'static> Signal<T> {
    /// A value made anew each time it is read.
    #[track_caller]
    pub fn derive(derive: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self::of(derived(Arc::new(move || Box::new(derive()))))
    }

    /// A value that stays as it is.
    #[track_caller]
    pub fn stored(value: T) -> Self {
        Self::of(constant(Box::new(value)))
    }
}

impl<T: 'static> Signal<T> {
    fn of(source: Source) -> Self {
        Self {
            source,
            holds: PhantomData,
        }
    }

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

    /// Looks at the value; whoever does is told of the next.
    #[track_caller]
    pub fn with<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(value_in(self.source.read().value()))
    }

    /// Looks at the value as it is now.
    #[track_caller]
    pub fn with_untracked<U>(&self, look: impl FnOnce(&T) -> U) -> U {
        look(value_in(self.source.read_untracked().value()))
    }

    /// Is told of the next value, without reading this one.
    pub fn track(&self) {
        match self.source {
            Source::Set(raw) => raw.track(),
            Source::Computed(raw) => raw.track(),
            Source::Derived(_) | Source::Constant(_) => drop(self.source.read()),
        }
    }
}

#[track_caller]
fn derived(derive: Derive) -> Source {
    Source::Derived(leptos::prelude::StoredValue::new(derive))
}

#[track_caller]
fn constant(slot: Slot) -> Source {
    Source::Constant(leptos::prelude::StoredValue::new(Arc::new(slot)))
}

/// A value while it is looked at.
enum Held {
    Set(rw_signal::Guard),
    Computed(memo::Guard),
    Derived(Slot),
    Constant(Arc<Slot>),
}

impl Held {
    fn value(&self) -> &dyn Any {
        match self {
            Self::Set(guard) => &***guard,
            Self::Computed(guard) => &***guard,
            Self::Derived(slot) => &**slot,
            Self::Constant(slot) => &***slot,
        }
    }
}

impl Source {
    #[track_caller]
    fn read(self) -> Held {
        match self {
            Self::Set(raw) => Held::Set(rw_signal::read(raw)),
            Self::Computed(raw) => Held::Computed(memo::read(raw)),
            Self::Derived(derive) => Held::Derived(derive.get_value()()),
            Self::Constant(value) => Held::Constant(value.get_value()),
        }
    }

    #[track_caller]
    fn read_untracked(self) -> Held {
        match self {
            Self::Set(raw) => Held::Set(rw_signal::read_untracked(raw)),
            Self::Computed(raw) => Held::Computed(memo::read_untracked(raw)),
            Self::Derived(derive) => Held::Derived(untrack(|| derive.get_value()())),
            Self::Constant(value) => Held::Constant(value.get_value()),
        }
    }
}

impl<T: 'static> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::of(Source::Set(signal.raw))
    }
}

impl<T: 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self::of(Source::Computed(memo.raw))
    }
}

impl<T: Send + Sync + 'static, F: Fn() -> T + Send + Sync + 'static> From<F> for Signal<T> {
    #[track_caller]
    fn from(derive: F) -> Self {
        Self::derive(derive)
    }
}

impl From<&str> for Signal<String> {
    #[track_caller]
    fn from(text: &str) -> Self {
        Self::stored(text.to_owned())
    }
}

impl<T: Send + Sync + 'static> From<Option<T>> for Signal<Option<T>> {
    #[track_caller]
    fn from(value: Option<T>) -> Self {
        Self::stored(value)
    }
}

impl<T: Send + Sync + 'static> From<Vec<T>> for Signal<Vec<T>> {
    #[track_caller]
    fn from(value: Vec<T>) -> Self {
        Self::stored(value)
    }
}

impl<T: Default + Send + Sync + 'static> Default for Signal<T> {
    #[track_caller]
    fn default() -> Self {
        Self::stored(T::default())
    }
}

/// Lets a component be given a plain value of these types in place of a signal.
macro_rules! constants {
    ($($kind:ty),+) => {
        $(impl From<$kind> for $crate::signals::Signal<$kind> {
            #[track_caller]
            fn from(value: $kind) -> Self {
                Self::stored(value)
            }
        })+
    };
}
pub(crate) use constants;

constants!(bool, u32, usize, &'static str, String);

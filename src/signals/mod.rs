//! Leptos' signals, compiled once.
//!
//! `RwSignal<T>`, `Memo<T>`, `Signal<T>`, `StoredValue<T>`, `Callback<I, O>`, `Effect` and `NodeRef<E>` have the names and
//! methods of Leptos' own, and stand on them. But Leptos compiles some two kilobytes of arena, guards, graph and closures anew for
//! each type that a signal holds and for each closure that computes one, and the app has hundreds of both (decision 6).
//! Here a type is known outside alone: inside all signals hold a [`Slot`] and all closures are boxed, so that there is
//! one signal, one memo and one effect in the whole app. What that costs is one allocation for each value that is set.
//!
//! `crate::prelude` brings these in place of Leptos' own. What is not here (contexts, owners) is Leptos'.

#![allow(clippy::disallowed_types, reason = "these stand on Leptos' own")]

mod callback;
mod effect;
mod maybe_prop;
mod memo;
mod node_ref;
mod rw_signal;
mod signal;
mod slot;
mod spawn;
mod stored_value;
#[cfg(test)]
mod tests;
mod view;

pub use callback::Callback;
pub use effect::Effect;
pub use maybe_prop::MaybeProp;
pub use memo::Memo;
pub use node_ref::NodeRef;
pub use rw_signal::RwSignal;
pub use signal::Signal;
pub(crate) use signal::constants;
pub use spawn::{spawn_local, spawn_local_scoped_with_cancellation};
pub use stored_value::{StoredValue, ValueGuard};

/// What every signal can do, by its type alone.
macro_rules! by_type {
    ($name:ident < $($kind:ident),+ >) => {
        impl<$($kind: 'static),+> Clone for $name<$($kind),+> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<$($kind: 'static),+> Copy for $name<$($kind),+> {}

        impl<$($kind: 'static),+> std::fmt::Debug for $name<$($kind),+> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    };
}
use by_type;

//! What a component needs: Leptos' prelude, with signals that are compiled once (`src/signals/`) in place of its own.

pub use leptos::prelude::*;

pub use crate::signals::{
    Callback, Effect, MaybeProp, Memo, NodeRef, RwSignal, Signal, StoredValue, spawn_local,
    spawn_local_scoped_with_cancellation,
};

//! Directories besides the home one: the pane that chooses them, and what lists say of them.

mod absent;
mod everywhere;
mod pane;
mod rows;

pub use absent::{Absent, AbsentDirectories};
pub use everywhere::{everywhere, subscriptions_everywhere};
pub use pane::DirectoriesPane;

use super::{LazyView, frame_state::Panels};
use crate::{lazy::lazy, prelude::*, ui::changing::view_if};

/// The pane while it is open; it comes as a file of its own.
#[component]
pub fn Directories() -> impl IntoView {
    let Panels { directories, .. } = expect_context();
    view_if(directories, || {
        view! { <LazyView load=Box::new(|| Box::pin(directories_pane())) rows=0 /> }.into_any()
    })
}

lazy! {
    directories: fn directories_pane() -> AnyView {
        let Panels { directories, .. } = expect_context();
        view! { <DirectoriesPane on_close=Callback::new(move |()| directories.set(false)) /> }.into_any()
    }
}

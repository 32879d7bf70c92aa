//! The bell's panel, as far as the frame has it: where it stands until its content is there.

use crate::{
    components::{LazyView, bell_pane::bell_pane, frame_state::Panels},
    prelude::*,
    ui::changing::view_if,
};

/// The panel; closing it marks everything as seen.
#[component]
pub fn Bell() -> impl IntoView {
    let Panels { bell, .. } = expect_context();
    view_if(bell, || {
        view! { <LazyView load=Box::new(|| Box::pin(bell_pane())) around=Box::new(in_panel) /> }.into_any()
    })
}

/// The panel while what it holds is not there yet; the bell that opened it and Esc close it too.
fn in_panel(content: AnyView) -> AnyView {
    view! { <div class="pane bell-panel" role="dialog" aria-label="Notifications">{content}</div> }.into_any()
}

//! The commands of a page, above its list.

use crate::{prelude::*, ui::toolbar::Toolbar};

/// A toolbar in a landmark of its own, between the page's header and its main part.
#[component]
pub fn CommandBar(children: Children) -> impl IntoView {
    view! {
        <section class="commands" id="commands" aria-label="Commands">
            <Toolbar label="Page commands">{children()}</Toolbar>
        </section>
    }
}

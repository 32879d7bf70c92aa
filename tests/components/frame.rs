//! The frame around the pages.

use pg_backup_portal::app::DemoStorage;
use pg_backup_portal::components::Frame;
use pg_backup_portal::config::Theme;
use pg_backup_portal::prelude::*;
use pg_backup_portal::theme::provide_theme;
use pg_backup_portal::ui::changing::view_if;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::BackupsRig;
use crate::support::{all, see_text, tick};

#[wasm_bindgen_test]
async fn a_frame_that_went_before_its_extras_came_takes_none() {
    let is_shown = RwSignal::new(true);
    let rig = BackupsRig::with_view(
        |_| {},
        move || {
            provide_theme(Theme::default());
            provide_context(DemoStorage(RwSignal::new(None)));
            view_if(is_shown, || view! { <Frame><p>"The page"</p></Frame> }.into_any())
        },
    )
    .await;
    see_text("The page");
    is_shown.set(false);
    tick().await;
    assert!(all(".frame").is_empty());
    // What the user signs out of within its first second asks for its extras all the same.
    rig.pass(1_500).await;
}

//! The gallery of components, which only a development build has.

use e2e::Stage;
use e2e::portal::MIRA;

#[tokio::test(flavor = "multi_thread")]
async fn the_gallery_works_in_every_view() {
    let mut stage = Stage::with_emulator_server().await;
    // It shows what the refusal of a validation looks like, which the emulator gives.
    stage.announce_console_error("status of 400");
    stage.open_as(MIRA, "/gallery").await;
    stage.page().see("heading", "Component gallery").await;
    stage.works_in_every_view("gallery").await;
    stage.finish().await;
}

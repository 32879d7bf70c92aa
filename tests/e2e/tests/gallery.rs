//! The gallery of components, which only a development build has.

use e2e::Stage;
use e2e::portal::MIRA;

#[tokio::test(flavor = "multi_thread")]
async fn the_gallery_works_in_every_view() {
    let stage = Stage::with_emulator_server().await;
    stage.open_as(MIRA, "/gallery").await;
    stage.page().see("heading", "Component gallery").await;
    stage.works_in_every_view("gallery").await;
    stage.finish().await;
}

//! temporary
use e2e::Stage;
#[tokio::test(flavor = "multi_thread")]
async fn tmp() {
    let mut stage = Stage::with_emulator_server().await;
    stage.open("/").await;
    stage
        .page()
        .until("x", async || {
            Ok((stage.page().text().await.len() > 20).then_some(()))
        })
        .await;
    println!(
        "{}",
        stage
            .page()
            .script("return document.body.textContent", vec![])
            .await
    );
    println!("{:#?}", stage.faults().await);
    println!("{:#?}", stage.requests().await);
}

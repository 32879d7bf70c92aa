//! A page of another origin that holds the portal (`examples/host-portal`).

use std::path::Path;

use serde_json::Value;

use crate::element::Element;
use crate::plain_host::PlainHost;
use crate::stage::Stage;

/// The folder of the example.
fn example() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/host-portal")
}

impl PlainHost {
    /// Serves the host portal of the example, and pages beside it that do what no good host does.
    pub fn of_a_host_portal() -> Self {
        let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/host-portal");
        Self::of(&[&example(), Path::new(fixtures)])
    }
}

impl Stage {
    /// Opens a page of the host portal, which is told where the portal for backups is.
    pub async fn open_host_page(&self, page: &str) {
        let url = format!("{}/{page}?portal={}", self.host_page_url(), self.url("/"));
        self.page().open(&url).await;
    }

    /// Runs a script with `element`: the custom element in the region of this name of the host's page.
    pub async fn in_element(&self, region: &str, script: &str) -> Value {
        let script = format!(
            "const element = [...document.querySelectorAll('section')]
                .find((one) => one.querySelector('h2').textContent === arguments[0]).querySelector('pg-backup-portal');
             const inside = element?.shadowRoot;
             {script}"
        );
        self.page().script(&script, vec![region.into()]).await
    }

    /// The region of the host's page.
    pub async fn region(&self, name: &str) -> Element {
        self.page().see("region", name).await
    }
}

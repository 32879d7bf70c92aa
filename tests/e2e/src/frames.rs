//! A page inside the page of a tab.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::page::Page;

/// The frame that is looked at, by the browser's id; none is the tab's own document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Frame(Arc<Mutex<Option<String>>>);

impl Frame {
    fn set(&self, id: Option<String>) {
        *self.0.lock().expect("nobody panics with it") = id;
    }

    fn get(&self) -> Option<String> {
        self.0.lock().expect("nobody panics with it").clone()
    }
}

impl Page {
    /// Looks into the frame at this place among those of the document; it has the same host as the document, so that the
    /// browser keeps both in one process, and may have another port.
    pub async fn look_into_frame(&self, place: u16) {
        // A script of the document may still have to put it there.
        let id = self
            .until("the frame", async || {
                self.driver().enter_default_frame().await?;
                self.driver().enter_frame(place).await?;
                let tree = self.devtools("Page.getFrameTree", json!({})).await;
                let id = &tree["frameTree"]["childFrames"][usize::from(place)]["frame"]["id"];
                Ok(id.as_str().map(str::to_owned))
            })
            .await;
        self.frame().set(Some(id));
    }

    /// Looks at the tab's own document again.
    pub async fn look_at_document(&self) {
        let entered = self.driver().enter_default_frame().await;
        self.done("look at the document", entered);
        self.frame().set(None);
    }

    /// What the DevTools protocol is told of the frame.
    pub(crate) fn frame_parameters(&self) -> Value {
        match self.frame().get() {
            Some(id) => json!({ "frameId": id }),
            None => json!({}),
        }
    }
}

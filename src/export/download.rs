//! A text as a file for the user: the one edge of the exports.

use std::{rc::Rc, time::Duration};

use crate::prelude::*;
use arm_core::Clock;
use js_sys::Array;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

/// How long the browser has to begin with the file before its address ends.
const KEPT: Duration = Duration::from_secs(60);

/// Gives the user a file.
///
/// # Errors
/// With the browser's own when it makes no files.
pub fn download(name: &str, media_type: &str, text: &str, clock: Rc<dyn Clock>) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link = document().create_element("a")?.unchecked_into::<HtmlElement>();
    link.set_attribute("href", &url)?;
    link.set_attribute("download", name)?;
    link.click();
    // The address would keep the file in memory for as long as the page lives.
    spawn_local(async move {
        clock.sleep(KEPT).await;
        // Refused only for what is no address.
        Url::revoke_object_url(&url).ok();
    });
    Ok(())
}

//! Fetching `config.json` from beside the page.

use web_sys::RequestCache;

use super::{Config, ConfigProblem, Page};
use crate::own_file::{fetched, text_of};

/// Reads `config.json` from the base path of the app.
///
/// # Errors
/// When it cannot be fetched or used; the sentence says which.
pub async fn load(page: &Page) -> Result<Config, ConfigProblem> {
    let url = format!("{}config.json", page.base);
    let answer = fetched(&url, RequestCache::Default).await;
    let response =
        answer.map_err(|_| ConfigProblem("it could not be fetched; the network may be down".to_owned()))?;
    if !response.ok() {
        return Err(ConfigProblem(format!(
            "the host answered {} for it",
            response.status()
        )));
    }
    let text = text_of(&response).await;
    let text = text.map_err(|_| ConfigProblem("it was cut off while it was fetched".to_owned()))?;
    Config::parse(&text, page)
}

//! The one request that goes to a storage account and not to Azure Resource Manager: the list of a container's blobs.
//!
//! It carries a SAS in its URL and nothing else: no token, no header, so that it needs no preflight (auth #69). Which
//! accounts are asked at all is for `config.json` to say (decision 22).

use std::rc::Rc;

use arm_client::storage::{BlobItem, BlobPage};
use arm_core::{Method, Request, Secret, Transport};
use web_sys::{Document, DomParser, Element, SupportedType};

use super::FetchTransport;
use crate::prelude::*;

/// Why there is no list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotListed {
    /// No answer came that the page may read: no CORS rule, no way there, or a policy that forbids to ask.
    NoAnswer,
    /// The service refused, with this status and code.
    Refused(u16, String),
    /// The answer is no list of blobs.
    Unreadable,
}

/// How blobs are asked for: over the network, unless a test has put something else in its place.
#[derive(Clone, Copy)]
pub struct Blobs(StoredValue<Rc<dyn Transport>, LocalStorage>);

impl Blobs {
    /// Puts another way to ask into context.
    pub fn provide(transport: Rc<dyn Transport>) {
        provide_context(Self(StoredValue::new_local(transport)));
    }

    /// The way to ask, to be called while a component is made.
    pub fn get() -> Self {
        use_context().unwrap_or_else(|| Self(StoredValue::new_local(Rc::new(FetchTransport))))
    }

    /// Asks for the list that the URL names, which holds a SAS.
    ///
    /// # Errors
    /// See [`NotListed`].
    pub async fn list(self, url: &Secret) -> Result<BlobPage, NotListed> {
        let transport = self.0.get_value();
        let answer = transport.send(request(url)).await;
        // The browser's words tell no more than that there is none.
        let answer = answer.map_err(|_| NotListed::NoAnswer)?;
        read(answer.status, &answer.body)
    }
}

fn request(url: &Secret) -> Request {
    Request::new(Method::Get, url.expose())
}

/// Reads an answer of the blob service (reference G7), with the browser's own reader of XML.
///
/// # Errors
/// What the service refused, or that it is no list.
pub fn read(status: u16, xml: &str) -> Result<BlobPage, NotListed> {
    let document = parsed(xml.trim_start_matches('\u{feff}'));
    let root = document.as_ref().and_then(Document::document_element);
    let is_list = |root: &Element| root.tag_name() == "EnumerationResults";
    match root {
        Some(root) if status == 200 && is_list(&root) => Ok(page(&root)),
        _ if status == 200 => Err(NotListed::Unreadable),
        root => {
            let code = root.and_then(|root| text_in(&root, "Code")).unwrap_or_default();
            Err(NotListed::Refused(status, code))
        }
    }
}

/// The document, if it is whole: of one that is cut off the browser keeps what came, beside a complaint.
fn parsed(xml: &str) -> Option<Document> {
    let parser = DomParser::new().ok()?;
    let document = parser
        .parse_from_string(xml, SupportedType::ApplicationXml)
        .ok()?;
    let complaint = document.query_selector("parsererror").ok()?;
    complaint.is_none().then_some(document)
}

fn page(list: &Element) -> BlobPage {
    let blobs = all_in(list, "Blobs > Blob").into_iter().filter_map(|blob| {
        let name = blob.query_selector("Name").ok()??;
        let is_encoded = name.get_attribute("Encoded").as_deref() == Some("true");
        let modified = text_in(&blob, "Last-Modified");
        Some(BlobItem::new(
            &name.text_content()?,
            is_encoded,
            modified.as_deref(),
        ))
    });
    BlobPage {
        blobs: blobs.collect(),
        next: text_in(list, "NextMarker").filter(|marker| !marker.is_empty()),
    }
}

fn all_in(element: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = element.query_selector_all(selector) else {
        return Vec::new();
    };
    let nodes = (0..found.length()).filter_map(|index| found.get(index));
    nodes
        .filter_map(|node| wasm_bindgen::JsCast::dyn_into(node).ok())
        .collect()
}

fn text_in(element: &Element, name: &str) -> Option<String> {
    element.query_selector(name).ok()??.text_content()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t01_a_storage_account_gets_no_token_and_no_header() {
        let url = "https://sta.blob.core.windows.net/c?restype=container&comp=list&sig=x";
        let request = request(&Secret::new(url));
        assert_eq!(request.headers.iter().count(), 0);
        assert_eq!(
            (request.method, request.url.as_str(), &request.body),
            (Method::Get, url, &None)
        );
    }
}

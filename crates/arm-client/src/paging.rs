//! Lists that come in pages.

use std::{collections::HashSet, marker::PhantomData};

use arm_core::Method;
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    ArmClient, ArmError, ArmUrl, Unreadable, lenient,
    pipeline::{Repetition, read_body},
};

/// A list read page by page.
///
/// `nextLink` is followed as it stands; the list ends where it is absent, null or empty (reference D).
pub struct Pager<T> {
    client: ArmClient,
    next: Option<ArmUrl>,
    followed: HashSet<String>,
    item: PhantomData<fn() -> T>,
}

#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct Page<T> {
    // Null is an empty page; without the field it is no page at all.
    #[serde(deserialize_with = "lenient::or_default")]
    value: Vec<T>,
    #[serde(default, rename = "nextLink", deserialize_with = "lenient::text")]
    next_link: Option<String>,
}

impl<T: DeserializeOwned> Pager<T> {
    pub(crate) fn new(client: ArmClient, first: ArmUrl) -> Self {
        Self {
            client,
            next: Some(first),
            followed: HashSet::new(),
            item: PhantomData,
        }
    }

    /// The next page, `None` after the last. After an error the same page is asked for again.
    ///
    /// # Errors
    /// When a page cannot be read, names a next page that gets no token, or one that was read before:
    /// a list that looks complete and is not would be worse than none.
    pub async fn next(&mut self) -> Result<Option<Vec<T>>, ArmError> {
        let Some(url) = self.next.clone() else {
            return Ok(None);
        };
        let call = self.client.call(Method::Get, url.clone(), Repetition::Converges);
        let answer = self.client.send(&call).await?;
        let page: Page<T> = read_body(&answer.response)?;
        self.followed.insert(url.as_str().to_owned());
        self.next = match page.next_link {
            None => None,
            Some(link) => Some(
                self.accept(&link)
                    .map_err(|error| error.answered_by(&answer.response))?,
            ),
        };
        Ok(Some(page.value))
    }

    /// All pages in one list.
    ///
    /// # Errors
    /// As [`Pager::next`]; nothing is given when a page is missing.
    pub async fn collect(mut self) -> Result<Vec<T>, ArmError> {
        let mut items = Vec::new();
        while let Some(page) = self.next().await? {
            items.extend(page);
        }
        Ok(items)
    }

    fn accept(&self, link: &str) -> Result<ArmUrl, Unreadable> {
        let url = self.client.shared.origin.accept(link);
        let url = url.map_err(|refused| Unreadable::new(format!("the next page is at {refused}")))?;
        if self.followed.contains(url.as_str()) {
            return Err(Unreadable::new("the next page was read before"));
        }
        Ok(url)
    }
}

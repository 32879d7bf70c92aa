//! Several tabs of one browser.

use thirtyfour::WindowHandle;

use crate::page::{Page, Scheme, Size};

/// One of the tabs.
#[derive(Debug, Clone, PartialEq)]
pub struct Tab(WindowHandle);

impl Tab {
    /// The id by which the network log knows it.
    pub fn id(&self) -> String {
        self.0.to_string()
    }
}

impl Page {
    /// The tab that is looked at.
    pub async fn tab(&self) -> Tab {
        Tab(self.done("name the tab", self.driver().window().await))
    }

    /// Opens a window beside this one, both of them visible, and looks at it.
    pub async fn open_window(&self) -> Tab {
        let handle = self.profile().open(true);
        self.look_at(&Tab(handle.clone())).await;
        self.keep_toasts().await;
        Tab(handle)
    }

    /// Opens a tab in the same window, and looks at it.
    pub async fn open_tab(&self) -> Tab {
        let handle = self.profile().open(false);
        self.look_at(&Tab(handle.clone())).await;
        self.keep_toasts().await;
        Tab(handle)
    }

    /// Minimises the window of the tab, which hides the tab from the user.
    pub async fn minimize(&self) {
        self.done("minimise the window", self.driver().minimize_window().await);
        self.until("a hidden tab", async || {
            let is_hidden = self.driver().execute("return document.hidden", vec![]).await?;
            Ok((is_hidden.json() == true).then_some(()))
        })
        .await;
    }

    /// Looks at another tab, which neither shows nor hides it.
    pub async fn look_at(&self, tab: &Tab) {
        let switched = self.driver().switch_to_window(tab.0.clone()).await;
        self.done("look at another tab", switched);
        self.set_view(Size::DESKTOP, Scheme::Light).await;
    }

    /// Closes the tab that is looked at, and looks at another one.
    pub async fn close_and_look_at(&self, tab: &Tab) {
        self.done("close the tab", self.driver().close_window().await);
        self.look_at(tab).await;
    }

    /// Brings a minimised window back.
    pub async fn restore(&self) {
        self.done("restore the window", self.driver().maximize_window().await);
        self.until("a visible tab", async || {
            let is_hidden = self.driver().execute("return document.hidden", vec![]).await?;
            Ok((is_hidden.json() == false).then_some(()))
        })
        .await;
    }

    /// Waits for a tab of which the address holds this, as the page opens one by itself, and looks at it.
    pub async fn look_at_tab_of(&self, address: &str) -> Tab {
        let tab = self
            .until(&format!("a tab at {address}"), async || {
                for handle in self.driver().windows().await? {
                    self.driver().switch_to_window(handle.clone()).await?;
                    if self.driver().current_url().await?.as_str().contains(address) {
                        return Ok(Some(Tab(handle)));
                    }
                }
                Ok(None)
            })
            .await;
        self.look_at(&tab).await;
        tab
    }

    /// Looks at a tab and waits there until another one has closed itself.
    pub async fn until_closed(&self, closed: &Tab, tab: &Tab) {
        self.look_at(tab).await;
        self.until("the end of the other tab", async || {
            let handles = self.driver().windows().await?;
            Ok((!handles.contains(&closed.0)).then_some(()))
        })
        .await;
    }

    /// What each tab says whose app has stopped: the panic, and where.
    pub(crate) async fn words_of_stopped_apps(&self) -> Vec<String> {
        const WORDS: &str = "return document.querySelector('.boot-failure')?.innerText ?? null";
        let mut said = vec![];
        for handle in self.driver().windows().await.unwrap_or_default() {
            if self.driver().switch_to_window(handle).await.is_ok()
                && let Ok(words) = self.driver().execute(WORDS, vec![]).await
                && let Some(words) = words.json().as_str()
            {
                said.push(format!("a tab says: {words}"));
            }
        }
        said
    }
}

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

    /// The tabs there are.
    pub async fn tabs(&self) -> Vec<Tab> {
        let handles = self.done("name the tabs", self.driver().windows().await);
        handles.into_iter().map(Tab).collect()
    }

    /// Waits for a tab that is none of `known`, as the page opens one by itself, and looks at it.
    pub async fn look_at_new_tab(&self, known: &[Tab]) -> Tab {
        let new = self
            .until("a new tab", async || {
                let handles = self.driver().windows().await?;
                Ok(handles.into_iter().map(Tab).find(|tab| !known.contains(tab)))
            })
            .await;
        self.look_at(&new).await;
        new
    }

    /// Waits until no tab is left but these, and looks at the first.
    pub async fn until_only(&self, known: &[Tab]) {
        self.look_at(&known[0]).await;
        self.until("the end of the other tabs", async || {
            let handles = self.driver().windows().await?;
            Ok((handles.len() == known.len()).then_some(()))
        })
        .await;
    }
}

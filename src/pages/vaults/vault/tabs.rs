//! The parts of a vault as tabs, each a link.

use arm_core::ResourceId;

use crate::{location::link, prelude::*, routes};

/// A part of a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// What it protects.
    Instances,
    /// When backups are taken and how long they are kept.
    Policies,
    /// What it has done and does.
    Jobs,
}

impl Tab {
    /// The tab that the query names; any other word is the first.
    pub fn from_query(word: Option<&str>) -> Self {
        match word {
            Some("policies") => Self::Policies,
            Some("jobs") => Self::Jobs,
            _ => Self::Instances,
        }
    }
}

/// The tabs.
#[component]
pub fn Tabs(vault: StoredValue<ResourceId>, current: Memo<Tab>) -> impl IntoView {
    let item = move |tab: Tab, label: &'static str, path: &str| {
        let is_current = move || (current.get() == tab).then_some("page");
        view! { <li><a class="tab" href=link(path) aria-current=is_current>{label}</a></li> }
    };
    vault.with_value(|vault| {
        view! {
            <nav class="tabs" aria-label="Parts of the vault">
                <ul role="list">
                    {item(Tab::Instances, "Backup instances", &routes::vault(vault))}
                    {item(Tab::Policies, "Policies", &routes::vault_policies(vault, None))}
                    {item(Tab::Jobs, "Jobs", &routes::vault_jobs(vault))}
                </ul>
            </nav>
        }
    })
}

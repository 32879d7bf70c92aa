//! The menu on the left: the pages of a server, and those of the fleet.

use arm_core::ResourceId;
use leptos::prelude::*;

use crate::{
    components::frame_state::MenuDrawer,
    location::link,
    routes,
    ui::{
        changing::view_if,
        icon::{Icon, IconName},
    },
};

/// Which entry is the present page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuPage {
    /// All servers.
    Servers,
    /// *Backup and restore* of a server.
    Backups,
}

/// The menu; with a server, its pages stand above those of the fleet.
#[component]
pub fn ResourceMenu(
    current: MenuPage,
    #[prop(optional_no_strip)] server: Option<ResourceId>,
) -> impl IntoView {
    let MenuDrawer(is_open) = expect_context();
    let item = move |page, label: &'static str, icon, path: &str| {
        view! {
            <li>
                <a
                    class="menu-item"
                    href=link(path)
                    title=label
                    aria-current=(current == page).then_some("page")
                    on:click=move |_| is_open.set(false)
                >
                    <Icon name=icon size=20 />
                    <span class="menu-label">{label}</span>
                </a>
            </li>
        }
    };
    let of_server = server.map(|server| {
        view! {
            <h2 class="menu-heading">"Settings"</h2>
            <ul role="list">
                {item(MenuPage::Backups, "Backup and restore", IconName::History, &routes::backups(&server))}
            </ul>
            <h2 class="menu-heading">"Fleet"</h2>
        }
    });
    view! {
        <nav class="resource-menu" id="menu" aria-label="Menu" data-open=move || is_open.get().then_some("")>
            {of_server}
            <ul role="list">{item(MenuPage::Servers, "Servers", IconName::Database, &routes::servers())}</ul>
        </nav>
        {view_if(is_open, move || {
            view! { <div class="menu-overlay" on:click=move |_| is_open.set(false)></div> }.into_any()
        })}
    }
}

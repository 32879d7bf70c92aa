//! The menu on the left: the pages of a server, and those of the fleet.

use arm_core::ResourceId;
use leptos::{ev::KeyboardEvent, html};

use crate::{
    components::frame_state::{BELOW_THE_MENU, MenuState},
    location::link,
    prelude::*,
    routes,
    ui::{
        changing::view_if,
        focus::{focus_first, inert_until_cleanup, return_focus_on_cleanup},
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
    /// *Long-term retention* of a server.
    LongTermRetention,
    /// *Protection* of a server.
    Protection,
    /// The backup vaults, and what is done in them.
    Vaults,
    /// The jobs of all vaults.
    Jobs,
}

/// The menu; with a server, its pages stand above those of the fleet.
#[component]
pub fn ResourceMenu(
    current: MenuPage,
    #[prop(optional_no_strip)] server: Option<ResourceId>,
) -> impl IntoView {
    let menu: MenuState = expect_context();
    let nav = NodeRef::<html::Nav>::new();
    let is_drawer = Memo::new(move |_| menu.is_drawer());
    let on_keydown = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            menu.close_drawer();
        }
    };
    let item = move |page, label: &'static str, icon, path: &str| {
        view! {
            <li>
                <a
                    class="menu-item"
                    href=link(path)
                    title=label
                    aria-current=(current == page).then_some("page")
                    on:click=move |_| menu.close_drawer()
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
                {item(
                    MenuPage::LongTermRetention,
                    "Long-term retention",
                    IconName::Archive,
                    &routes::long_term_retention(&server),
                )}
                {item(MenuPage::Protection, "Protection", IconName::Shield, &routes::protection(&server))}
            </ul>
            <h2 class="menu-heading">"Fleet"</h2>
        }
    });
    view! {
        <nav
            class="resource-menu"
            id="menu"
            aria-label="Menu"
            data-open=move || is_drawer.get().then_some("")
            on:keydown=on_keydown
            node_ref=nav
        >
            {of_server}
            <ul role="list">
                {item(MenuPage::Servers, "Servers", IconName::Database, &routes::servers())}
                {item(MenuPage::Vaults, "Backup vaults", IconName::Vault, &routes::vaults())}
                {item(MenuPage::Jobs, "Jobs", IconName::TaskListLtr, &routes::jobs())}
            </ul>
        </nav>
        {view_if(is_drawer, move || {
            inert_until_cleanup(BELOW_THE_MENU);
            return_focus_on_cleanup();
            // Once it is laid out: what is not shown cannot take the focus.
            request_animation_frame(move || {
                if let Some(nav) = nav.get_untracked() {
                    focus_first(&nav);
                }
            });
            view! { <div class="menu-overlay" on:click=move |_| menu.close_drawer()></div> }.into_any()
        })}
    }
}

//! Buttons that open a menu.

use crate::prelude::*;
use leptos::ev::KeyboardEvent;
use leptos::html;
use web_sys::HtmlElement;

use super::changing::view_if;
use super::focus::{active_element, focus, rendered};
use super::icon::{Icon, IconName};
use super::unique_id::unique_id;

const ITEMS: &str = "[role='menuitem']";

/// One act in a menu.
#[derive(Debug, Clone)]
pub struct MenuEntry {
    /// Its name.
    pub label: String,
    /// Its icon.
    pub icon: Option<IconName>,
    /// Why it cannot be used; usable when absent.
    pub disabled_reason: Option<String>,
    /// Called when it is chosen.
    pub on_select: Callback<()>,
}

/// A button that opens a menu: arrows, Home, End and letters move in it, Esc closes it.
#[component]
pub fn MenuButton(
    /// The button's name.
    #[prop(into)]
    label: String,
    /// The button's icon; without a visible name it is all that shows.
    #[prop(default = IconName::MoreHorizontal)]
    icon: IconName,
    /// Shows the name beside the icon.
    #[prop(optional)]
    show_label: bool,
    /// The acts.
    #[prop(into)]
    entries: Signal<Vec<MenuEntry>>,
) -> impl IntoView {
    let id = unique_id("menu");
    let button = NodeRef::<html::Button>::new();
    let menu = NodeRef::<html::Div>::new();
    let open = RwSignal::new(false);
    // A table has a menu in each row; the acts are made when a menu is opened for the first time.
    let is_wanted = RwSignal::new(false);
    let on_toggle = move |_| {
        let Some(menu) = menu.get_untracked() else { return };
        let is_open = menu.matches(":popover-open").unwrap_or(false);
        open.set(is_open);
        if is_open && let Some(first) = rendered(&menu, ITEMS).first() {
            focus(first);
        }
    };
    let hide = move || {
        if let Some(menu) = menu.get_untracked() {
            // Refused only when it is hidden already.
            menu.hide_popover().ok();
        }
    };
    let on_menu_keydown = move |event: KeyboardEvent| {
        let Some(menu) = menu.get_untracked() else { return };
        match event.key().as_str() {
            // The browser closes the menu; whatever lies below must not close as well.
            "Escape" => event.stop_propagation(),
            "Tab" => hide(),
            key => {
                let items = rendered(&menu, ITEMS);
                let labels: Vec<String> = items
                    .iter()
                    .map(|item| item.text_content().unwrap_or_default())
                    .collect();
                if let Some(next) = next_item(key, position(&items), &labels) {
                    event.prevent_default();
                    event.stop_propagation();
                    focus(&items[next]);
                }
            }
        }
    };
    let on_button_keydown = move |event: KeyboardEvent| {
        if event.key() == "ArrowDown"
            && let Some(button) = button.get_untracked()
        {
            event.prevent_default();
            event.stop_propagation();
            button.click();
        }
    };
    let item = move |entry: MenuEntry| {
        let disabled = entry.disabled_reason.is_some();
        view! {
            <button
                type="button"
                class="menu-button-item"
                role="menuitem"
                tabindex="-1"
                aria-disabled=disabled.then_some("true")
                on:click=move |_| {
                    if !disabled {
                        hide();
                        entry.on_select.run(());
                    }
                }
            >
                {entry.icon.map(|icon| view! { <Icon name=icon /> })}
                <span>
                    {entry.label}
                    {entry.disabled_reason.map(|reason| view! { " "<span class="menu-item-note">{reason}</span> })}
                </span>
            </button>
        }
    };
    view! {
        <button
            type="button"
            class=if show_label { "button button-subtle" } else { "button button-subtle button-icon-only" }
            popovertarget=id.clone()
            aria-haspopup="menu"
            aria-expanded=move || open.get().to_string()
            aria-label=(!show_label).then(|| label.clone())
            title=(!show_label).then(|| label.clone())
            on:click=move |_| is_wanted.set(true)
            on:keydown=on_button_keydown
            node_ref=button
        >
            <Icon name=icon />
            {show_label.then(|| label.clone())}
        </button>
        <div
            class="popover popover-end"
            id=id
            popover="auto"
            role="menu"
            aria-label=label.clone()
            on:toggle=on_toggle
            on:keydown=on_menu_keydown
            node_ref=menu
        >
            {view_if(is_wanted, move || entries.get().into_iter().map(item).collect_view().into_any())}
        </div>
    }
}

fn position(items: &[HtmlElement]) -> Option<usize> {
    let active = active_element()?;
    items.iter().position(|item| *item == active)
}

/// Where a key leads in a menu: arrows go round, a letter to the next item that begins with it.
fn next_item(key: &str, current: Option<usize>, labels: &[String]) -> Option<usize> {
    let count = labels.len();
    if count == 0 {
        return None;
    }
    match key {
        "ArrowDown" => Some(current.map_or(0, |current| (current + 1) % count)),
        "ArrowUp" => Some(current.map_or(count - 1, |current| (current + count - 1) % count)),
        "Home" => Some(0),
        "End" => Some(count - 1),
        letter if letter.chars().count() == 1 && letter != " " => {
            let start = current.map_or(0, |current| current + 1);
            let letter = letter.to_ascii_lowercase();
            (0..count)
                .map(|step| (start + step) % count)
                .find(|index| labels[*index].to_ascii_lowercase().starts_with(&letter))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::next_item;

    #[test]
    fn keys_lead_through_a_menu() {
        let labels = ["Restore", "Copy name", "Copy command", "Delete"].map(String::from);
        let check = |key: &str, current, expected| {
            assert_eq!(
                next_item(key, current, &labels),
                expected,
                "{key} from {current:?}"
            );
        };
        check("ArrowDown", None, Some(0));
        check("ArrowDown", Some(3), Some(0));
        check("ArrowUp", Some(0), Some(3));
        check("Home", Some(2), Some(0));
        check("End", Some(0), Some(3));
        check("c", Some(0), Some(1));
        check("c", Some(1), Some(2));
        check("C", Some(2), Some(1));
        check("z", Some(0), None);
        check("Enter", Some(0), None);
        check(" ", Some(0), None);
        assert_eq!(next_item("ArrowDown", None, &[]), None);
    }
}

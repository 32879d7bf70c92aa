//! The commands that have no room in their bar: behind *More*, its last item.

use std::{cell::RefCell, rc::Rc};

use leptos::{ev, mount::mount_to};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

use crate::{
    prelude::*,
    ui::{
        focus::rendered,
        menu_button::{MenuButton, MenuEntry},
        toolbar::keep_one_stop,
        watch::watch_page,
    },
};

/// Takes a command out of the bar; the style sheet hides what has it.
const NO_ROOM: &str = "data-no-room";
/// The acts of a command: itself, or those of the menu that it opens.
const ACTS: &str = "button:not([aria-haspopup]), a[href]";

/// A bar with its menu.
struct Bar {
    bar: HtmlElement,
    more: HtmlElement,
    entries: RwSignal<Vec<MenuEntry>>,
    /// Takes the menu out of the page when it is dropped.
    _menu: Box<dyn std::any::Any>,
}

/// Gives each bar of commands a menu of what has no room in it, until the owner goes.
pub fn fit_command_bars() {
    let bars: Rc<RefCell<Vec<Bar>>> = Rc::default();
    let fit_all = move || {
        let mut bars = bars.borrow_mut();
        bars.retain(|bar| bar.bar.is_connected());
        let Some(body) = document().body() else { return };
        for bar in rendered(&body, ".command-bar") {
            match bars.iter().find(|known| known.bar == bar) {
                Some(known) => fit(&known.bar, &known.more, known.entries),
                None => bars.extend(with_menu(bar)),
            }
        }
    };
    let resized = window_event_listener(ev::resize, {
        let fit_all = fit_all.clone();
        move |_| fit_all()
    });
    on_cleanup(move || resized.remove());
    watch_page(fit_all);
}

fn with_menu(bar: HtmlElement) -> Option<Bar> {
    let more: HtmlElement = document().create_element("span").ok()?.dyn_into().ok()?;
    more.set_class_name("more-commands");
    bar.append_child(&more).ok()?;
    let entries = RwSignal::new(Vec::new());
    let menu = mount_to(
        more.clone(),
        move || view! { <MenuButton label="More commands" entries /> },
    );
    fit(&bar, &more, entries);
    Some(Bar {
        bar,
        more,
        entries,
        _menu: Box::new(menu),
    })
}

/// Takes commands out of the bar, from its end, until the rest and the menu have room; one always stays.
fn fit(bar: &HtmlElement, more: &HtmlElement, entries: RwSignal<Vec<MenuEntry>>) {
    let commands = elements(bar, ":scope > :not(.more-commands)");
    for command in &commands {
        command.remove_attribute(NO_ROOM).ok();
    }
    let is_full = || bar.scroll_width() > bar.client_width();
    more.set_hidden(true);
    if is_full() {
        more.set_hidden(false);
        for command in commands.iter().skip(1).rev() {
            if !is_full() {
                break;
            }
            command.set_attribute(NO_ROOM, "").ok();
        }
    }
    let without_room = commands.iter().filter(|command| command.has_attribute(NO_ROOM));
    let items: Vec<MenuEntry> = without_room.flat_map(acts).collect();
    // What is written anew counts as a change of the page, which is why this runs.
    let is_same = entries.with_untracked(|before| {
        let same =
            |(a, b): (&MenuEntry, &MenuEntry)| a.label == b.label && a.disabled_reason == b.disabled_reason;
        before.len() == items.len() && before.iter().zip(&items).all(same)
    });
    if !is_same {
        entries.set(items);
    }
    keep_one_stop(bar);
}

/// The elements inside `root` that match, shown or not.
fn elements(root: &HtmlElement, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    let elements = (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok());
    elements.collect()
}

/// The entries of a command; those of a menu begin with the menu's name.
fn acts(command: &HtmlElement) -> Vec<MenuEntry> {
    let text = |element: &Element| {
        let name = element
            .get_attribute("aria-label")
            .or_else(|| element.text_content());
        name.unwrap_or_default().trim().to_owned()
    };
    let one = |selector: &str| command.query_selector(selector).ok().flatten();
    let menu = one("[aria-haspopup]").map(|button| format!("{}: ", text(&button)));
    let reason = one("[role='tooltip']").map(|tooltip| text(&tooltip));
    // A command may be such an element itself, without anything around it.
    let itself = command.matches(ACTS).unwrap_or(false).then(|| command.clone());
    itself
        .into_iter()
        .chain(elements(command, ACTS))
        .map(|act| {
            let is_disabled = act.get_attribute("aria-disabled").is_some();
            let label = format!("{}{}", menu.clone().unwrap_or_default(), text(&act));
            let act = StoredValue::new_local(act);
            MenuEntry {
                label,
                icon: None,
                disabled_reason: is_disabled.then(|| reason.clone().unwrap_or_default()),
                on_select: Callback::new(move |()| act.with_value(|act| act.click())),
            }
        })
        .collect()
}

//! Bars of commands with one stop of Tab.

use crate::prelude::*;
use leptos::ev::KeyboardEvent;
use leptos::html;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, Node};

use super::focus::{focus, rendered};

const COMMANDS: &str = "button:not(.menu-button-item), a[href]";

/// A bar of buttons and links: Tab reaches one of them, the arrows, Home and End go round.
#[component]
pub fn Toolbar(
    /// Its name.
    #[prop(into)]
    label: String,
    /// The element's class.
    #[prop(default = "command-bar")]
    class: &'static str,
    /// The element's id, where another part of the page names it.
    #[prop(optional, into)]
    id: Option<String>,
    /// The commands.
    children: Children,
) -> impl IntoView {
    let bar = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(bar) = bar.get() {
            let commands = rendered(&bar, COMMANDS);
            make_only_stop(&commands, commands.first());
        }
    });
    let on_keydown = move |event: KeyboardEvent| {
        let Some(bar) = bar.get_untracked() else { return };
        let commands = rendered(&bar, COMMANDS);
        let current = event
            .target()
            .and_then(|target| commands.iter().position(|command| is(command, &target)));
        let Some(next) = current.and_then(|current| next_index(&event.key(), current, commands.len())) else {
            return;
        };
        event.prevent_default();
        focus(&commands[next]);
    };
    // Wherever the focus comes from, the command that has it becomes the stop of Tab.
    let on_focusin = move |event: web_sys::FocusEvent| {
        let (Some(bar), Some(target)) = (bar.get_untracked(), event.target()) else {
            return;
        };
        let commands = rendered(&bar, COMMANDS);
        if let Some(current) = commands.iter().find(|command| is(command, &target)) {
            make_only_stop(&commands, Some(current));
        }
    };
    view! {
        <div
            class=class
            id=id
            role="toolbar"
            aria-label=label
            on:keydown=on_keydown
            on:focusin=on_focusin
            node_ref=bar
        >
            {children()}
        </div>
    }
}

/// Makes one of the shown commands the stop of Tab, after some have come or gone: the one that was, or the first.
pub fn keep_one_stop(bar: &Element) {
    let commands = rendered(bar, COMMANDS);
    let stop = commands.iter().find(|command| command.tab_index() == 0);
    make_only_stop(&commands, stop.or_else(|| commands.first()));
}

fn is(command: &HtmlElement, target: &web_sys::EventTarget) -> bool {
    target.dyn_ref::<Element>().is_some_and(|target| {
        let (command, target): (&Node, &Node) = (command, target);
        command.is_same_node(Some(target))
    })
}

fn make_only_stop(commands: &[HtmlElement], stop: Option<&HtmlElement>) {
    for command in commands {
        command.set_tab_index(if Some(command) == stop { 0 } else { -1 });
    }
}

/// Where a key leads from `current` of `count`; `None` for keys that do not move.
fn next_index(key: &str, current: usize, count: usize) -> Option<usize> {
    match key {
        "ArrowRight" | "ArrowDown" => Some((current + 1) % count),
        "ArrowLeft" | "ArrowUp" => Some((current + count - 1) % count),
        "Home" => Some(0),
        "End" => Some(count - 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::next_index;

    #[test]
    fn arrows_go_round_and_home_and_end_go_to_the_ends() {
        let check = |key: &str, current, expected| {
            assert_eq!(next_index(key, current, 3), expected, "{key} from {current}");
        };
        check("ArrowRight", 0, Some(1));
        check("ArrowRight", 2, Some(0));
        check("ArrowLeft", 0, Some(2));
        check("ArrowLeft", 1, Some(0));
        check("Home", 2, Some(0));
        check("End", 0, Some(2));
        check("a", 0, None);
    }
}

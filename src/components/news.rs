//! What is said aloud, and where: notifications, and readings that take their time.
//!
//! While a modal dialog is open all else is inert, so that the toasts move into it meanwhile.

use std::{cell::RefCell, rc::Rc, time::Duration};

use web_sys::Element;

use crate::{
    prelude::*,
    services::use_services,
    stores::notifications::{Intent, use_notifications},
    ui::{live_region::announce, watch::watch_page},
};

/// A reading that takes longer is said.
const LONG: Duration = Duration::from_secs(1);

/// Says each notification once.
pub fn say_notifications() {
    let latest = use_notifications().latest();
    Effect::new(move |_| {
        if let Some(latest) = latest.get() {
            announce(
                &format!("{}: {}", latest.title, latest.body),
                latest.intent == Intent::Error,
            );
        }
    });
}

/// Keeps the toasts where they can be used: in the modal dialog that is open, or in their own place.
pub fn move_toasts() {
    let home: Rc<RefCell<Option<(Element, Element)>>> = Rc::default();
    watch_page(move || {
        let modal = document().query_selector("dialog:modal").ok().flatten();
        let away = home.borrow().clone();
        match (modal, away) {
            (Some(modal), None) => {
                let region = document().query_selector(".toast-region").ok().flatten();
                if let Some(region) = region.filter(|region| !modal.contains(Some(region))) {
                    // An empty element keeps its place.
                    let place = document().create_element("span");
                    if let (Some(parent), Ok(place)) = (region.parent_node(), place)
                        && parent.insert_before(&place, Some(&region)).is_ok()
                        && modal.append_child(&region).is_ok()
                    {
                        home.replace(Some((region, place)));
                    }
                }
            }
            (None, Some((region, place))) => {
                home.replace(None);
                if let Some(parent) = place.parent_node() {
                    // All nodes are of this page, so that this is not refused.
                    parent.insert_before(&region, Some(&place)).ok();
                    place.remove();
                }
            }
            _ => {}
        }
    });
}

/// Says that something is being read once that has taken a second, and then how it ended.
pub fn say_long_readings() {
    let clock = use_services().page_clock.clone();
    let reading: Rc<RefCell<Reading>> = Rc::default();
    watch_page(move || {
        let now = first("#main .reading");
        let is_over = now.is_none();
        let before = std::mem::take(&mut *reading.borrow_mut());
        let next = match (before, now) {
            (Reading::Said, None) => {
                say_end();
                Reading::None
            }
            (_, None) => Reading::None,
            (Reading::None, Some(_)) => {
                let (clock, reading) = (clock.clone(), Rc::clone(&reading));
                spawn_local(async move {
                    clock.sleep(LONG).await;
                    let is_waiting = matches!(&*reading.borrow(), Reading::Waiting);
                    if let Some(text) = first("#main .reading").filter(|_| is_waiting) {
                        announce(&text, false);
                        reading.replace(Reading::Said);
                    }
                });
                Reading::Waiting
            }
            (before, Some(_)) => before,
        };
        debug_assert_eq!(is_over, matches!(next, Reading::None));
        reading.replace(next);
    });
}

/// How far the reading is that the page shows the shape of.
#[derive(Default)]
enum Reading {
    #[default]
    None,
    Waiting,
    Said,
}

/// *17 backups read.*, or the heading of what stands in the list's place.
fn say_end() {
    if let Some(failure) = first("#main .empty-state :is(h2, h3)") {
        announce(&format!("{failure}."), false);
        return;
    }
    let count = first("#main .list-count").unwrap_or_default();
    // The moment of the reading stands behind the count.
    match count.split_once(" · ") {
        Some((count, _)) => announce(&format!("{count} read."), false),
        None => announce("Read.", false),
    }
}

fn first(selector: &str) -> Option<String> {
    let element = document().query_selector(selector).ok().flatten()?;
    element.text_content()
}

//! How high the portal would like to be.

use std::{cell::Cell, rc::Rc, time::Duration};

use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{HtmlElement, MutationObserver, MutationObserverInit, ResizeObserver};

use super::{Around, PortalMessage};
use crate::{prelude::*, services::use_services};

/// How often it is told at most.
const BETWEEN: Duration = Duration::from_millis(200);

/// What is told: a list of thousands scrolls inside.
const LOWEST: i32 = 320;
const HIGHEST: i32 = 2000;

/// The space below the content (`.page-main`).
const BELOW: f64 = 32.0;

/// Tells the height with which the page would not have to scroll, whenever it has changed, until the owner goes.
pub fn follow_height(around: Rc<Around>, container: HtmlElement) {
    let clock = use_services().page_clock.clone();
    let told = Rc::new(Cell::new(0));
    let is_due = Rc::new(Cell::new(false));
    let measured = container.clone();
    let changed = Closure::<dyn Fn()>::new(move || {
        if is_due.replace(true) {
            return;
        }
        let (around, clock, container) = (Rc::clone(&around), clock.clone(), measured.clone());
        let (told, is_due) = (Rc::clone(&told), Rc::clone(&is_due));
        spawn_local(async move {
            clock.sleep(BETWEEN).await;
            is_due.set(false);
            if let Some(height) = height_of(&container).filter(|height| told.replace(*height) != *height) {
                around.tell(&PortalMessage::Resize {
                    height: height.unsigned_abs(),
                });
            }
        });
    });
    let function = changed.as_ref().unchecked_ref();
    let (Ok(content), Ok(size)) = (MutationObserver::new(function), ResizeObserver::new(function)) else {
        return;
    };
    let what = MutationObserverInit::new();
    what.set_child_list(true);
    what.set_subtree(true);
    // Refused only where nothing is asked for.
    content.observe_with_options(&container, &what).ok();
    size.observe(&container);
    let kept = StoredValue::new_local((content, size, changed));
    on_cleanup(move || {
        kept.try_with_value(|(content, size, _)| {
            content.disconnect();
            size.disconnect();
        });
    });
}

/// The height with which nothing of the page scrolls, between the lowest and the highest.
fn height_of(container: &HtmlElement) -> Option<i32> {
    let find = |selector| container.query_selector(selector).ok().flatten();
    let (frame, main) = (find(".frame")?, find(".page-main")?);
    let content = main.last_element_child()?;
    let end = content.get_bounding_client_rect().bottom() - main.get_bounding_client_rect().top();
    let content = end + f64::from(main.scroll_top()) + BELOW;
    let around = f64::from(frame.client_height() - main.client_height());
    Some(((around + content).ceil() as i32).clamp(LOWEST, HIGHEST))
}

//! The bar that offers another release, and what *About* says of the one that runs.

use std::{cell::RefCell, rc::Rc, time::Duration};

use arm_core::{Clock, Timestamp, VirtualClock};
use pg_backup_portal::components::{About, PART_NOT_LOADED, follow_release};
use pg_backup_portal::prelude::*;
use pg_backup_portal::release::Release;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Mounted, all, by_role, mount, one, role, see_text, tick};

/// A tab, its host and its clock.
struct Rig {
    /// What the host answers; nothing without a network.
    host: Rc<RefCell<Option<Release>>>,
    clock: Rc<VirtualClock>,
    asked: RwSignal<u32>,
    reloads: RwSignal<u32>,
    _page: Mounted,
}

fn release(commit: &str) -> Release {
    Release {
        version: "0.1.0".to_owned(),
        commit: Some(commit.to_owned()),
        date: Some("2026-03-12".to_owned()),
    }
}

impl Rig {
    async fn new(on_host: Option<Release>) -> Self {
        storage().clear().unwrap();
        let now: Timestamp = "2026-03-12T09:41:00Z".parse().unwrap();
        let clock = Rc::new(VirtualClock::starting_at(now));
        let host = Rc::new(RefCell::new(on_host));
        let (asked, reloads) = (RwSignal::new(0), RwSignal::new(0));
        let (of_host, of_page) = (host.clone(), clock.clone());
        let page = mount(move || {
            // The bar goes into the notice, which is in the page once this view is.
            Effect::new(move |_| {
                let of_host = of_host.clone();
                let look = Rc::new(move || -> arm_core::LocalFuture<'static, _> {
                    asked.update(|times| *times += 1);
                    let found = of_host.borrow().clone();
                    Box::pin(async move { found })
                });
                let reload = Callback::new(move |()| reloads.update(|times| *times += 1));
                let clock: Rc<dyn Clock> = of_page.clone();
                follow_release(release("one"), look, clock, reload);
            });
            view! {
                <section id="notice" aria-label="Notices"></section>
                <input type="text" aria-label="Backup name" />
            }
        })
        .await;
        tick().await;
        Self {
            host,
            clock,
            asked,
            reloads,
            _page: page,
        }
    }

    /// The tab comes into sight once this has passed.
    async fn seen_after(&self, minutes: u64) {
        self.clock.advance(Duration::from_secs(60 * minutes));
        let event = web_sys::Event::new("visibilitychange").unwrap();
        window().dispatch_event(&event).unwrap();
        tick().await;
        tick().await;
    }

    /// A part of the portal could not be fetched.
    async fn part_missing(&self) {
        let event = web_sys::Event::new(PART_NOT_LOADED).unwrap();
        window().dispatch_event(&event).unwrap();
        tick().await;
        tick().await;
    }
}

fn storage() -> web_sys::Storage {
    window().session_storage().unwrap().unwrap()
}

fn is_offered() -> bool {
    !by_role("button", "Reload").is_empty()
}

#[wasm_bindgen_test]
async fn a_new_release_is_offered_when_the_tab_is_seen_again_and_nothing_typed_is_lost() {
    let rig = Rig::new(Some(release("one"))).await;
    assert_eq!((rig.asked.get_untracked(), is_offered()), (1, false));
    let field: web_sys::HtmlInputElement =
        wasm_bindgen::JsCast::unchecked_into(role("textbox", "Backup name"));
    field.set_value("before-the-migration");

    *rig.host.borrow_mut() = Some(release("two"));
    rig.seen_after(14).await;
    assert_eq!(
        (rig.asked.get_untracked(), is_offered()),
        (1, false),
        "the host is left alone"
    );
    rig.seen_after(1).await;
    assert_eq!((rig.asked.get_untracked(), is_offered()), (2, true));
    see_text("A new version of the portal is there.");
    assert_eq!(field.value(), "before-the-migration");
    assert_eq!(rig.reloads.get_untracked(), 0, "nothing is forced");
    role("button", "Reload").click();
    assert_eq!(rig.reloads.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_release_that_was_put_off_is_not_offered_again_and_the_next_one_is() {
    let rig = Rig::new(Some(release("two"))).await;
    assert!(is_offered());
    role("button", "Dismiss").click();
    tick().await;
    assert!(!is_offered());
    rig.seen_after(15).await;
    assert!(!is_offered(), "the user has decided");
    *rig.host.borrow_mut() = Some(release("three"));
    rig.seen_after(15).await;
    assert!(is_offered());
}

#[wasm_bindgen_test]
async fn a_missing_part_makes_it_look_at_once_and_without_a_network_nothing_is_said() {
    let rig = Rig::new(None).await;
    rig.seen_after(15).await;
    assert_eq!((rig.asked.get_untracked(), is_offered()), (2, false));
    *rig.host.borrow_mut() = Some(release("two"));
    rig.part_missing().await;
    assert_eq!((rig.asked.get_untracked(), is_offered()), (3, true));
}

#[wasm_bindgen_test]
async fn about_names_the_release_and_what_lies_beside_it() {
    let _page = mount(|| view! { <About release=Some(release("abc-dirty")) /> }).await;
    see_text("0.1.0");
    see_text("abc, with changes");
    see_text("2026-03-12");
    let licences = role("link", "Licences of all that is inside");
    assert_eq!(licences.get_attribute("href").as_deref(), Some("licences.txt"));
    assert!(all("a").len() > 4);
}

#[wasm_bindgen_test]
async fn about_says_that_a_development_build_is_one() {
    let _page = mount(|| view! { <About release=None /> }).await;
    see_text("development build");
    assert!(all("a").is_empty(), "nothing lies beside it");
    assert_eq!(one("dt").text_content().as_deref(), Some("Version"));
}

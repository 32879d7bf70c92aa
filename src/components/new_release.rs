//! A quiet bar once the host has another release of the portal; nothing is reloaded before the user says so.

use std::rc::Rc;

use arm_core::{Clock, LocalFuture, Timestamp};
use leptos::{ev, mount::mount_to};
use wasm_bindgen::JsCast as _;

use crate::{
    prelude::*,
    release::{Release, is_time_to_look},
    ui::{
        button::Button,
        changing::view_if,
        icon::{Icon, IconName},
        icon_button::IconButton,
        live_region::announce,
    },
};

const NEWS: &str = "A new version of the portal is there.";

/// The release that the user of this tab has reloaded for or has put off, in the tab's storage.
const DECIDED: &str = "pgbp.release-decided";

/// Said to the window when a part of the portal could not be fetched, which another release may have taken away.
pub const PART_NOT_LOADED: &str = "pgbp-part-not-loaded";

/// How the host is asked which release it has.
pub type Look = Rc<dyn Fn() -> LocalFuture<'static, Option<Release>>>;

/// Asks the host now, when the tab comes into sight again and when a part is missing, until the owner goes; the bar stands
/// in the frame's `#notice`.
pub fn follow_release(running: Release, look: Look, clock: Rc<dyn Clock>, reload: Callback<()>) {
    let offered = RwSignal::new(None::<String>);
    let last = StoredValue::new_local(None::<Timestamp>);
    let clock = StoredValue::new_local(clock);
    let look = StoredValue::new_local(look);
    let running = StoredValue::new_local(running);
    let ask = move |is_urgent: bool| {
        let now = clock.with_value(|clock| clock.now());
        let is_time = is_urgent || is_time_to_look(last.get_value(), now);
        if !is_time || document().hidden() {
            return;
        }
        last.set_value(Some(now));
        let answer = look.with_value(|look| look());
        spawn_local(async move {
            let Some(found) = answer.await else { return };
            // The frame may have gone meanwhile.
            let is_offered = running
                .try_with_value(|running| found.is_offered(running, decided().as_deref()))
                .unwrap_or_default();
            let known = offered.try_get_untracked().flatten();
            if is_offered && known.as_deref() != Some(found.id()) {
                offered.try_set(Some(found.id().to_owned()));
                announce(&format!("{NEWS} Reload the page to use it."), false);
            }
        });
    };
    ask(false);
    let seen = window_event_listener(ev::visibilitychange, move |_| ask(false));
    let missing = window_event_listener_untyped(PART_NOT_LOADED, move |_| ask(true));
    on_cleanup(move || {
        seen.remove();
        missing.remove();
    });
    let Some(notice) = document().get_element_by_id("notice") else {
        return;
    };
    // The notice goes with the frame, and the view with it.
    mount_to(notice.unchecked_into(), move || {
        let is_there = Memo::new(move |_| offered.with(Option::is_some));
        view_if(is_there, move || view! { <Bar offered reload /> }.into_any())
    })
    .forget();
}

#[component]
fn Bar(offered: RwSignal<Option<String>>, reload: Callback<()>) -> impl IntoView {
    let decided = move || {
        if let Some((storage, id)) = tab_storage().zip(offered.get_untracked()) {
            // Where it cannot be kept, it is offered once more.
            storage.set_item(DECIDED, &id).ok();
        }
    };
    let accept = Callback::new(move |()| {
        decided();
        reload.run(());
    });
    let dismiss = Callback::new(move |()| {
        decided();
        offered.set(None);
    });
    view! {
        <div class="new-release">
            <Icon name=IconName::Info size=16 />
            <p>{NEWS} " You can go on with this one; what you are typing stays until you reload."</p>
            <div class="new-release-acts">
                <Button small=true on_click=accept>"Reload"</Button>
                <IconButton icon=IconName::Dismiss label="Dismiss" small=true on_click=dismiss />
            </div>
        </div>
    }
}

fn decided() -> Option<String> {
    tab_storage()?.get_item(DECIDED).ok().flatten()
}

fn tab_storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}

//! What the frame fetches once the page stands: keys, help, the bar while there is no network, what is said aloud.

use std::rc::Rc;

use leptos::mount::mount_to;

use super::{
    frame_state::Panels,
    help_sheet::HelpSheet,
    more_commands::fit_command_bars,
    new_release::follow_release,
    news::{move_toasts, say_long_readings, say_notifications},
    offline::follow_connection,
    read_only::say_read_only,
    sign_in_again::SignInAgain,
};
use crate::{
    keyboard::{SingleKeys, listen, remember_rows},
    lazy::lazy,
    prelude::*,
    release::Release,
    services::use_services,
    session::Session,
    ui::changing::view_if,
};

lazy! {
    frame: pub fn frame_extras(frame: Option<Owner>) -> () {
        if let Some(frame) = frame {
            frame.with(install);
        }
    }
}

/// Adds them to the frame, for as long as it is there.
fn install() {
    let Some(Panels { bell, help, .. }) = use_context() else {
        return;
    };
    // The user may have signed out meanwhile: what a frame provides outlives it, what it knew does not.
    if help.try_get_untracked().is_none() {
        return;
    }
    let single_keys = SingleKeys::remembered();
    listen(single_keys, Callback::new(move |()| bell.set(false)));
    remember_rows();
    say_notifications();
    move_toasts();
    say_long_readings();
    follow_connection();
    say_read_only();
    fit_command_bars();
    follow_releases();
    let Some(body) = document().body() else { return };
    if let Some(session) = use_context::<Session>() {
        session.keep_signed_in();
        let is_asked = session.is_asked_beside();
        let beside = mount_to(body.clone(), move || {
            view_if(is_asked, move || view! { <SignInAgain session /> }.into_any())
        });
        let beside = StoredValue::new_local(Some(beside));
        on_cleanup(move || {
            beside.try_update_value(Option::take);
        });
    }
    // The frame's own view does not hold it, so it goes with the frame by hand.
    let sheet = mount_to(body, move || {
        view_if(help, move || {
            let on_close = Callback::new(move |()| help.set(false));
            view! { <HelpSheet single_keys on_close /> }.into_any()
        })
    });
    let sheet = StoredValue::new_local(Some(sheet));
    on_cleanup(move || {
        sheet.try_update_value(Option::take);
    });
}

/// Offers what the host has after the release that runs; a development build is none.
fn follow_releases() {
    let Some(running) = Release::of_page() else { return };
    let reload = Callback::new(|()| {
        // Refused only where the page is on its way out already.
        window().location().reload().ok();
    });
    let clock = use_services().page_clock.clone();
    follow_release(running, Rc::new(|| Box::pin(Release::of_host())), clock, reload);
}

//! A sign-out that the other tabs of the same user hear: a word without a token (auth #91).

use entra_auth::Account;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::BroadcastChannel;

use crate::prelude::*;

fn channel(account: &Account) -> Option<BroadcastChannel> {
    let Account {
        tenant_id, object_id, ..
    } = account;
    // A browser without channels has each tab for itself.
    BroadcastChannel::new(&format!("pgbp.signed-out.{tenant_id}.{object_id}")).ok()
}

/// Tells the other tabs of this user that they have signed out.
pub(super) fn tell(account: &Account) {
    if let Some(channel) = channel(account) {
        channel.post_message(&JsValue::TRUE).ok();
        channel.close();
    }
}

/// Hears it, until the owner goes.
pub(super) fn hear(account: &Account, heard: Callback<()>) {
    let Some(channel) = channel(account) else {
        return;
    };
    let listener = Closure::<dyn Fn()>::new(move || heard.run(()));
    channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    let held = StoredValue::new_local(Some((channel, listener)));
    on_cleanup(move || {
        if let Some(Some((channel, listener))) = held.try_update_value(Option::take) {
            channel.set_onmessage(None);
            channel.close();
            // It may be running: a sign-out takes the frame away that hears it.
            listener.forget();
        }
    });
}

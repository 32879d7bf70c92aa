//! A sign-out that the other tabs of the same user hear: a word without a token (auth #91).

use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::BroadcastChannel;

use crate::Account;

/// A browser without channels has each tab for itself.
fn channel(account: &Account) -> Option<BroadcastChannel> {
    let Account {
        tenant_id, object_id, ..
    } = account;
    BroadcastChannel::new(&format!("pgbp.signed-out.{tenant_id}.{object_id}")).ok()
}

/// Tells the other tabs of this user that they have signed out.
pub fn tell_sign_out(account: &Account) {
    if let Some(channel) = channel(account) {
        channel.post_message(&JsValue::TRUE).ok();
        channel.close();
    }
}

/// As long as this is held, a sign-out of the user in another tab is heard.
pub struct Hearing {
    channel: BroadcastChannel,
    /// What it calls may drop this, while it runs: it is forgotten instead of freed.
    listener: Option<Closure<dyn Fn()>>,
}

/// Calls `heard` when the user signs out in another tab.
pub fn hear_sign_out(account: &Account, heard: impl Fn() + 'static) -> Option<Hearing> {
    let channel = channel(account)?;
    let listener = Closure::<dyn Fn()>::new(heard);
    channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    Some(Hearing {
        channel,
        listener: Some(listener),
    })
}

impl Drop for Hearing {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
        if let Some(listener) = self.listener.take() {
            listener.forget();
        }
    }
}

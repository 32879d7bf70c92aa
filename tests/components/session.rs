//! The session of a page.

use std::rc::Rc;

use arm_core::VirtualClock;
use pg_backup_portal::config::{Config, Page};
use pg_backup_portal::prelude::*;
use pg_backup_portal::session::{self, Session};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::mount;

const SIGNED_OUT: &str = "pgbp.sign-in.signed-out";

#[wasm_bindgen_test]
async fn a_sign_out_is_kept_for_the_next_page_before_anything_is_fetched() {
    let page = Page {
        host: "127.0.0.1".to_owned(),
        base: "http://127.0.0.1/".to_owned(),
    };
    let mut config = Config::parse(r#"{"cloud":"emulator","transport":"worker"}"#, &page).unwrap();
    // No address that a sign-in may use: the page of the tests stays.
    config.logout_url = "nowhere".to_owned();
    let clock = Rc::new(VirtualClock::starting_at(chrono::DateTime::UNIX_EPOCH));
    let storage = window().session_storage().unwrap().unwrap();
    storage.remove_item(SIGNED_OUT).unwrap();
    let kept = storage.clone();
    let _page = mount(move || {
        Session::provide(session::client(&config, &page.base, clock)).sign_out();
        assert_eq!(kept.get_item(SIGNED_OUT).unwrap().as_deref(), Some("1"));
    })
    .await;
    storage.remove_item(SIGNED_OUT).unwrap();
}

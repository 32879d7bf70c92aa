//! Component tests: what a user sees and can do, in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

mod after_restore;
mod backups_page;
mod clipboard;
mod delete_backup;
mod directories;
mod frame;
mod gallery;
mod hooks;
mod instance;
mod job;
mod jobs;
mod keyboard;
mod location;
mod long_term_retention;
mod menu;
mod new_release;
mod protection;
mod protection_doctor;
mod protection_hooks;
mod protection_panes;
mod protection_parts;
mod reading_view;
mod restore_acts;
mod restore_form;
mod restore_hooks;
mod restore_rig;
mod retention_pick;
mod servers;
mod servers_rig;
mod session;
mod show_as_code;
mod support;
mod take_backup;
mod target_blobs;
mod target_findings;
mod target_mending;
mod target_rig;
mod ui_button;
mod ui_confirm_dialog;
mod ui_filter_pill;
mod ui_menu_button;
mod ui_message;
mod ui_pane;
mod ui_select;
mod ui_table;
mod ui_text_field;
mod ui_toast;
mod ui_window;
mod vault;
mod vault_tabs;
mod vaults;
mod vaults_rig;
mod wizard;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

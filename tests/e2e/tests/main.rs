//! What a user does with the app, in a real Chromium.

mod delete_backup;
mod failures;
mod frame;
mod harness;
mod keyboard;
mod last_backups;
mod list_backups;
mod list_more;
mod list_servers;
mod long_list;
mod long_term_retention;
mod looks;
mod no_access;
mod operations;
mod parts;
mod protect;
mod retention_failures;
mod retention_pick;
mod servers_commands;
mod show_as_code;
mod sign_in;
mod start;
mod tabs;
mod take_backup;
mod threats;
mod weather;

//! What a user does with the app, in a real Chromium.

mod delete_backup;
mod failures;
mod harness;
mod list_backups;
mod looks;
mod operations;
mod parts;
mod sign_in;
mod take_backup;

//! What a user does with the app, in a real Chromium.

mod failures;
mod harness;
mod looks;
mod operations;
mod parts;
mod sign_in;
mod take_backup;

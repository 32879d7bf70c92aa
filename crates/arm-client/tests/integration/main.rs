//! The client against scripted answers and against the emulator, in virtual time.

mod any_story;
mod backups;
mod emulator;
mod long_term_retention;
mod operations;
mod origin;
mod paging;
mod poller;
mod protocols;
mod repeating;
mod resuming;
mod signing_in;
mod support;

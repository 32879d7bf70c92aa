//! The server over a real socket, as a foreign client meets it.

mod arm;
mod bad_input;
mod blobs;
mod control;
mod delivery;
mod process;
mod rig;
mod sign_in;
mod welcome;
mod world_file;

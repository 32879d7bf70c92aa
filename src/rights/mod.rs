//! What may be done here: which acts are offered at all, and which are not the user's; pure, but for the reading.
//!
//! [`Limits`] are known before the app starts and never change while it runs. `config.json` sets them, and a page around
//! the portal may add to them, never take away: whoever takes its *init* says, before the app is shown,
//! `config.limits = config.limits.and(Limits::new(By::Host, init.is_read_only, &init.hide)?)`. From there they reach the
//! pages (`hooks/use_rights.rs`) and the transport (`guard.rs`), which sends nothing that they forbid.

mod act;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod agreement_tests;
mod guard;
mod limits;
mod look;
mod needs;

pub use act::Act;
pub use guard::{NOT_SENT, guarded};
pub use limits::{By, Limits};
pub use look::{Asked, follow};
pub use needs::Lacking;

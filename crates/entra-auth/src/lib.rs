//! Sign-in with Microsoft Entra as a pure state machine, with the browser at its edge.
//!
//! [`begin`] makes the address to go to, [`finish`] judges what comes back, [`Session`] holds the token.
//! None of them reads a clock, a random number or the page: those come in as arguments, and [`browser`]
//! is the only module that touches a browser. [`PublicClient`] puts the two together under the names that
//! users of MSAL know.
//!
//! The flow is OAuth's implicit one, made as safe as it can be (auth #50): a state and a nonce that are
//! used once and expire, `at_hash` checked before the token is believed, the fragment cleared before
//! anything is imported, the token in memory only.

mod account;
mod answer;
mod authorize_request;
mod base64url;
mod bridge;
pub mod browser;
mod code;
mod entra_error;
mod entropy;
mod flight;
mod fragment;
mod id_token;
mod logout_request;
mod pace;
mod pending;
mod problem;
mod proof;
mod public_client;
mod redirect_guard;
mod renewal;
mod renewal_guard;
mod return_path;
mod session;
mod settings;
mod source;
mod within;

pub use account::Account;
pub use answer::{SignedIn, finish};
pub use authorize_request::{Prompt, SignInOptions, begin, begin_with};
pub use code::{CodeGrant, TokenRequest, finish_with_code, refresh, refreshed};
pub use entra_error::EntraError;
pub use entropy::Entropy;
pub use logout_request::logout_url;
pub use pending::PendingSignIn;
pub use problem::{Distrust, SignInProblem};
pub use public_client::PublicClient;
pub use redirect_guard::RedirectGuard;
pub use renewal::{Answer, Renew};
pub use renewal_guard::RenewalGuard;
pub use return_path::safe_return_path;
pub use session::{Session, SessionState, SignedOutReason};
pub use settings::{Flow, SignInSettings};
pub use source::TokenSource;

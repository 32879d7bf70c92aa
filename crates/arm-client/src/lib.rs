//! A client of Azure Resource Manager (ARM): pipeline, paging, long-running operations, typed resources.
//!
//! It has no network, no clock and no sign-in of its own: an [`arm_core::Transport`], an
//! [`arm_core::Clock`] and a [`Credential`] are handed to [`ArmClient::new`]. Everything that decides
//! (which URL gets the token, whether a request is sent again, what an answer means for an operation)
//! is a pure function with a table of tests; the pipeline and the poller only carry it out.

pub mod api_versions;
pub mod authorization;
mod client;
mod credential;
pub mod data_protection;
mod error;
mod fields;
mod jitter;
pub mod key_vault;
mod lenient;
mod lro;
mod origin;
mod paging;
mod pipeline;
mod plain;
pub mod postgres;
mod redact;
pub mod resources;
mod retry_after;
pub mod storage;

pub use client::ArmClient;
pub use credential::{Credential, SignInNeeded, SignInReason, TokenRequest};
pub use error::{ArmError, ErrorDetail, Exhausted, ServiceError, Unreadable};
pub use lro::{ContinuationToken, FinalStateVia, Operation, Poller, Progress};
pub use origin::{ArmOrigin, ArmUrl, InvalidOrigin, RefusedUrl};
pub use paging::Pager;
pub use pipeline::Repetition;
pub use postgres::{
    Backup, BackupName, BackupType, Backups, FlexibleServer, FlexibleServers, InvalidBackupName, ServerState,
    Sku, is_missing_backup,
};
pub use redact::redact;
pub use resources::{
    GraphPage, ResourceGraph, ResourceGroup, ServerSummary, Subscription, SubscriptionState, Subscriptions,
    Tenant,
};

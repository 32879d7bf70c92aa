//! Of which servers there are long-term retention backups (reference A7, E).

use serde_json::Value;

use super::transfer;
use crate::{
    postgres::servers::text,
    refusals::{self, Refusal},
};

/// The most data that is supported (reference E): 1 TiB.
const MOST_BYTES: u64 = 1 << 40;

/// Refuses what no such backup can be taken of; the code for a server that is not ready is documented.
pub(super) fn check_server(server: &Value) -> Result<(), Refusal> {
    let name = text(server, "/name");
    if text(server, "/properties/replicationRole").contains("Replica") {
        return Err(refusals::LONG_TERM_OF_REPLICA.refuse(&[name]));
    }
    if text(server, "/properties/storage/type") == "PremiumV2_LRS" {
        return Err(refusals::LONG_TERM_ON_PREMIUM_V2.refuse(&[name]));
    }
    let state = text(server, "/properties/state");
    if state != "Ready" {
        return Err(refusals::NOT_READY_FOR_LONG_TERM.refuse(&[name, state]));
    }
    if transfer::data_size(server) > MOST_BYTES {
        return Err(refusals::LONG_TERM_TOO_LARGE.refuse(&[name]));
    }
    Ok(())
}

//! The choice of the storage account, and what stands in its way.

use arm_client::storage::StorageAccount;

use super::Picked;
use crate::{
    components::{
        Findings,
        storage::{AccountChoice, Accounts, offer},
    },
    findings,
    pages::servers::retention::start::container::Surroundings,
    prelude::*,
    text,
};

/// The accounts as they come, or why there is none.
pub fn account_fields(
    picked: Picked,
    around: Surroundings,
    accounts: Accounts,
    offered: Memo<Vec<StorageAccount>>,
    account: Memo<Option<StorageAccount>>,
) -> AnyView {
    let found = Memo::new(move |_| {
        let region = around.server.with(|server| server.region.clone());
        account.with(|account| {
            let found = account.as_ref();
            found
                .map(|account| findings::storage_account(account, region.as_deref()))
                .unwrap_or_default()
        })
    });
    let hint = Signal::derive(move || {
        let left_out = accounts.found.with(Vec::len) - offered.with(Vec::len);
        (left_out > 0).then(|| format!("{} without blobs left out.", text::count(left_out, "account")))
    });
    view! {
        <AccountChoice
            accounts
            offered
            choice=|account| offer::choice(&account)
            chosen=picked.account
            hint
            none="None of the subscriptions that you may read has one. Create one in the Azure portal, or paste a SAS URI that somebody else gives you."
        />
        <Findings label="Checks of the storage account" findings=found on_fix=Callback::new(|_| ()) />
    }
    .into_any()
}

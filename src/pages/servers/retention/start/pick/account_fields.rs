//! The choice of the storage account, and what stands in its way.

use arm_client::storage::StorageAccount;

use super::{Accounts, Picked, accounts::Unread, offer};
use crate::{
    components::{Findings, Refusal},
    findings,
    hooks::use_rested,
    pages::servers::retention::start::container::Surroundings,
    prelude::*,
    text,
    ui::{
        button::Button,
        changing::view_of,
        message_bar::{MessageBar, MessageIntent},
        progress::Spinner,
        select::Select,
    },
};

/// What is there to be seen of the accounts.
#[derive(Clone, PartialEq, Eq)]
enum Seen {
    Reading,
    Nothing(Vec<Unread>),
    Some,
}

/// The accounts as they come, or why there is none.
pub fn account_fields(
    picked: Picked,
    around: Surroundings,
    accounts: Accounts,
    offered: Memo<Vec<StorageAccount>>,
    account: Memo<Option<StorageAccount>>,
) -> AnyView {
    let seen = Memo::new(move |_| match offered.with(Vec::is_empty) {
        false => Seen::Some,
        true if accounts.is_loading.get() => Seen::Reading,
        true => Seen::Nothing(accounts.unread.get()),
    });
    let found = Memo::new(move |_| {
        let region = around.server.with(|server| server.region.clone());
        account.with(|account| {
            let found = account.as_ref();
            found
                .map(|account| findings::storage_account(account, region.as_deref()))
                .unwrap_or_default()
        })
    });
    view_of(move || match seen.get() {
        Seen::Reading => view! {
            <p class="status"><Spinner size=16 /> "The storage accounts of your subscriptions are read."</p>
        }
        .into_any(),
        Seen::Nothing(unread) => nothing(accounts, unread),
        Seen::Some => view! {
            {choice(picked, accounts, offered, account)}
            {rest(accounts)}
            <Findings label="Checks of the storage account" findings=found on_fix=Callback::new(|_| ()) />
        }
        .into_any(),
    })
}

fn choice(
    picked: Picked,
    accounts: Accounts,
    offered: Memo<Vec<StorageAccount>>,
    account: Memo<Option<StorageAccount>>,
) -> AnyView {
    let choices =
        Signal::derive(move || offered.with(|offered| offered.iter().map(offer::choice).collect::<Vec<_>>()));
    let hint = Signal::derive(move || {
        let left_out = accounts.found.with(Vec::len) - offered.with(Vec::len);
        (left_out > 0).then(|| format!("{} without blobs left out.", text::count(left_out, "account")))
    });
    let (rested, _) = use_rested(picked.account);
    let error = Signal::derive(move || {
        let is_none = rested.with(|name| !name.is_empty() && picked.account.with(|now| now == name))
            && account.with(Option::is_none);
        let is_sure = is_none && !accounts.is_loading.get();
        is_sure.then(|| "None of your subscriptions has an account of this name.".to_owned())
    });
    view! {
        <Select
            label="Storage account"
            choices
            value=picked.account
            required=true
            placeholder="Choose a storage account"
            hint
            error
        />
    }
    .into_any()
}

/// What is still to come, and what will not.
fn rest(accounts: Accounts) -> AnyView {
    view_of(move || {
        if accounts.is_loading.get() {
            return view! { <p class="status"><Spinner size=16 /> "The accounts of other subscriptions are read."</p> }
                .into_any();
        }
        let unread = accounts.unread.get();
        let Some(first) = unread.first() else {
            return ().into_any();
        };
        let title = match unread.len() {
            1 => format!("The storage accounts of '{}' could not be read.", first.name),
            number => format!("The storage accounts of {number} subscriptions could not be read."),
        };
        let reason = first.problem.reason.clone();
        let actions = move || view! { <Button small=true on_click=accounts.again>"Read again"</Button> };
        view! { <MessageBar intent=MessageIntent::Warning stacked=true title actions><p>{reason}</p></MessageBar> }.into_any()
    })
}

fn nothing(accounts: Accounts, unread: Vec<Unread>) -> AnyView {
    let again = move || view! { <Button small=true on_click=accounts.again>"Read again"</Button> };
    match unread.into_iter().next() {
        Some(first) => view! {
            <Refusal title="The storage accounts could not be read" problem=first.problem />
            <p>{again()}</p>
        }
        .into_any(),
        None => view! {
            <MessageBar stacked=true title="No storage account with blobs was found" actions=again>
                <p>
                    "None of the subscriptions that you may read has one. Create one in the Azure portal, or paste a SAS URI that somebody else gives you."
                </p>
            </MessageBar>
        }
        .into_any(),
    }
}

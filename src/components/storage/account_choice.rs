//! The choice of a storage account, while the accounts still come and where some will not.

use arm_client::storage::StorageAccount;

use super::accounts::{Accounts, Unread};
use crate::{
    components::Refusal,
    hooks::use_rested,
    prelude::*,
    ui::{
        button::Button,
        changing::view_of,
        message_bar::{MessageBar, MessageIntent},
        progress::Spinner,
        select::{Choice, Select},
        unique_id::unique_id,
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
#[component]
pub fn AccountChoice(
    /// The accounts.
    accounts: Accounts,
    /// Those that are offered, in their order.
    offered: Memo<Vec<StorageAccount>>,
    /// What is said of one in the list.
    #[prop(into)]
    choice: Callback<StorageAccount, Choice>,
    /// The name of the one that is chosen.
    chosen: RwSignal<String>,
    /// A line below the list.
    #[prop(into)]
    hint: Signal<Option<String>>,
    /// The id of the list, for whoever leads to it.
    #[prop(optional, into)]
    id: Option<String>,
    /// What to do where there is none at all.
    none: &'static str,
) -> impl IntoView {
    let id = StoredValue::new(id.unwrap_or_else(|| unique_id("account")));
    let seen = Memo::new(move |_| match offered.with(Vec::is_empty) {
        false => Seen::Some,
        true if accounts.is_loading.get() => Seen::Reading,
        true => Seen::Nothing(accounts.unread.get()),
    });
    let choices = Signal::derive(move || {
        offered
            .get()
            .into_iter()
            .map(|account| choice.run(account))
            .collect::<Vec<_>>()
    });
    let (rested, _) = use_rested(chosen);
    let error = Signal::derive(move || {
        let is_offered =
            |name: &String| offered.with(|offered| offered.iter().any(|account| account.name == *name));
        let is_none =
            rested.with(|name| !name.is_empty() && chosen.with(|now| now == name) && !is_offered(name));
        let is_sure = is_none && !accounts.is_loading.get();
        is_sure.then(|| "None of your subscriptions has an account of this name.".to_owned())
    });
    view_of(move || match seen.get() {
        Seen::Reading => view! {
            <p class="status"><Spinner size=16 /> "The storage accounts of your subscriptions are read."</p>
        }
        .into_any(),
        Seen::Nothing(unread) => nothing(accounts, unread, none),
        Seen::Some => view! {
            <Select
                label="Storage account"
                choices
                value=chosen
                required=true
                placeholder="Choose a storage account"
                hint
                error
                id=id.get_value()
            />
            {rest(accounts)}
        }
        .into_any(),
    })
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

fn nothing(accounts: Accounts, unread: Vec<Unread>, none: &'static str) -> AnyView {
    let again = move || view! { <Button small=true on_click=accounts.again>"Read again"</Button> };
    match unread.into_iter().next() {
        Some(first) => view! {
            <Refusal title="The storage accounts could not be read" problem=first.problem />
            <p>{again()}</p>
        }
        .into_any(),
        None => view! {
            <MessageBar stacked=true title="No storage account with blobs was found" actions=again>
                <p>{none}</p>
            </MessageBar>
        }
        .into_any(),
    }
}

//! A container that is chosen, and the SAS that is made for it through the resource manager: a part of its own, which
//! comes when somebody does so.

mod account_fields;
mod container_fields;
mod lifetime;
mod make;
mod usual;

use arm_client::storage::{SasUri, StorageAccount};
use arm_core::Timestamp;

use super::container::Surroundings;
use crate::{
    components::storage::{Accounts, offer, read_accounts},
    lazy::lazy,
    prelude::*,
    ui::changing::view_of,
};

use account_fields::account_fields;
use container_fields::ContainerFields;

/// A SAS that was made here.
#[derive(Clone)]
pub struct Made {
    /// The container with its SAS.
    pub uri: SasUri,
    /// When it expires.
    pub expiry: Timestamp,
}

/// What is chosen, by name, and what was made of it.
#[derive(Clone, Copy)]
pub struct Picked {
    /// The SAS, once it was made.
    pub made: RwSignal<Option<Made>>,
    account: RwSignal<String>,
    container: RwSignal<String>,
    lasts: RwSignal<String>,
}

impl Picked {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            made: RwSignal::new(None),
            account: RwSignal::new(String::new()),
            container: RwSignal::new(String::new()),
            lasts: RwSignal::new(String::new()),
        }
    }

    /// Account, container and how long the SAS is to last.
    fn chosen(self) -> [String; 3] {
        [self.account.get(), self.container.get(), self.lasts.get()]
    }
}

lazy! {
    retention_pick: pub fn pick_container(picked: Picked, around: Surroundings) -> AnyView {
        view! { <PickContainer picked around /> }.into_any()
    }
}

/// The accounts, which are read the first time that a container of the pane is picked.
fn once(around: Surroundings) -> Accounts {
    if let Some(accounts) = around.accounts.get_value() {
        return accounts;
    }
    let server = around.server.with_untracked(|server| server.id.clone());
    let accounts = match around.owner.get_value() {
        Some(owner) => owner.with(|| read_accounts(server)),
        None => read_accounts(server),
    };
    around.accounts.set_value(Some(accounts));
    accounts
}

/// Account, container, how long the SAS lasts, and the button that makes it.
#[component]
fn PickContainer(picked: Picked, around: Surroundings) -> impl IntoView {
    let accounts = once(around);
    let offered = Memo::new(move |_| {
        accounts
            .found
            .with(|found| around.server.with(|server| offer::accounts(found, server)))
    });
    let account = Memo::new(move |_| {
        let named = picked.account.get();
        offered.with(|offered| offered.iter().find(|account| account.name == named).cloned())
    });
    // The one to begin with: once nothing better can come, or one is there that nothing could be better than.
    Effect::new(move |_| {
        let best = offered.with(|offered| around.server.with(|server| usual::best(offered, server).cloned()));
        let is_final = !accounts.is_loading.get();
        if let Some(best) =
            best.filter(|best| is_final || offered.with(|offered| offered.first() == Some(best)))
            && picked.account.with_untracked(String::is_empty)
        {
            picked.account.set(best.name);
        }
    });
    // What was made is of another container now.
    Effect::watch(
        move || picked.chosen(),
        move |_, _, _| picked.made.set(None),
        false,
    );
    Effect::watch(
        move || picked.account.get(),
        move |_, _, _| {
            picked.container.set(String::new());
            picked.lasts.set(String::new());
        },
        false,
    );
    let of_account = view_of(move || match account.get().filter(StorageAccount::takes_keys) {
        Some(account) => view! { <ContainerFields account picked around /> }.into_any(),
        None => ().into_any(),
    });
    view! {
        {account_fields(picked, around, accounts, offered, account)}
        {of_account}
    }
}

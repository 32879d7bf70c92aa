//! The containers of an account: one is chosen or created, and a SAS is made for it.

use arm_client::storage::{BlobContainer, StorageAccount};

use super::{Picked, lifetime, make::MakeSas};
use crate::{
    components::{
        Findings,
        storage::{ContainerChoice, use_containers},
    },
    findings,
    pages::servers::retention::start::container::Surroundings,
    prelude::*,
    ui::{
        changing::view_if,
        select::{Choice, Select},
    },
};

/// Reads the containers of this account and offers them.
#[component]
pub fn ContainerFields(account: StorageAccount, picked: Picked, around: Surroundings) -> impl IntoView {
    let containers = use_containers(account.id.clone(), picked.container);
    let account = StoredValue::new(account);
    let base = around
        .server
        .with_untracked(|server| format!("ltr-{}", server.id.name()));
    let below =
        move |container: BlobContainer| view! { <ForContainer account container picked around /> }.into_any();
    view! { <ContainerChoice containers base below /> }
}

/// What is found of a container, for how long the SAS lasts, and making it.
#[component]
fn ForContainer(
    account: StoredValue<StorageAccount>,
    container: BlobContainer,
    picked: Picked,
    around: Surroundings,
) -> impl IntoView {
    let found = findings::blob_container(&container);
    let found = Memo::new(move |_| found.clone());
    let policy = account.with_value(StorageAccount::sas_policy);
    let lengths = lifetime::offered(policy);
    let choices: Vec<_> = lengths
        .iter()
        .map(|length| Choice::new(lifetime::words(*length)))
        .collect();
    if picked.lasts.with_untracked(String::is_empty) {
        let expected = around.measure.with_untracked(|measure| measure.expected);
        picked
            .lasts
            .set(lifetime::words(lifetime::usual(expected, policy)));
    }
    let lasts = Memo::new(move |_| {
        let chosen = picked.lasts.get();
        lengths
            .iter()
            .copied()
            .find(|length| lifetime::words(*length) == chosen)
    });
    let is_any = Memo::new(move |_| lasts.with(Option::is_some));
    view! {
        <Findings label="Checks of the container" findings=found on_fix=Callback::new(|_| ()) />
        <Select
            label="The SAS lasts"
            choices=Signal::stored(choices)
            value=picked.lasts
            required=true
            hint="From now on; the backup fails if it takes longer."
        />
        {view_if(is_any, move || {
            view! { <MakeSas account container=container.name.clone() lasts picked measure=around.measure /> }.into_any()
        })}
    }
}

//! Where files go: a container that is chosen or pasted, and the prefix of their names.

use arm_client::storage::BlobContainer;

use super::{
    ACCOUNT_FIELD,
    form::Form,
    prefix::{LONGEST_PREFIX, judge_prefix, source_words},
    request::{pasted, without_query},
    state::Given,
};
use crate::{
    components::storage::{AccountChoice, ContainerChoice, offer, use_containers},
    hooks::use_rested,
    prelude::*,
    region,
    ui::{
        changing::{view_if, view_of},
        icon::{Icon, IconName},
        message_bar::{MessageBar, MessageIntent},
        select::{Choice, Select},
        text_field::TextField,
        unique_id::unique_id,
    },
};

/// The fields.
#[component]
pub fn FilesTarget(form: Form) -> impl IntoView {
    let group = unique_id("given");
    let given = form.given;
    let radio = |value: Given, label: &'static str| {
        view! {
            <label class="retention-way">
                <input
                    type="radio"
                    name=group.clone()
                    prop:checked=move || given.get() == value
                    on:change=move |_| given.set(value)
                />
                {label}
            </label>
        }
    };
    let ways = view! {
        <fieldset class="restore-ways">
            <legend class="visually-hidden">"How the container is given"</legend>
            {radio(Given::Chosen, "Choose a container")} {radio(Given::Pasted, "Paste its address")}
        </fieldset>
    };
    view! {
        {ways}
        {view_of(move || match given.get() {
            Given::Chosen => chosen(form),
            Given::Pasted => view! { <Pasted form /> }.into_any(),
        })}
        <Prefix form />
    }
}

/// Subscription, account, container.
fn chosen(form: Form) -> AnyView {
    let accounts = form.known.accounts;
    let subscriptions = Signal::derive(move || {
        let labels = accounts
            .subscriptions
            .with(|scopes| offer::subscription_labels(scopes));
        labels.into_iter().map(Choice::new).collect::<Vec<_>>()
    });
    let hint = Signal::derive(move || {
        let account = form.chosen_account.get()?;
        let near = form.known.near();
        let there = region::display_name(account.location.as_deref()?).to_owned();
        near.region.as_ref()?;
        Some(if offer::is_elsewhere(&account, &near) {
            format!("{there}, another region than the vault\u{2019}s")
        } else {
            format!("{there}, same region as the vault")
        })
    });
    let id = Memo::new(move |_| {
        form.chosen_account
            .with(|account| Some(account.as_ref()?.id.clone()))
    });
    let base = Signal::derive(move || {
        let source = form.known.instance.data.with(|known| {
            let known = known.as_ref()?;
            Some(source_words(known.instance.source.as_ref()?, known.kind()?))
        });
        format!("restore-{}", source.unwrap_or_else(|| "files".to_owned()))
    });
    let container = view_of(move || match id.get() {
        Some(account) => {
            let containers = use_containers(account, form.container);
            let below = move |_: BlobContainer| ().into_any();
            view! { <ContainerChoice containers base=base.get_untracked() below /> }.into_any()
        }
        None => ().into_any(),
    });
    view! {
        <Select
            label="Subscription"
            choices=subscriptions
            value=form.subscription
            required=true
            placeholder="Choose a subscription"
        />
        <AccountChoice
            accounts
            offered=form.offered
            choice=move |account| offer::choice_near(&account, &form.known.near())
            chosen=form.account
            id=ACCOUNT_FIELD
            hint
            none="The subscription has none that you may read. Choose another subscription, or paste the address of a container."
        />
        {container}
    }
    .into_any()
}

/// The address of a container that somebody names.
#[component]
fn Pasted(form: Form) -> impl IntoView {
    let address = form.address;
    let (rested, _) = use_rested(address);
    let accounts = form.known.accounts;
    let judged = move || {
        let text = rested.get();
        let is_any = !text.trim().is_empty() && address.with(|address| !address.is_empty());
        let bare = without_query(&text).0.to_owned();
        is_any.then(|| accounts.found.with(|found| pasted(&bare, found)))
    };
    let error = Signal::derive(move || judged().and_then(Result::err));
    let success = Signal::derive(move || {
        let place = judged()?.ok()?;
        let account = place.account?;
        Some(format!(
            "The container '{}' of the storage account '{}'.",
            place.container,
            account.name()
        ))
    });
    let is_unseen = Memo::new(move |_| {
        let is_sure = !accounts.is_loading.get();
        is_sure && judged().is_some_and(|place| place.is_ok_and(|place| place.account.is_none()))
    });
    view! {
        <TextField
            label="Address of the container"
            value=address
            required=true
            hint="https://account.blob.core.windows.net/container; no SAS, since the vault writes with its own identity."
            error
            success
            node_ref=form.address_field
        />
        {view_if(form.had_query, || {
            view! {
                <MessageBar intent=MessageIntent::Warning title="The SAS was taken off.">
                    "A restore needs none. What stood after the question mark is neither kept nor sent."
                </MessageBar>
            }
            .into_any()
        })}
        {view_if(is_unseen, || {
            view! {
                <MessageBar title="You do not see this storage account.">
                    "Nothing can be checked of it here; Azure checks it when you validate. In another subscription than the vault\u{2019}s, choose the container instead: Azure wants its resource id then."
                </MessageBar>
            }
            .into_any()
        })}
    }
}

/// What the names of the files begin with.
#[component]
fn Prefix(form: Form) -> impl IntoView {
    let (rested, _) = use_rested(form.prefix);
    let error = Signal::derive(move || rested.with(|text| judge_prefix(text).err()));
    view! {
        <TextField
            label="File prefix"
            value=form.prefix
            required=true
            hint="Put in front of every file name. Unique unless you change it."
            error
            max_length=LONGEST_PREFIX
            node_ref=form.prefix_field
        />
        <p class="restore-kept">
            <Icon name=IconName::LockClosed size=16 />
            "Existing files are never overwritten: the restore fails instead."
        </p>
    }
}

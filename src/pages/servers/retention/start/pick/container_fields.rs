//! The containers of an account: one is chosen or created, and a SAS is made for it.

use arm_client::storage::{BlobContainer, StorageAccount};
use wasm_bindgen::JsCast as _;

use super::{Picked, lifetime, make::MakeSas, new_container::NewContainer, offer};
use crate::{
    components::{Findings, Refusal},
    findings,
    hooks::{Reading, use_reading, use_rested},
    pages::servers::retention::start::container::Surroundings,
    prelude::*,
    problem::Problem,
    services::use_arm,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{view_if, view_of},
        focus::focus,
        icon::IconName,
        progress::Spinner,
        select::{Choice, Select},
        unique_id::unique_id,
    },
};

/// Reads the containers of this account and offers them.
#[component]
pub fn ContainerFields(account: StorageAccount, picked: Picked, around: Surroundings) -> impl IntoView {
    let (arm, id) = (use_arm(), account.id.clone());
    let reading = use_reading(move || {
        let (accounts, id) = (arm.storage_accounts(), id.clone());
        async move { accounts.containers(&id).await }
    });
    let offered = Memo::new(move |_| {
        reading
            .data
            .with(|found| found.as_deref().map(offer::containers).unwrap_or_default())
    });
    let container = Memo::new(move |_| {
        let named = picked.container.get();
        offered.with(|offered| offered.iter().find(|one| one.name == named).cloned())
    });
    let is_creating = RwSignal::new(false);
    // The only one is the one that is meant; where there is none, one is to be created.
    Effect::new(move |_| {
        if reading.data.with(Option::is_none) {
            return;
        }
        offered.with(|offered| match offered.as_slice() {
            [] => is_creating.set(true),
            [only] if picked.container.with_untracked(String::is_empty) => {
                picked.container.set(only.name.clone())
            }
            _ => (),
        });
    });
    let is_read = Memo::new(move |_| reading.data.with(Option::is_some));
    let account = StoredValue::new(account);
    view_of(move || {
        if !is_read.get() {
            return not_read(reading);
        }
        view! {
            {choice(account, picked, around, reading, offered, container, is_creating)}
            {view_of(move || match container.get() {
                Some(container) => view! { <ForContainer account container picked around /> }.into_any(),
                None => ().into_any(),
            })}
        }
        .into_any()
    })
}

/// While the containers are not known, or cannot be.
fn not_read(reading: Reading<Vec<BlobContainer>>) -> AnyView {
    view_of(move || {
        let problem = reading.problem.with(|error| error.as_ref().map(Problem::in_full));
        match problem {
            Some(problem) => view! {
                <Refusal title="The containers could not be read" problem />
                <p><Button small=true busy=reading.is_loading on_click=reading.again>"Read again"</Button></p>
            }
            .into_any(),
            None => {
                view! { <p class="status"><Spinner size=16 /> "The containers of the account are read."</p> }
                    .into_any()
            }
        }
    })
}

/// The list and the way to a new one.
fn choice(
    account: StoredValue<StorageAccount>,
    picked: Picked,
    around: Surroundings,
    reading: Reading<Vec<BlobContainer>>,
    offered: Memo<Vec<BlobContainer>>,
    container: Memo<Option<BlobContainer>>,
    is_creating: RwSignal<bool>,
) -> AnyView {
    let field = StoredValue::new(unique_id("container"));
    let choices = Signal::derive(move || {
        offered.with(|offered| {
            offered
                .iter()
                .map(|one| Choice::new(&one.name))
                .collect::<Vec<_>>()
        })
    });
    let (rested, _) = use_rested(picked.container);
    let error = Signal::derive(move || {
        let is_none = rested.with(|name| !name.is_empty() && picked.container.with(|now| now == name))
            && container.with(Option::is_none);
        is_none.then(|| "The account has no container of this name.".to_owned())
    });
    let is_any = Memo::new(move |_| offered.with(|offered| !offered.is_empty()));
    // Once the list is there with what was created: the button that had the focus is gone.
    let on_created = Callback::new(move |made: BlobContainer| {
        is_creating.set(false);
        picked.container.set(made.name.clone());
        reading.data.update(|known| {
            let known = known.get_or_insert_default();
            known.retain(|other| other.name != made.name);
            known.push(made);
        });
        focus_soon(field.get_value());
    });
    let on_cancel = Callback::new(move |()| {
        is_creating.set(false);
        focus_soon(field.get_value());
    });
    let new = move || {
        let may_cancel = is_any.get_untracked();
        let server = around.server.with_untracked(|server| server.id.name().to_owned());
        view! {
            <NewContainer
                account=account.with_value(|account| account.id.clone())
                server
                taken=offered
                on_created
                on_cancel=may_cancel.then_some(on_cancel)
            />
        }
        .into_any()
    };
    let list = move || {
        view! {
            <Select
                label="Container"
                choices
                value=picked.container
                required=true
                placeholder="Choose a container"
                error
                id=field.get_value()
            />
            <p class="retention-new">
                <Button
                    small=true
                    appearance=ButtonAppearance::Subtle
                    icon=IconName::Add
                    on_click=Callback::new(move |()| is_creating.set(true))
                >
                    "New container"
                </Button>
            </p>
        }
        .into_any()
    };
    view_of(move || if is_creating.get() { new() } else { list() })
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

/// Puts the focus on the list once it is there.
fn focus_soon(id: String) {
    request_animation_frame(move || {
        let field = document().get_element_by_id(&id);
        if let Some(field) = field.and_then(|field| field.dyn_into().ok()) {
            focus(&field);
        }
    });
}

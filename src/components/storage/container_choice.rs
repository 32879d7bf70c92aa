//! The choice of a container of an account, or a new one.

use arm_client::storage::BlobContainer;
use arm_core::ResourceId;
use wasm_bindgen::JsCast as _;

use super::{new_container::NewContainer, offer};
use crate::{
    components::Refusal,
    hooks::{Reading, use_reading, use_rested},
    prelude::*,
    problem::Problem,
    rights::Act,
    services::use_arm,
    ui::{
        button::{Button, ButtonAppearance},
        changing::view_of,
        focus::focus,
        icon::IconName,
        progress::Spinner,
        select::{Choice, Select},
        unique_id::unique_id,
    },
};

/// The containers of an account, and which of them is chosen.
#[derive(Clone, Copy)]
pub struct Containers {
    /// The one that is chosen, once it is known.
    pub container: Memo<Option<BlobContainer>>,
    account: StoredValue<ResourceId>,
    chosen: RwSignal<String>,
    reading: Reading<Vec<BlobContainer>>,
    offered: Memo<Vec<BlobContainer>>,
    is_creating: RwSignal<bool>,
}

/// Reads the containers of an account; `chosen` is the name of the one that is chosen.
pub fn use_containers(account: ResourceId, chosen: RwSignal<String>) -> Containers {
    let (arm, id) = (use_arm(), account.clone());
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
        let named = chosen.get();
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
            [only] if chosen.with_untracked(String::is_empty) => chosen.set(only.name.clone()),
            _ => (),
        });
    });
    Containers {
        container,
        account: StoredValue::new(account),
        chosen,
        reading,
        offered,
        is_creating,
    }
}

/// The list with the way to a new one, or why it is not there; what `below` shows comes with the list.
#[component]
pub fn ContainerChoice(
    /// The containers.
    containers: Containers,
    /// What the name of a new one is made of.
    base: String,
    /// What is shown of the container that is chosen.
    #[prop(into)]
    below: Callback<BlobContainer, AnyView>,
) -> impl IntoView {
    let Containers {
        container, reading, ..
    } = containers;
    let is_read = Memo::new(move |_| reading.data.with(Option::is_some));
    view_of(move || {
        if !is_read.get() {
            return not_read(reading);
        }
        view! {
            {choice(containers, base.clone())}
            {view_of(move || match container.get() {
                Some(container) => below.run(container),
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
fn choice(containers: Containers, base: String) -> AnyView {
    let Containers {
        container,
        account,
        chosen,
        reading,
        offered,
        is_creating,
    } = containers;
    let field = StoredValue::new(unique_id("container"));
    let choices = Signal::derive(move || {
        offered.with(|offered| {
            offered
                .iter()
                .map(|one| Choice::new(&one.name))
                .collect::<Vec<_>>()
        })
    });
    let (rested, _) = use_rested(chosen);
    let error = Signal::derive(move || {
        let is_none = rested.with(|name| !name.is_empty() && chosen.with(|now| now == name))
            && container.with(Option::is_none);
        is_none.then(|| "The account has no container of this name.".to_owned())
    });
    let is_any = Memo::new(move |_| offered.with(|offered| !offered.is_empty()));
    // Once the list is there with what was created: the button that had the focus is gone.
    let on_created = Callback::new(move |made: BlobContainer| {
        is_creating.set(false);
        chosen.set(made.name.clone());
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
        view! {
            <NewContainer
                account=account.get_value()
                base=base.clone()
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
                value=chosen
                required=true
                placeholder="Choose a container"
                error
                id=field.get_value()
            />
            <p class="retention-new">
                <Button
                    act=Act::CreateContainer
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

/// Puts the focus on the list once it is there.
fn focus_soon(id: String) {
    request_animation_frame(move || {
        let field = document().get_element_by_id(&id);
        if let Some(field) = field.and_then(|field| field.dyn_into().ok()) {
            focus(&field);
        }
    });
}

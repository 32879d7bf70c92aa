//! One container that the backup goes into: a SAS URI that is pasted, or a container for which one is made here.

use super::{
    pasted::Pasted,
    pick::{Picked, pick_container},
    sas::{Given, Measure},
};
use crate::{
    components::{
        LazyView,
        storage::{Accounts, offer::Near},
    },
    prelude::*,
    ui::{changing::view_of, unique_id::unique_id},
};

/// Where the SAS comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Somebody else made it.
    Paste,
    /// It is made here, of a container that is chosen.
    Pick,
}

/// What is given for one container; it stays while the other way is looked at.
#[derive(Clone, Copy)]
pub struct Container {
    way: RwSignal<Way>,
    pasted: RwSignal<String>,
    picked: Picked,
}

impl Container {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            way: RwSignal::new(Way::Paste),
            pasted: RwSignal::new(String::new()),
            picked: Picked::new(),
        }
    }

    /// What is given in the way that is chosen.
    pub fn given(self) -> Given {
        match self.way.get() {
            Way::Paste => Given::Pasted(self.pasted.get()),
            Way::Pick => Given::Made(self.picked.made.get().map(|made| made.uri)),
        }
    }

    /// Whether leaving would lose something.
    pub fn is_touched(self) -> bool {
        self.pasted.with_untracked(|text| !text.is_empty())
            || self.picked.made.with_untracked(Option::is_some)
    }

    /// Forgets the SAS, whichever way it came.
    pub fn forget(self) {
        self.pasted.set(String::new());
        self.picked.made.set(None);
    }
}

/// What the containers of a pane have in common.
#[derive(Clone, Copy)]
pub struct Surroundings {
    /// What a SAS is held against.
    pub measure: Signal<Measure>,
    /// The server.
    pub server: Signal<Near>,
    /// The storage accounts, once one of the containers is picked.
    pub accounts: StoredValue<Option<Accounts>>,
    /// What they live as long as.
    pub owner: StoredValue<Option<Owner>>,
}

/// The choice of the way, and the fields of that way.
#[component]
pub fn ContainerFields(
    /// Which container, from 1 on.
    number: usize,
    /// What is given.
    container: Container,
    /// What it has in common with the others.
    around: Surroundings,
) -> impl IntoView {
    let group = unique_id("way");
    let way = container.way;
    let radio = |value: Way, label: &'static str| {
        view! {
            <label class="retention-way">
                <input
                    type="radio"
                    name=group.clone()
                    prop:checked=move || way.get() == value
                    on:change=move |_| way.set(value)
                />
                {label}
            </label>
        }
    };
    let fields = view_of(move || match way.get() {
        Way::Paste => view! { <Pasted number value=container.pasted measure=around.measure /> }.into_any(),
        Way::Pick => {
            let picked = container.picked;
            let load = Box::new(move || Box::pin(pick_container(picked, around)) as _);
            view! { <LazyView load rows=0 /> }.into_any()
        }
    });
    view! {
        <fieldset class="retention-container">
            <legend class="field-label">{format!("Container {number}")}</legend>
            <div class="retention-ways">
                {radio(Way::Paste, "Paste a SAS URI")} {radio(Way::Pick, "Pick a container")}
            </div>
            {fields}
        </fieldset>
    }
}

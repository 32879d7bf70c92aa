//! Where a new vault is to be: subscription and resource group.

use arm_client::{ArmError, ResourceGroup, Subscription};

use crate::{
    prelude::*,
    problem::Problem,
    services::use_services,
    ui::select::{Choice, Select},
};

/// The resource groups of a subscription, once they have been read or could not be.
pub type Groups = RwSignal<Option<Result<Vec<ResourceGroup>, Problem>>>;

/// The resource groups of the subscription that is chosen, read whenever another one is.
pub fn groups_of(subscription: Memo<Option<String>>) -> Groups {
    let arm = StoredValue::new_local(use_services().arm.clone());
    let groups: Groups = RwSignal::new(None);
    Effect::new(move |_| {
        groups.set(None);
        let Some(id) = subscription.get() else { return };
        let subscriptions = arm.get_value().subscriptions();
        spawn_local(async move {
            let read = subscriptions.resource_groups(&id).await;
            let is_chosen = subscription.try_get_untracked().flatten() == Some(id);
            if is_chosen {
                groups.try_set(Some(read.map_err(|error| Problem::in_full(&error))));
            }
        });
    });
    groups
}

/// What there is to choose from.
pub fn subscription_choices(known: RwSignal<Option<Vec<Subscription>>>) -> Vec<Choice> {
    known.with(|known| {
        let known = known.as_deref().unwrap_or_default();
        known
            .iter()
            .map(|subscription| Choice::new(label(known, subscription)))
            .collect()
    })
}

/// The name, and the id with it where another one has the same.
fn label(all: &[Subscription], own: &Subscription) -> String {
    let name = own.shown_name();
    let is_shared = all.iter().filter(|other| other.shown_name() == name).count() > 1;
    if is_shared {
        format!("{name} ({})", own.subscription_id)
    } else {
        name.to_owned()
    }
}

/// The id of the subscription with this label.
pub fn id_of(all: &[Subscription], chosen: &str) -> Option<String> {
    let found = all.iter().find(|known| label(all, known) == chosen)?;
    Some(found.subscription_id.clone())
}

/// That something could not be read, and why.
pub fn unread(problem: RwSignal<Option<ArmError>>, what: &str) -> Option<String> {
    problem.with(|error| {
        let problem = Problem::in_full(error.as_ref()?);
        Some(format!("The {what} could not be read. {}", problem.reason))
    })
}

/// The field for the resource group.
pub fn group_field(value: RwSignal<String>, groups: Groups) -> AnyView {
    let choices = Signal::derive(move || {
        groups.with(|groups| {
            let known = groups.as_ref().and_then(|groups| groups.as_ref().ok());
            let known = known.map(Vec::as_slice).unwrap_or_default();
            known
                .iter()
                .map(|group| Choice::new(group.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let error = Signal::derive(move || {
        groups.with(|groups| match groups {
            Some(Err(problem)) => Some(format!(
                "The resource groups could not be read. {}",
                problem.reason
            )),
            Some(Ok(known)) => {
                let chosen = value.get();
                let is_unknown = !chosen.is_empty() && known.iter().all(|group| group.name != chosen);
                is_unknown.then(|| "The subscription has no such resource group.".to_owned())
            }
            None => None,
        })
    });
    view! {
        <Select
            label="Resource group"
            choices
            value
            required=true
            placeholder="Choose a resource group"
            error
        />
    }
    .into_any()
}

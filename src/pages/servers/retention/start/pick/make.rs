//! Making the SAS of a container through the resource manager.

use std::time::Duration;

use arm_client::storage::{ServiceSasRequest, StorageAccount};

use super::{Made, Picked};
use crate::{
    components::{Findings, Refusal},
    findings::Finding,
    hooks::use_rights_beside,
    pages::servers::retention::start::sas::{self, Measure},
    prelude::*,
    problem::Problem,
    rights::Act,
    services::use_services,
    text,
    ui::{
        button::Button,
        changing::{text_of, view_of},
        icon::{Icon, IconName},
    },
};

/// The button that makes it, and what came of it. The SAS itself is never shown.
#[component]
pub fn MakeSas(
    account: StoredValue<StorageAccount>,
    /// The container's name.
    container: String,
    /// For how long it is to last.
    lasts: Memo<Option<Duration>>,
    picked: Picked,
    measure: Signal<Measure>,
) -> impl IntoView {
    let services = use_services();
    let (arm, clock) = (services.arm.clone(), services.page_clock.clone());
    let (is_making, problem) = (RwSignal::new(false), RwSignal::new(None::<Problem>));
    let rights = use_rights_beside(&[Act::CreateSas], move || {
        Some(account.with_value(|account| account.id.clone()))
    });
    let disabled_reason = rights.reason_or(Act::CreateSas, None::<String>);
    let owner = Owner::current();
    let work = StoredValue::new_local(move || {
        let (Ok(container), Some(lasts)) = (container.parse(), lasts.get_untracked()) else {
            return;
        };
        if is_making.get_untracked() {
            return;
        }
        is_making.set(true);
        problem.set(None);
        picked.made.set(None);
        let request = ServiceSasRequest {
            container,
            // A clock that is ahead of Azure's would put off a start that is named.
            start: None,
            expiry: clock.now() + lasts,
        };
        let (accounts, asked_for) = (arm.storage_accounts(), untrack(|| picked.chosen()));
        let task = move || {
            spawn_local_scoped_with_cancellation(async move {
                let account = account.get_value();
                let answer = accounts.list_service_sas(&account, &request).await;
                is_making.set(false);
                match answer {
                    Ok(uri) if untrack(|| picked.chosen()) == asked_for => picked.made.set(Some(Made {
                        uri,
                        expiry: request.expiry,
                    })),
                    // Something else was chosen meanwhile.
                    Ok(_) => (),
                    Err(error) => problem.set(Some(Problem::in_full(&error))),
                }
            });
        };
        match &owner {
            Some(owner) => owner.with(task),
            None => task(),
        }
    });
    let make = Callback::new(move |()| work.with_value(|work| work()));
    // What stood in the way of another one says nothing of this one.
    Effect::watch(move || lasts.get(), move |_, _, _| problem.set(None), false);
    let found = Memo::new(move |_| {
        picked.made.with(|made| {
            let made = made.as_ref();
            made.map(|made| sas::found_in(&made.uri, measure.get()))
                .unwrap_or_default()
        })
    });
    let made = move || {
        view_of(move || match picked.made.with(|made| made.as_ref().map(said)) {
            Some(said) => {
                view! { <p class="field-success"><Icon name=IconName::Checkmark size=16 />{said}</p> }
                    .into_any()
            }
            None => ().into_any(),
        })
    };
    let refusal = move || {
        view_of(move || match problem.get() {
            Some(problem) => view! {
                <Refusal title="No SAS was created" problem />
                <p class="caption">"Somebody who may can create one; paste it instead."</p>
            }
            .into_any(),
            None => ().into_any(),
        })
    };
    let label = move || {
        let is_made = picked.made.with(Option::is_some);
        (if is_made {
            "Create another SAS"
        } else {
            "Create SAS"
        })
        .to_owned()
    };
    view! {
        <p><Button act=Act::CreateSas disabled_reason busy=is_making on_click=make>{text_of(label)}</Button></p>
        <div role="status">{made()}</div>
        {refusal()}
        {findings_of(found)}
    }
}

fn findings_of(found: Memo<Vec<Finding>>) -> AnyView {
    view! { <Findings label="Checks of the SAS" findings=found on_fix=Callback::new(|_| ()) /> }.into_any()
}

fn said(made: &Made) -> String {
    format!(
        "The backup goes to {}. The SAS allows it to read, write, delete and list until {}.",
        made.uri.place(),
        text::sentence_moment(made.expiry)
    )
}

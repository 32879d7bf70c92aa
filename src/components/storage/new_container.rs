//! A container that is created here.

use arm_client::storage::BlobContainer;
use arm_core::ResourceId;
use leptos::{ev::KeyboardEvent, html};

use super::offer;
use crate::{
    components::Refusal,
    hooks::{use_rested, use_rights_beside},
    prelude::*,
    problem::Problem,
    rights::Act,
    services::use_arm,
    ui::{button::Button, changing::view_of, focus::focus, text_field::TextField},
};

/// A name, judged while it is typed, and the button that creates the container.
#[component]
pub fn NewContainer(
    /// Where.
    account: ResourceId,
    /// What the name that is suggested is made of.
    base: String,
    /// The containers of the account.
    taken: Memo<Vec<BlobContainer>>,
    /// Called with what was created.
    on_created: Callback<BlobContainer>,
    /// Goes back to the list, where there is one.
    on_cancel: Option<Callback<()>>,
) -> impl IntoView {
    let arm = StoredValue::new_local(use_arm());
    let name = RwSignal::new(taken.with_untracked(|taken| offer::suggested_name(&base, taken)));
    let judge = move |text: &str| taken.with(|taken| offer::judge_name(text, taken));
    let (rested, judge_now) = use_rested(name);
    let error = Signal::derive(move || rested.with(|text| judge(text).err()));
    let reason_not_to = Signal::derive(move || name.with(|text| judge(text).err()));
    let (is_creating, problem) = (RwSignal::new(false), RwSignal::new(None::<Problem>));
    let field = NodeRef::<html::Input>::new();
    let account = StoredValue::new(account);
    let owner = StoredValue::new(Owner::current());
    let rights = use_rights_beside(&[Act::CreateContainer], move || Some(account.get_value()));
    let reason_not_to = rights.reason_or(Act::CreateContainer, reason_not_to);
    let create = Callback::new(move |()| {
        judge_now.run(());
        let Ok(name) = untrack(|| name.with(|text| judge(text))) else {
            return;
        };
        if is_creating.get_untracked() || rights.bars(Act::CreateContainer) {
            return;
        }
        is_creating.set(true);
        problem.set(None);
        let accounts = arm.with_value(arm_client::ArmClient::storage_accounts);
        let task = move || {
            spawn_local_scoped_with_cancellation(async move {
                let created = accounts.create_container(&account.get_value(), &name).await;
                is_creating.set(false);
                match created {
                    Ok(created) => on_created.run(created),
                    Err(error) => problem.set(Some(Problem::in_full(&error))),
                }
            });
        };
        match owner.get_value() {
            Some(owner) => owner.with(task),
            None => task(),
        }
    });
    // In a form Enter begins what the form is for; here it creates the container.
    let on_keydown = move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.stop_propagation();
            create.run(());
        }
    };
    Effect::new(move |_| {
        if let Some(field) = field.get().filter(|_| on_cancel.is_some()) {
            focus(&field);
        }
    });
    let refusal = view_of(move || match problem.get() {
        Some(problem) => view! { <Refusal title="The container was not created" problem /> }.into_any(),
        None => ().into_any(),
    });
    let cancel = on_cancel.map(|on_click| view! { <Button small=true on_click>"Back to the list"</Button> });
    view! {
        <div on:keydown=on_keydown>
            <TextField
                label="Name of the new container"
                value=name
                required=true
                hint="Lower-case letters and digits, with single hyphens between them."
                error
                max_length=arm_client::storage::ContainerName::MAX_LENGTH
                node_ref=field
            />
        </div>
        {refusal}
        <p class="retention-buttons">
            <Button act=Act::CreateContainer small=true busy=is_creating disabled_reason=reason_not_to on_click=create>"Create container"</Button>
            {cancel}
        </p>
    }
}

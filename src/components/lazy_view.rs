//! A view that comes as a file of its own.

use leptos::{prelude::*, task::spawn_local_scoped_with_cancellation};

use crate::{
    lazy::NotLoaded,
    ui::{
        button::Button,
        empty_state::{EmptyReason, EmptyState},
        icon::IconName,
        skeleton::Skeleton,
    },
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Loading {
    Waiting,
    Failed,
    Done,
}

/// Fetches the view and shows it; until then its shape, and in its place why it is not there.
#[component]
pub fn LazyView<F>(
    /// Fetches it.
    load: fn() -> F,
    /// What stands around the shape and the failure, where the view itself brings more than its content.
    #[prop(optional)]
    around: Option<fn(AnyView) -> AnyView>,
) -> impl IntoView
where
    F: Future<Output = Result<AnyView, NotLoaded>> + 'static,
{
    let state = RwSignal::new(Loading::Waiting);
    let view = StoredValue::new_local(None::<AnyView>);
    // The view is made inside the task, and what it provides and finds is this component's.
    let owner = Owner::current();
    let again = move || {
        state.set(Loading::Waiting);
        let task = move || {
            spawn_local_scoped_with_cancellation(async move {
                match load().await {
                    Ok(loaded) => {
                        view.set_value(Some(loaded));
                        state.set(Loading::Done);
                    }
                    Err(NotLoaded) => state.set(Loading::Failed),
                }
            });
        };
        match &owner {
            Some(owner) => owner.with(task),
            None => task(),
        }
    };
    again();
    let again = Callback::new(move |()| again());
    let around = move |view: AnyView| match around {
        Some(around) => around(view),
        None => view,
    };
    move || match state.get() {
        Loading::Done => view.try_update_value(Option::take).flatten().into_any(),
        Loading::Waiting => {
            around(view! { <p class="visually-hidden" role="status">"Loading."</p> <Skeleton /> }.into_any())
        }
        Loading::Failed => around(view! { <Failed again /> }.into_any()),
    }
}

#[component]
fn Failed(again: Callback<()>) -> impl IntoView {
    view! {
        <div role="alert">
            <EmptyState
                icon=IconName::DismissCircle
                reason=EmptyReason::Failed
                title="This part of the portal could not be loaded"
                actions=move || view! { <Button on_click=again>"Try again"</Button> }
            >
                "Check the connection, then try again."
            </EmptyState>
        </div>
    }
}

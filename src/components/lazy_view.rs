//! A view that comes as a file of its own.

use arm_core::LocalFuture;

use super::new_release::PART_NOT_LOADED;
use crate::{
    lazy::NotLoaded,
    prelude::*,
    ui::{
        button::Button,
        changing::view_of,
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
pub fn LazyView(
    /// Fetches it.
    load: Box<dyn Fn() -> LocalFuture<'static, Result<AnyView, NotLoaded>>>,
    /// What stands around the shape and the failure, where the view itself brings more than its content.
    #[prop(optional)]
    around: Option<Box<dyn Fn(AnyView) -> AnyView + Send>>,
    /// How many rows the shape has; without any, nothing is shown until the view or a failure is there.
    #[prop(default = 8)]
    rows: usize,
) -> impl IntoView {
    let state = RwSignal::new(Loading::Waiting);
    let view = StoredValue::new_local(None::<AnyView>);
    // The view is made inside the task, and what it provides and finds is this component's.
    let owner = Owner::current();
    let again = move || {
        state.set(Loading::Waiting);
        let loading = load();
        let task = move || {
            spawn_local_scoped_with_cancellation(async move {
                match loading.await {
                    Ok(loaded) => {
                        view.set_value(Some(loaded));
                        state.set(Loading::Done);
                    }
                    Err(NotLoaded) => {
                        state.set(Loading::Failed);
                        say_not_loaded();
                    }
                }
            });
        };
        match &owner {
            Some(owner) => owner.with(task),
            None => task(),
        }
    };
    again();
    let again = StoredValue::new_local(again);
    let again = Callback::new(move |()| again.with_value(|again| again()));
    let around = move |view: AnyView| match &around {
        Some(around) => around(view),
        None => view,
    };
    view_of(move || match state.get() {
        Loading::Done => view
            .try_update_value(Option::take)
            .flatten()
            .unwrap_or_else(|| ().into_any()),
        Loading::Waiting if rows == 0 => ().into_any(),
        Loading::Waiting => around(
            view! {
                <p class="visually-hidden reading">"Loading."</p>
                <Skeleton rows />
            }
            .into_any(),
        ),
        Loading::Failed => around(view! { <Failed again /> }.into_any()),
    })
}

/// Whoever follows releases looks whether there is another one.
fn say_not_loaded() {
    if let Ok(event) = web_sys::Event::new(PART_NOT_LOADED) {
        // Only a listener could stop it, and none does.
        window().dispatch_event(&event).ok();
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
                "Check the connection, then try again. If that does not help, reload the page: there may be a new version."
            </EmptyState>
        </div>
    }
}

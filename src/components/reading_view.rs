//! A reading as a view: loading, failed without data, failed with older data, and the data.

use arm_client::ArmError;
use leptos::prelude::*;

use crate::{
    components::{
        LazyView,
        problem_parts::{NoAccess, ProblemDetails},
    },
    hooks::{Reading, use_now},
    lazy::lazy,
    problem::{Problem, ProblemKind},
    text,
    ui::{
        button::Button,
        changing::view_of,
        empty_state::{EmptyReason, EmptyState},
        icon::IconName,
        message_bar::{MessageBar, MessageIntent},
        skeleton::Skeleton,
    },
};

/// Shows what is known, and says what is not.
#[component]
pub fn ReadingView<T>(
    /// The reading.
    reading: Reading<T>,
    /// What it is of, for *The … could not be read*: `list of backups`.
    what: &'static str,
    /// The view of the data; it is made once and follows the signal.
    #[prop(into)]
    view: Callback<Signal<T>, AnyView>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let has_data = Memo::new(move |_| reading.data.with(Option::is_some));
    let problem = Signal::derive(move || reading.problem.with(|error| error.as_ref().map(Problem::from)));
    // That the sign-in has ended is not said again.
    let why_old = move || {
        problem
            .get()
            .filter(|problem| problem.kind != ProblemKind::SignIn)
    };
    view_of(move || {
        if has_data.get() {
            let value = Signal::derive(move || reading.data.get().expect("data that was there stays"));
            let old = view_of(move || match why_old() {
                Some(problem) => view! { <OldDataBar problem what reading /> }.into_any(),
                None => ().into_any(),
            });
            return view! {
                {old}
                {view.run(value)}
            }
            .into_any();
        }
        match problem.get() {
            Some(problem) => view! { <NoData problem what reading /> }.into_any(),
            None => view! {
                <p class="visually-hidden">{format!("Reading the {what}.")}</p>
                <Skeleton />
            }
            .into_any(),
        }
    })
}

/// When the data was read: *read at 09:41:22 UTC*.
#[component]
pub fn ReadAt<T: Send + Sync + 'static>(reading: Reading<T>) -> impl IntoView {
    let now = use_now();
    view_of(move || match reading.read_at.get() {
        Some(at) => {
            let title = Memo::new(move |_| text::relative(at, now.get()));
            view! { <span title=title>{format!("read at {} UTC", text::time_of_day(at))}</span> }.into_any()
        }
        None => ().into_any(),
    })
}

#[component]
fn OldDataBar<T: Send + Sync + 'static>(
    problem: Problem,
    what: &'static str,
    reading: Reading<T>,
) -> impl IntoView {
    let again = reading.again;
    let read_at = reading.read_at.get_untracked().map(text::time_of_day);
    let below = read_at.map(|at| format!(" Below is the {what} as read at {at}\u{a0}UTC. "));
    view! {
        <MessageBar
            intent=MessageIntent::Error
            title=format!("The {what} could not be read again.")
            actions=move || view! { <Button small=true on_click=again>"Try now"</Button> }
        >
            {problem.reason.clone()} " " {problem.advice.clone()} {below} {details_of(problem, reading.problem)}
        </MessageBar>
    }
}

#[component]
fn NoData<T: Send + Sync + 'static>(
    problem: Problem,
    what: &'static str,
    reading: Reading<T>,
) -> impl IntoView {
    let again = reading.again;
    let (title, icon, reason) = match problem.kind {
        ProblemKind::NoAccess => return in_full(reading.problem, Some((what, again)), String::new()),
        ProblemKind::NotFound => (
            "It is not there".to_owned(),
            IconName::Search,
            EmptyReason::Nothing,
        ),
        _ => (
            format!("The {what} could not be read"),
            IconName::DismissCircle,
            EmptyReason::Failed,
        ),
    };
    // That the sign-in has ended is said by the page, once, with the way on.
    let must_sign_in = problem.kind == ProblemKind::SignIn;
    let advice = problem.advice.clone().unwrap_or_default();
    let words = if must_sign_in {
        advice
    } else {
        format!("{} {advice}", problem.reason)
    };
    view! {
        <EmptyState
            icon
            reason
            title
            actions=move || (!must_sign_in).then(|| view! { <Button on_click=again>"Try again"</Button> })
            note=move || details_of(problem, reading.problem)
        >
            {words}
        </EmptyState>
    }
    .into_any()
}

lazy! {
    problems: fn problem_in_full(error: RwSignal<Option<ArmError>>, instead: Option<(&'static str, Callback<()>)>) -> AnyView {
        match (error.with_untracked(|error| error.as_ref().map(Problem::in_full)), instead) {
            (Some(problem), Some((what, again))) => view! { <NoAccess problem what again /> }.into_any(),
            (Some(problem), None) => view! { <ProblemDetails problem /> }.into_any(),
            (None, _) => ().into_any(),
        }
    }
}

/// What to give to support, behind the words; nothing where there is nothing to give.
fn details_of(problem: Problem, error: RwSignal<Option<ArmError>>) -> AnyView {
    let ids = [problem.code, problem.request_id];
    let ids = ids.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if ids.is_empty() {
        return ().into_any();
    }
    in_full(error, None, ids)
}

/// All that Azure says about an error. It has answered, so the network is there to fetch this; should it not come, the
/// ids stand in its place as they are, and where it is the whole view that it could not be fetched.
fn in_full(
    error: RwSignal<Option<ArmError>>,
    instead: Option<(&'static str, Callback<()>)>,
    ids: String,
) -> AnyView {
    let load = Box::new(move || Box::pin(problem_in_full(error, instead)) as _);
    let around = Box::new(move |failed| {
        if instead.is_some() {
            failed
        } else {
            ids.clone().into_any()
        }
    });
    view! { <LazyView load around rows=0 /> }.into_any()
}

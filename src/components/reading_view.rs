//! A reading as a view: loading, failed without data, failed with older data, and the data.

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
                Some(problem) => view! { <OldDataBar problem what again=reading.again /> }.into_any(),
                None => ().into_any(),
            });
            return view! {
                {old}
                {view.run(value)}
            }
            .into_any();
        }
        match problem.get() {
            Some(problem) => view! { <NoData problem what again=reading.again /> }.into_any(),
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
fn OldDataBar(problem: Problem, what: &'static str, again: Callback<()>) -> impl IntoView {
    view! {
        <MessageBar
            intent=MessageIntent::Error
            title=format!("The {what} could not be read again.")
            actions=move || view! { <Button small=true on_click=again>"Try now"</Button> }
        >
            {problem.reason.clone()} " " {problem.advice.clone()} " " {details_of(problem)}
        </MessageBar>
    }
}

#[component]
fn NoData(problem: Problem, what: &'static str, again: Callback<()>) -> impl IntoView {
    if problem.missing.is_some() {
        let load = Box::new(move || Box::pin(no_access(problem.clone(), what, again)) as _);
        return view! { <LazyView load rows=0 /> }.into_any();
    }
    let (title, icon, reason) = match problem.kind {
        ProblemKind::NoAccess => (
            format!("You may not read the {what}"),
            IconName::LockClosed,
            EmptyReason::NoAccess,
        ),
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
            note=move || details_of(problem)
        >
            {words}
        </EmptyState>
    }
    .into_any()
}

// Azure has answered where there is something to give to support, so the network is there to fetch these.
lazy! {
    problems: fn details(problem: Problem) -> AnyView {
        view! { <ProblemDetails problem /> }.into_any()
    }
}

lazy! {
    problems: fn no_access(problem: Problem, what: &'static str, again: Callback<()>) -> AnyView {
        view! { <NoAccess problem what again /> }.into_any()
    }
}

/// What to give to support.
fn details_of(problem: Problem) -> AnyView {
    if problem.code.is_none() && problem.request_id.is_none() {
        return ().into_any();
    }
    let ids = format!(
        "{} {}",
        problem.code.as_deref().unwrap_or_default(),
        problem.request_id.as_deref().unwrap_or_default()
    );
    let load = Box::new(move || Box::pin(details(problem.clone())) as _);
    // Where the part does not come the ids stand there as they are.
    let around = Box::new(move |_| ids.clone().into_any());
    view! { <LazyView load around rows=0 /> }.into_any()
}

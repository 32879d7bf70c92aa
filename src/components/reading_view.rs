//! A reading as a view: loading, failed without data, failed with older data, and the data.

use arm_client::ArmError;
use arm_core::Timestamp;
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
    let (error, again) = (reading.problem, reading.again);
    let place = move |read_at| Place {
        error,
        what,
        again,
        read_at,
    };
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
                Some(problem) => problem_at(place(reading.read_at.get_untracked()), problem),
                None => ().into_any(),
            });
            return view! {
                {old}
                {view.run(value)}
            }
            .into_any();
        }
        match problem.get() {
            Some(problem) => problem_at(place(None), problem),
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

/// What stands around a problem.
#[derive(Clone, Copy)]
struct Place {
    error: RwSignal<Option<ArmError>>,
    what: &'static str,
    again: Callback<()>,
    /// When the data below was read; without data the problem stands in its place.
    read_at: Option<Timestamp>,
}

/// What is wrong. Azure's own words come as a part of their own: it has answered, so the network is there to fetch them;
/// should they not come, what is known without them stands there.
fn problem_at(place: Place, problem: Problem) -> AnyView {
    let has_answered = place.error.with_untracked(|error| {
        error
            .as_ref()
            .is_some_and(|error| error.service_error().is_some())
    });
    if !has_answered {
        return words(place, problem, None);
    }
    let load = Box::new(move || Box::pin(problem_in_full(place)) as _);
    let around = Box::new(move |_| words(place, problem.clone(), None));
    view! { <LazyView load around rows=0 /> }.into_any()
}

lazy! {
    problems: fn problem_in_full(place: Place) -> AnyView {
        place.error.with_untracked(|error| error.as_ref().map(|error| in_full(place, error))).into_any()
    }
}

fn in_full(place: Place, error: &ArmError) -> AnyView {
    let problem = Problem::in_full(error);
    let Place { what, again, .. } = place;
    if problem.kind == ProblemKind::NoAccess && place.read_at.is_none() {
        return view! { <NoAccess problem what again /> }.into_any();
    }
    let details = view! { <ProblemDetails problem=problem.clone() /> }.into_any();
    words(place, problem, Some(details))
}

fn words(place: Place, problem: Problem, details: Option<AnyView>) -> AnyView {
    let Place {
        what, again, read_at, ..
    } = place;
    // Without the part that makes them to be copied they stand there as they are.
    let details = details.unwrap_or_else(|| {
        let ids = [problem.code, problem.request_id];
        ids.into_iter().flatten().collect::<Vec<_>>().join(" ").into_any()
    });
    let advice = problem.advice.unwrap_or_default();
    if let Some(at) = read_at {
        let at = text::time_of_day(at);
        let words = format!(
            "{} {advice} Below is the {what} as read at {at}\u{a0}UTC. ",
            problem.reason
        );
        return view! {
            <MessageBar
                intent=MessageIntent::Error
                title=format!("The {what} could not be read again.")
                actions=move || view! { <Button small=true on_click=again>"Try now"</Button> }
            >
                {words} {details}
            </MessageBar>
        }
        .into_any();
    }
    let (title, icon, reason) = match problem.kind {
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
            note=move || details
        >
            {words}
        </EmptyState>
    }
    .into_any()
}

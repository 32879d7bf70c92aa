//! Why data could not be read, where it is missed: above what is left of it, or in its place.

use arm_client::ArmError;
use arm_core::Timestamp;

use crate::{
    components::{
        LazyView,
        next_try::{next_try, wait_of},
        problem_parts::{NoAccess, ProblemDetails},
    },
    lazy::lazy,
    prelude::*,
    problem::{Problem, ProblemKind},
    text,
    ui::{
        button::Button,
        empty_state::{EmptyReason, EmptyState},
        icon::IconName,
        message_bar::{MessageBar, MessageIntent},
    },
};

/// What stands around a problem.
#[derive(Clone, Copy)]
pub struct ProblemPlace {
    /// The error of the reading.
    pub error: RwSignal<Option<ArmError>>,
    /// What was to be read: `list of backups`.
    pub what: &'static str,
    /// Reads again.
    pub again: Callback<()>,
    /// Whether it is being read.
    pub is_loading: RwSignal<bool>,
    /// What is left to be shown.
    pub below: Below,
}

/// What is shown below a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Below {
    /// Nothing: the problem stands in its place.
    Nothing,
    /// The last good data, and when it was read.
    ReadAt(Timestamp),
    /// What came before the reading broke off.
    Part,
}

impl Below {
    /// The data of a reading that was complete at this moment, or a part.
    pub fn of(read_at: Option<Timestamp>) -> Self {
        read_at.map_or(Self::Part, Self::ReadAt)
    }

    /// The title and the last sentence of the bar above the data.
    fn words(self, what: &str) -> Option<(String, String)> {
        match self {
            Self::Nothing => None,
            Self::ReadAt(at) => Some((
                format!("The {what} could not be read again."),
                format!(
                    "Below is the {what} as read at {}\u{a0}UTC.",
                    text::time_of_day(at)
                ),
            )),
            Self::Part => Some((
                format!("The {what} is not complete."),
                "Below is what was read before that; the rest is missing.".to_owned(),
            )),
        }
    }
}

/// What is wrong. Azure's own words come as a part of their own: it has answered, so the network is there to fetch them;
/// should they not come, what is known without them stands there.
pub fn problem_at(place: ProblemPlace, problem: Problem) -> AnyView {
    let has_answered = place.error.with_untracked(|error| {
        error
            .as_ref()
            .is_some_and(|error| error.service_error().is_some())
    });
    if !has_answered {
        return words(place, problem, None, None);
    }
    let load = Box::new(move || Box::pin(problem_in_full(place)) as _);
    let around = Box::new(move |_| words(place, problem.clone(), None, None));
    view! { <LazyView load around rows=0 /> }.into_any()
}

lazy! {
    problems: fn problem_in_full(place: ProblemPlace) -> AnyView {
        place.error.with_untracked(|error| error.as_ref().map(|error| in_full(place, error))).into_any()
    }
}

fn in_full(place: ProblemPlace, error: &ArmError) -> AnyView {
    let problem = Problem::in_full(error);
    let ProblemPlace { what, again, .. } = place;
    if problem.kind == ProblemKind::NoAccess && place.below == Below::Nothing {
        return view! { <NoAccess problem what again /> }.into_any();
    }
    let details = view! { <ProblemDetails problem=problem.clone() /> }.into_any();
    let next = wait_of(error).map(|wait| next_try(place, wait));
    words(place, problem, Some(details), next)
}

/// `next` says when it is asked again by itself; without it stands what to do.
fn words(place: ProblemPlace, problem: Problem, details: Option<AnyView>, next: Option<AnyView>) -> AnyView {
    let ProblemPlace { what, again, .. } = place;
    // Without the part that makes them to be copied they stand there as they are.
    let details = details.unwrap_or_else(|| {
        let ids = [problem.code, problem.request_id];
        ids.into_iter().flatten().collect::<Vec<_>>().join(" ").into_any()
    });
    let advice = next.unwrap_or_else(|| problem.advice.unwrap_or_default().into_any());
    if let Some((title, below)) = place.below.words(what) {
        let below = format!(" {below} ");
        let busy = place.is_loading;
        return view! {
            <MessageBar
                intent=MessageIntent::Error
                title
                actions=move || view! { <Button small=true busy on_click=again>"Try now"</Button> }
            >
                {problem.reason} " " {advice} {below} {details}
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
    let what_happened = if must_sign_in {
        String::new()
    } else {
        format!("{} ", problem.reason)
    };
    view! {
        <EmptyState
            icon
            reason
            title
            actions=move || (!must_sign_in).then(|| view! { <Button on_click=again>"Try again"</Button> })
            note=move || details
        >
            {what_happened} {advice}
        </EmptyState>
    }
    .into_any()
}

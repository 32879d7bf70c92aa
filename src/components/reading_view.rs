//! A reading as a view: loading, failed without data, failed with older data, and the data.

use crate::{
    components::reading_problem::{Below, ProblemPlace, problem_at},
    hooks::{Reading, use_now},
    prelude::*,
    problem::{Problem, ProblemKind},
    text,
    ui::{changing::view_of, skeleton::Skeleton},
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
    let place = move |below| ProblemPlace {
        error: reading.problem,
        what,
        again: reading.again,
        is_loading: reading.is_loading,
        below,
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
                Some(problem) => problem_at(place(Below::of(reading.read_at.get_untracked())), problem),
                None => ().into_any(),
            });
            return view! {
                {old}
                {view.run(value)}
            }
            .into_any();
        }
        match problem.get() {
            Some(problem) => problem_at(place(Below::Nothing), problem),
            None => view! {
                <p class="visually-hidden reading">{format!("Reading the {what}.")}</p>
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

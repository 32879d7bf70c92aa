//! What a list says of directories that are to be shown in it and are not.

use crate::{
    prelude::*,
    problem::{Problem, ProblemKind},
    session::{Directory, use_session},
    ui::{
        button::Button,
        changing::view_of,
        message_bar::{MessageBar, MessageIntent},
    },
};

/// A directory that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    /// Which.
    pub directory: Directory,
    /// Why.
    pub problem: Problem,
}

/// A bar for each of them, with the way to have it; the rest of the list is there all the same.
#[component]
pub fn AbsentDirectories(
    /// The directories.
    #[prop(into)]
    absent: Signal<Vec<Absent>>,
    /// Reads the list again.
    again: Callback<()>,
) -> impl IntoView {
    view_of(move || {
        let bars = absent.get().into_iter().map(|absent| bar(absent, again));
        bars.collect_view().into_any()
    })
}

fn bar(absent: Absent, again: Callback<()>) -> AnyView {
    let session = use_session();
    let Absent { directory, problem } = absent;
    let title = format!("{} is not shown.", directory.name);
    let is_sign_in = problem.kind == ProblemKind::SignIn;
    let words = if is_sign_in {
        "You are not signed in to this directory; what it holds is missing below.".to_owned()
    } else {
        problem.reason
    };
    let id = directory.id.clone();
    let leave = Callback::new(move |()| session.leave_directory(&id));
    let actions = move || {
        let act = if is_sign_in {
            let (label, directory) = (format!("Sign in to {}", directory.name), directory.clone());
            let sign_in = Callback::new(move |()| session.sign_in_to(directory.clone()));
            view! { <Button small=true on_click=sign_in>{label}</Button> }.into_any()
        } else {
            view! { <Button small=true on_click=again>"Check again"</Button> }.into_any()
        };
        view! {
            {act}
            <Button small=true on_click=leave>"Leave it out"</Button>
        }
    };
    view! { <MessageBar intent=MessageIntent::Warning title actions>{words}</MessageBar> }.into_any()
}

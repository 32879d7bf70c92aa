//! How a job goes: its state, how far it is, and its parts.

use arm_client::data_protection::{BackupJob, JobTask};

use super::target::operation;
use crate::{
    pages::jobs::{row::Row, state::State, table::duration},
    prelude::*,
    stores::operations::{percent, percent_told},
    text,
    ui::{
        changing::{view_if, view_of},
        progress::ProgressBar,
        status::Status,
    },
};

/// The state above everything else, with a bar while it runs.
#[component]
pub fn Progress(job: Signal<BackupJob>) -> impl IntoView {
    let row = Memo::new(move |_| job.with(|job| Row::from(job)));
    let is_running = Memo::new(move |_| row.with(|row| row.state == State::Running));
    let percent = Memo::new(move |_| job.with(|job| percent(&job.tasks)));
    let head = view_of(move || {
        let words = job.with(operation);
        row.with(|row| {
            let (kind, word) = (row.state.kind(), row.word.clone());
            view! {
                <h2 class="job-state"><Status kind>{word}</Status></h2>
                <span class="job-what">{words} " of " <span class="name">{row.source.clone()}</span></span>
                <span class="job-time">{duration(row)}</span>
            }
            .into_any()
        })
    });
    let moved = view_of(move || {
        let transferred = job.with(|job| job.transferred).filter(|bytes| *bytes > 0);
        let parts = [
            percent.get().filter(|_| is_running.get()).map(text::percent),
            transferred.map(|bytes| format!("{} transferred", text::size(bytes))),
        ];
        let words = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        match (words.is_empty(), is_running.get()) {
            (false, _) => view! { <p class="caption">{words}</p> }.into_any(),
            (true, true) => {
                view! { <p class="caption">"Azure gives no figure of how far it is."</p> }.into_any()
            }
            (true, false) => ().into_any(),
        }
    });
    view! {
        <section class="job-card" aria-label="State of the job">
            <div class="job-head">{head}</div>
            {view_if(is_running, move || {
                view! { <ProgressBar label="Progress of the job".to_owned() percent=percent /> }.into_any()
            })}
            {moved}
        </section>
    }
}

/// The parts of the job, as Azure names them.
#[component]
pub fn Parts(job: Signal<BackupJob>) -> impl IntoView {
    let tasks = Memo::new(move |_| job.with(|job| job.tasks.clone()));
    view_of(move || tasks.with(|tasks| table(tasks)))
}

fn table(tasks: &[JobTask]) -> AnyView {
    if tasks.is_empty() {
        return ().into_any();
    }
    let row = |task: &JobTask| {
        let (state, word) = State::of(task.status.as_ref());
        let progress = task.progress.as_deref();
        let progress = match progress.map(|words| (percent_told(words), words)) {
            Some((Some(percent), _)) => text::percent(percent),
            Some((None, words)) => words.to_owned(),
            None => "Not told".to_owned(),
        };
        view! {
            <tr>
                <td class="cell-name">{task.name.clone()}</td>
                <td data-label="State"><Status kind=state.kind()>{word}</Status></td>
                <td data-label="Progress">{progress}</td>
            </tr>
        }
    };
    view! {
        <section class="instance-section job-section" aria-labelledby="job-parts">
            <h2 id="job-parts">"Sub-tasks"</h2>
            <div class="table-card">
                <table class="table table-cards table-tasks">
                    <caption class="visually-hidden">"Sub-tasks"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Sub-task"</th>
                            <th scope="col">"State"</th>
                            <th scope="col">"Progress"</th>
                        </tr>
                    </thead>
                    <tbody>{tasks.iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

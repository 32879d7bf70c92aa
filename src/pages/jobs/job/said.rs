//! What Azure says of a job's end, in Azure's words, taken apart.

use arm_client::{ArmError, ServiceError, data_protection::BackupJob};

use super::Page;
use crate::{
    components::{ProblemDetails, protection::ProtectionProblem},
    pages::jobs::state::State,
    prelude::*,
    problem::Problem,
    ui::message_bar::{MessageBar, MessageIntent},
};

/// A bar for each error and each warning; one of its own where a job failed without a word.
pub fn said(page: Page, job: &BackupJob) -> AnyView {
    let (state, _) = State::of(job.status.as_ref());
    let what = job
        .operation
        .clone()
        .unwrap_or_else(|| "job".to_owned())
        .to_ascii_lowercase();
    let errors = job.errors.iter().map(|error| match state {
        State::Failed => failed(page, &what, error),
        State::Cancelled => noted(format!("The {what} was cancelled"), error),
        _ => noted(format!("The {what} has something to tell"), error),
    });
    let warnings = job.warnings.iter();
    let warnings = warnings.map(|warning| noted(format!("The {what} completed with a warning"), warning));
    let is_silent = job.errors.is_empty();
    let reason = match &job.activity_id {
        Some(_) => "Azure gives no reason. The activity id below is what its support asks for.",
        None => "Azure gives no reason, and no activity id that its support would ask for.",
    };
    let silent = match state {
        State::Failed if is_silent => Some(view! {
            <MessageBar intent=MessageIntent::Error stacked=true title=format!("The {what} failed")>
                <p>{reason}</p>
            </MessageBar>
        }),
        State::Cancelled if is_silent => Some(view! {
            <MessageBar intent=MessageIntent::Warning stacked=true title=format!("The {what} was cancelled")>
                <p>"Azure does not say by whom."</p>
            </MessageBar>
        }),
        _ => None,
    };
    view! { {silent} {errors.collect_view()} {warnings.collect_view()} }.into_any()
}

fn failed(page: Page, what: &str, error: &ServiceError) -> AnyView {
    let identity = page.vault.data.with(|vault| {
        let vault = vault.as_ref()?;
        Some((vault.principal_id.clone()?, vault.name.clone()))
    });
    let error = ArmError::OperationFailed(Box::new(error.clone()));
    view! { <ProtectionProblem title=format!("The {what} failed") error identity /> }.into_any()
}

fn noted(title: String, error: &ServiceError) -> AnyView {
    let problem = Problem::in_full(&ArmError::OperationFailed(Box::new(error.clone())));
    view! {
        <MessageBar intent=MessageIntent::Warning stacked=true title>
            <p>{problem.reason.clone()} " " {problem.advice.clone()}</p>
            <ProblemDetails problem />
        </MessageBar>
    }
    .into_any()
}

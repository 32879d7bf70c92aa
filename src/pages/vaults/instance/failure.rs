//! Why the instance is not protected, in Azure's words unpacked.

use arm_client::{ArmError, ServiceError};
use leptos::prelude::*;

use crate::{
    components::ProblemDetails,
    problem::Problem,
    ui::message_bar::{MessageBar, MessageIntent},
};

/// A bar with what happened, what Azure recommends, and what to give to support.
pub fn failure(title: &'static str, error: &ServiceError, actions: AnyView) -> AnyView {
    let problem = Problem::in_full(&ArmError::OperationFailed(Box::new(error.clone())));
    let (reason, advice) = (problem.reason.clone(), problem.advice.clone().unwrap_or_default());
    view! {
        <MessageBar intent=MessageIntent::Error stacked=true title actions=move || actions>
            <p>{reason} " " {advice}</p>
            <ProblemDetails problem />
        </MessageBar>
    }
    .into_any()
}

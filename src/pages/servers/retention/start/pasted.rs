//! The field for the SAS URI of one container, with what is found in it.

use super::sas::{self, Measure};
use crate::{
    components::Findings, findings::Severity, hooks::use_rested, prelude::*, ui::text_field::TextField,
};

/// A field that hides what it holds. It is judged once the typing rests; nothing of the signature is ever shown.
#[component]
pub fn Pasted(
    /// Which container, from 1 on.
    number: usize,
    /// What is typed.
    value: RwSignal<String>,
    /// What it is held against.
    measure: Signal<Measure>,
) -> impl IntoView {
    let (rested, _) = use_rested(value);
    let judged = move || {
        let text = rested.get();
        // What is emptied, as by the start, is not judged for a moment longer.
        let is_any = !text.trim().is_empty() && value.with(|value| !value.is_empty());
        is_any.then(|| sas::judged(&text, measure.get()))
    };
    let error = Signal::derive(move || judged().and_then(Result::err));
    let found = Memo::new(move |_| match judged() {
        Some(Ok((_, found))) => found,
        _ => Vec::new(),
    });
    let success = Signal::derive(move || match judged() {
        Some(Ok((uri, found))) if found.iter().all(|one| one.severity != Severity::Blocks) => {
            Some(format!("The backup goes to {}.", uri.place()))
        }
        _ => None,
    });
    view! {
        <TextField
            label=format!("SAS URI of container {number}")
            value
            required=true
            secret=true
            hint="The Blob SAS URL of a container, with the permissions read, write, delete and list. It is sent to Azure and kept nowhere."
            error
            success
        />
        <Findings label="Checks of the SAS" findings=found on_fix=Callback::new(|_| ()) />
    }
}

//! The *Start long-term backup* pane.

mod container;
mod form;
mod name;
mod pasted;
mod pick;
mod pre_check;
mod sas;

use std::time::Duration;

use arm_client::{FlexibleServer, postgres::long_term_retention::LongTermBackupName};
use leptos::html;

use super::list::List;
use crate::{
    code,
    components::{
        BELOW_A_PANE, Findings, LeaveQuestion, PaneButtons, Refusal, ShowAsCode, storage::offer::Near,
    },
    findings::{self, Finding, Severity},
    hooks::{AsyncOperation, AsyncOperationState, Reading, rights, use_async_operation},
    prelude::*,
    rights::Act,
    services::use_services,
    text,
    ui::{
        changing::{text_of, view_of},
        code_block::CodeSample,
        focus::{focus, rendered},
        pane::Pane,
        text_field::TextField,
    },
};

use container::{ContainerFields, Surroundings};
use form::{Form, use_form};
use pre_check::{pre_check, use_pre_check};

/// A name and a SAS for each container; *Start* asks for the backup and the pane closes once Azure has taken it.
#[component]
pub fn StartBackup(list: List, details: Reading<FlexibleServer>, on_close: Callback<()>) -> impl IntoView {
    let form = use_form(list, use_pre_check);
    let found = use_findings(details);
    let reason_not_to = Signal::derive(move || {
        let name = form.judged.with(|judged| judged.as_ref().err().cloned());
        let blocking = found.with(|found| blocking(found));
        name.or(blocking).or_else(|| form.reason_not_to.get())
    });
    let reason_not_to = rights().reason_or(Act::LongTermBackup, reason_not_to);
    let operation = use_async_operation();
    let state = operation.state;
    let is_requesting = Signal::derive(move || state.get() == AsyncOperationState::Requesting);
    let (name_field, fields) = (NodeRef::<html::Input>::new(), NodeRef::<html::Div>::new());
    let start = Callback::new(move |()| {
        form.judge_now.run(());
        match form.judged.get_untracked() {
            Ok(name) if reason_not_to.with_untracked(Option::is_none) && !is_requesting.get_untracked() => {
                let asked = (list.server.get_value(), name, form.take_uris());
                operation.back_up_long_term.run(asked);
            }
            Ok(_) => focus_fields(fields),
            Err(_) => focus_name(name_field),
        }
    });
    // What is followed from now on is shown in the list and in the bell, not here.
    Effect::new(move |_| {
        let is_followed = matches!(
            state.get(),
            AsyncOperationState::Running
                | AsyncOperationState::Completed
                | AsyncOperationState::Failed
                | AsyncOperationState::Unknown
        );
        if is_followed {
            on_close.run(());
        }
    });
    let is_asking = RwSignal::new(false);
    let ask = Callback::new(move |()| {
        if is_requesting.get_untracked() {
            return;
        }
        if form.is_touched() {
            is_asking.set(true);
        } else {
            on_close.run(());
        }
    });
    let around = surroundings(list, details, form);
    let samples = use_samples(list, form);
    view! {
        <Pane
            title="Start long-term backup"
            on_close=ask
            on_submit=start
            inert=BELOW_A_PANE
            footer=move || {
                view! { <PaneButtons act="Start" on_act=start busy=is_requesting reason_not_to on_cancel=ask /> }
            }
        >
            <p>
                "A copy of the server\u{2019}s data goes into containers of your own. No retention period of the server applies to it: it stays until you delete it there."
            </p>
            <TextField
                label="Backup name"
                value=form.name
                required=true
                hint="Letters and digits, with single hyphens between them."
                error=form.name_error
                max_length=name::LONGEST
                node_ref=name_field
            />
            {refusal(operation)}
            <Findings
                label="Checks before the backup"
                findings=found
                on_fix=Callback::new(move |_| {
                    details.again.run(());
                    form.check.again.run(());
                })
            />
            <div class="retention-containers" node_ref=fields>
                {containers(form, around)}
            </div>
            <p class="caption">{text_of(move || how_long(form.earlier.get()))}</p>
            <div class="pane-code"><ShowAsCode label="Start this backup" samples /></div>
        </Pane>
        <LeaveQuestion is_asking on_leave=on_close />
    }
}

/// What stands in the way as far as the server goes, with what was mended while the pane is open.
fn use_findings(details: Reading<FlexibleServer>) -> Memo<Vec<Finding>> {
    Memo::new(move |before: Option<&Vec<Finding>>| {
        let now = details
            .data
            .with(|server| findings::long_term_backup(server.as_ref()));
        findings::with_mended(before.map(Vec::as_slice).unwrap_or_default(), now)
    })
}

fn blocking(found: &[Finding]) -> Option<String> {
    let blocks = |finding: &&Finding| finding.severity == Severity::Blocks;
    Some(format!("{}.", found.iter().find(blocks)?.title))
}

/// What the containers have in common: the accounts are read when the first of them is picked.
fn surroundings(list: List, details: Reading<FlexibleServer>, form: Form) -> Surroundings {
    let server = Signal::derive(move || Near {
        id: list.server.get_value(),
        region: details
            .data
            .with(|server| server.as_ref().and_then(|server| server.location.clone())),
    });
    Surroundings {
        measure: form.measure,
        server,
        accounts: StoredValue::new(None),
        owner: StoredValue::new(Owner::current()),
    }
}

/// The fields of each container, once Azure has said how many there are.
fn containers(form: Form, around: Surroundings) -> AnyView {
    view_of(move || {
        if form.needed.get().is_none() {
            return pre_check(form.check);
        }
        let fields = form.containers().into_iter().enumerate();
        fields
            .map(|(index, container)| view! { <ContainerFields number=index + 1 container around /> })
            .collect_view()
            .into_any()
    })
}

fn refusal(operation: AsyncOperation) -> AnyView {
    view_of(move || {
        let is_refused = operation.state.get() == AsyncOperationState::Refused;
        match operation.problem.get().filter(|_| is_refused) {
            Some(problem) => view! {
                <Refusal title="The backup was not started" problem />
                <p class="caption">"The SAS URIs were not kept. Paste them again, or create new ones, before you start again."</p>
            }
            .into_any(),
            None => ().into_any(),
        }
    })
}

/// The backup as code, with the name that is typed.
fn use_samples(list: List, form: Form) -> Signal<Vec<CodeSample>> {
    let origin = StoredValue::new(use_services().config.arm.clone());
    Signal::derive(move || {
        let Ok(name) = form.name.with(|text| text.parse::<LongTermBackupName>()) else {
            return Vec::new();
        };
        let (server, containers) = (list.server.get_value(), form.needed.get().unwrap_or(1));
        origin.with_value(|origin| code::start_long_term_backup(origin, &server, &name, containers))
    })
}

fn how_long(earlier: Option<Duration>) -> String {
    match earlier {
        Some(earlier) => format!(
            "Earlier backups of this server took up to {}; the SAS has to last longer.",
            text::duration(earlier)
        ),
        None => "How long it takes is not known, since no earlier one of this server succeeded; the SAS should last at least a day.".to_owned(),
    }
}

fn focus_name(field: NodeRef<html::Input>) {
    if let Some(field) = field.get_untracked() {
        focus(&field);
    }
}

/// The first field of the containers that is not the choice of the way.
fn focus_fields(fields: NodeRef<html::Div>) {
    if let Some(fields) = fields.get_untracked()
        && let Some(first) = rendered(&fields, ".field-input").first()
    {
        focus(first);
    }
}

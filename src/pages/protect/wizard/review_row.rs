//! A datasource on its way under the vault: how far it is, and what is in its way.

use super::{Wizard, review::Item, source_row::Rights, stage::Stage};
use crate::{
    code,
    components::{ShowAsCode, protection::ProtectionProblem},
    hooks::use_now,
    location::link,
    prelude::*,
    routes,
    services::use_services,
    text,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{text_of, view_if, view_of},
        icon::{Icon, IconName},
        message_bar::{MessageBar, MessageIntent},
        progress::ProgressBar,
        status::{StatusIcon, StatusKind},
        unique_id::unique_id,
    },
};

/// The row, and its details while they are open.
#[component]
pub fn ReviewRow(wizard: Wizard, item: Item) -> impl IntoView {
    let details = StoredValue::new(unique_id("review"));
    let id = item.row.source.get_value();
    let name = id.name().to_owned();
    let group = id.resource_group().unwrap_or_default().to_owned();
    let is_open = RwSignal::new(false);
    let toggle = move |_| is_open.update(|is_open| *is_open = !*is_open);
    // What went wrong is shown without a click.
    Effect::new(move |before: Option<bool>| {
        let is_wrong = item
            .stage
            .with(|stage| matches!(stage, Stage::NotValid(_) | Stage::Refused(_) | Stage::Failed(_)));
        if is_wrong && before != Some(true) {
            is_open.set(true);
        }
        is_wrong
    });
    let is_configuring = Memo::new(move |_| {
        item.stage
            .with(|stage| matches!(stage, Stage::Sending | Stage::Configuring(_)))
    });
    let label = format!("Configuring {name}");
    let bar = view_if(is_configuring, move || {
        view! { <ProgressBar label=label.clone() thin=true /> }.into_any()
    });
    let revalidate = Callback::new(move |()| wizard.review.validate.run(Some(item)));
    let again = StoredValue::new(format!(" {name}"));
    let viewed = again;
    let actions = view_of(move || {
        let instance = item.instance.get();
        let path = instance.as_ref().and_then(routes::instance);
        match (item.stage.get(), path) {
            (Stage::NotValid(_) | Stage::NotKnown, _) => view! {
                <Button appearance=ButtonAppearance::Subtle icon=IconName::ArrowClockwise on_click=revalidate>
                    "Revalidate"
                    <span class="visually-hidden">{again.get_value()}</span>
                </Button>
            }
            .into_any(),
            (
                Stage::Configuring(_) | Stage::Protected | Stage::Failed(_) | Stage::OutcomeNotKnown,
                Some(path),
            ) => view! {
                <a class="button button-subtle" href=link(&path)>
                    "View instance"
                    <span class="visually-hidden">{viewed.get_value()}</span>
                </a>
            }
            .into_any(),
            _ => ().into_any(),
        }
    });
    let instance = move || {
        item.instance
            .with(|instance| instance.as_ref().map(|instance| instance.name().to_owned()))
            .unwrap_or_else(|| "\u{2014}".to_owned())
    };
    view! {
        <tr class="row-expandable" class:row-live=move || is_configuring.get()>
            <td class="cell-name">
                <button
                    type="button"
                    class="row-toggle"
                    aria-expanded=move || is_open.get().to_string()
                    aria-controls=move || is_open.get().then(|| details.get_value())
                    on:click=toggle
                >
                    <Icon name=IconName::ChevronRight size=16 />
                    <span class="row-toggle-name">{name}</span>
                </button>
                <span class="source-group">{group}</span>
                {bar}
            </td>
            <td class="cell-secondary review-instance" data-label="Backup instance">{text_of(instance)}</td>
            <td data-label="State">{view_of(move || state(item))}</td>
            <td class="cell-actions"><span class="cell-actions-row">{actions}</span></td>
        </tr>
        {view_if(is_open, move || {
            view! {
                <tr class="row-details" id=details.get_value()>
                    <td colspan="4"><ReviewDetails wizard item /></td>
                </tr>
            }
            .into_any()
        })}
    }
}

/// Icon, title and what is behind it.
fn state(item: Item) -> AnyView {
    let stage = item.stage.get();
    let (kind, class, title, note) = words(&stage);
    let since = item.operation.with(|operation| Some(operation.as_ref()?.started));
    let waited = since.filter(|_| stage.is_under_way()).map(|since| {
        let now = use_now();
        text_of(move || {
            let waited = (now.get() - since).to_std().unwrap_or_default();
            format!(", {}", text::duration(waited))
        })
    });
    view! {
        <span class=class>
            <StatusIcon kind />
            <span>
                <strong>{title}</strong>
                " "
                <span class="readiness-note">{note} {waited}</span>
            </span>
        </span>
    }
    .into_any()
}

fn words(stage: &Stage) -> (StatusKind, &'static str, &'static str, String) {
    const PLAIN: &str = "readiness";
    const OK: &str = "readiness readiness-ok";
    const WARNING: &str = "readiness readiness-warning";
    const ERROR: &str = "readiness readiness-error";
    let plain = |kind, title, note: &str| (kind, PLAIN, title, note.to_owned());
    match stage {
        Stage::ToMend => plain(StatusKind::Warning, "Not ready", "Datasources shows what to mend"),
        Stage::NotReady => plain(
            StatusKind::Running,
            "Checking",
            "Reading server and role assignments",
        ),
        Stage::NotValidated => plain(StatusKind::Neutral, "Not validated", "Validate asks Azure"),
        Stage::Waiting => plain(StatusKind::Running, "Waiting", "Others are validated first"),
        Stage::Validating => plain(
            StatusKind::Running,
            "Validating",
            "Azure looks into it; nothing is changed",
        ),
        Stage::NotValid(error) => {
            let code = error.code().unwrap_or("Azure did not say why").to_owned();
            (StatusKind::Error, ERROR, "Not valid", code)
        }
        Stage::Valid => (StatusKind::Ok, OK, "Validated", "It can be configured".to_owned()),
        Stage::NotKnown => (
            StatusKind::Warning,
            WARNING,
            "Validation not known",
            "Azure\u{2019}s answer was lost".to_owned(),
        ),
        Stage::Sending => plain(StatusKind::Running, "Sending", "The request is on its way"),
        Stage::Refused(error) => {
            let code = error.code().unwrap_or("Azure did not say why").to_owned();
            (StatusKind::Error, ERROR, "Not configured", code)
        }
        Stage::Configuring(status) => plain(StatusKind::Running, "Configuring protection", status),
        Stage::Protected => (
            StatusKind::Ok,
            OK,
            "Protected",
            "Backed up by its policy".to_owned(),
        ),
        Stage::Failed(failure) => (
            StatusKind::Error,
            ERROR,
            "Configuration failed",
            failure.code.clone(),
        ),
        Stage::OutcomeNotKnown => (
            StatusKind::Warning,
            WARNING,
            "Outcome not known",
            "Look at the instance".to_owned(),
        ),
    }
}

/// Why it went wrong, and what is asked as code.
#[component]
fn ReviewDetails(wizard: Wizard, item: Item) -> impl IntoView {
    let lacks_rights = Memo::new(move |_| {
        let lacks = |stage: &Stage| match stage {
            Stage::NotValid(error) => error.code().is_some_and(|code| code.contains("Permission")),
            _ => false,
        };
        item.stage.with(lacks)
    });
    let origin = StoredValue::new(use_services().config.arm.clone());
    let vault = move || wizard.choices.with(|choices| choices.vault.clone());
    let validating = Signal::derive(move || {
        let (Some(vault), Some(new)) = (vault(), item.new.get()) else {
            return Vec::new();
        };
        origin.with_value(|origin| code::protection::validate(origin, &vault, &new))
    });
    let configuring = Signal::derive(move || {
        let (Some(vault), Some(new), Some(instance)) = (vault(), item.new.get(), item.instance.get()) else {
            return Vec::new();
        };
        origin.with_value(|origin| code::protection::configure(origin, &vault, instance.name(), &new))
    });
    view! {
        <div class="source-details">
            {view_of(move || why(wizard, item))}
            {view_if(lacks_rights, move || view! { <Rights wizard row=item.row /> }.into_any())}
            <div class="review-code">
                <h3>"Validate"</h3>
                <ShowAsCode label="Validate this backup" samples=validating />
            </div>
            <div class="review-code">
                <h3>"Configure backup"</h3>
                <ShowAsCode label="Configure this backup" samples=configuring />
            </div>
        </div>
    }
}

/// What Azure said, taken apart.
fn why(wizard: Wizard, item: Item) -> AnyView {
    let name = item.row.source.with_value(|source| source.name().to_owned());
    let identity = wizard.known.vault_details.data.with_untracked(|vault| {
        let vault = vault.as_ref()?;
        Some((vault.principal_id.clone()?, vault.name.clone()))
    });
    match item.stage.get() {
        Stage::NotValid(error) => {
            let title = format!("{name} cannot be protected");
            view! { <ProtectionProblem title error=*error identity /> }.into_any()
        }
        Stage::Refused(error) => {
            let title = format!("Azure did not take the request to protect {name}");
            view! { <ProtectionProblem title error=*error identity /> }.into_any()
        }
        Stage::Failed(failure) => {
            let (code, message) = (failure.code.clone(), failure.message.clone());
            view! {
                <MessageBar intent=MessageIntent::Error stacked=true title=format!("Protection of {name} could not be configured")>
                    <p>{message}</p>
                    <p><code>{code}</code></p>
                </MessageBar>
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}

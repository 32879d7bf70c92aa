//! A datasource of the list: its readiness in one line, and what is behind it.

use arm_client::data_protection::DatasourceKind;

use super::{
    Wizard,
    row::{Check, Row},
    verdict::Count,
};
use crate::{
    components::{
        Findings, Refusal,
        protection::{PermissionDoctor, SecretField},
    },
    findings::{Finding, FixAct},
    hooks::use_now,
    prelude::*,
    text,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{text_of, view_if, view_of},
        icon::{Icon, IconName},
        icon_button::IconButton,
        live_region::announce,
        names::with_names,
        status::{StatusIcon, StatusKind},
        unique_id::unique_id,
    },
};

/// The row, and its details while they are open.
#[component]
pub fn SourceRow(wizard: Wizard, row: Row) -> impl IntoView {
    let details = StoredValue::new(unique_id("source"));
    let id = row.source.get_value();
    let (name, subscription) = (id.name().to_owned(), id.subscription_id().to_owned());
    let is_database =
        wizard.choices.with_untracked(|choices| choices.kind) == DatasourceKind::SingleServerDatabase;
    let group = id.resource_group().unwrap_or_default().to_owned();
    let remove = {
        let (id, name) = (id.clone(), name.clone());
        Callback::new(move |()| {
            wizard
                .change
                .run(wizard.choices.get_untracked().without_source(&id));
            announce(&format!("'{name}' removed."), false);
        })
    };
    let again = Callback::new(move |()| wizard.checks.again.run(Some(row)));
    let is_under_way = Signal::derive(move || row.verdict.with(|verdict| verdict.count == Count::Unchecked));
    let third = if is_database {
        id.parent()
            .map(|server| server.name().to_owned())
            .unwrap_or_default()
            .into_any()
    } else {
        text_of(move || size(row))
    };
    let toggle = move |_| row.is_open.update(|is_open| *is_open = !*is_open);
    let (revalidated, removed) = (format!(" {name}"), format!("Remove {name}"));
    view! {
        <tr class="row-expandable">
            <td class="cell-name">
                <button
                    type="button"
                    class="row-toggle"
                    aria-expanded=move || row.is_open.get().to_string()
                    aria-controls=move || row.is_open.get().then(|| details.get_value())
                    on:click=toggle
                >
                    <Icon name=IconName::ChevronRight size=16 />
                    <span class="row-toggle-name">{name}</span>
                </button>
                <span class="source-group">{group}</span>
            </td>
            <td class="cell-secondary" data-label="Subscription">
                {text_of(move || wizard.known.subscription(&subscription))}
            </td>
            <td class="cell-secondary" data-label=if is_database { "Server" } else { "Size" }>{third}</td>
            <td data-label="Readiness">{view_of(move || readiness(row))}</td>
            <td class="cell-actions">
                <span class="cell-actions-row">
                    <Button
                        appearance=ButtonAppearance::Subtle
                        icon=IconName::ArrowClockwise
                        busy=is_under_way
                        on_click=again
                    >
                        "Revalidate"
                        <span class="visually-hidden">{revalidated}</span>
                    </Button>
                    <IconButton icon=IconName::Dismiss label=removed on_click=remove />
                </span>
            </td>
        </tr>
        {view_if(row.is_open, move || {
            view! {
                <tr class="row-details" id=details.get_value()>
                    <td colspan="5"><SourceDetails wizard row is_database /></td>
                </tr>
            }
            .into_any()
        })}
    }
}

/// Icon, title and what is behind it.
fn readiness(row: Row) -> AnyView {
    let verdict = row.verdict.get();
    let class = match verdict.kind {
        StatusKind::Ok => "readiness readiness-ok",
        StatusKind::Warning => "readiness readiness-warning",
        StatusKind::Error => "readiness readiness-error",
        _ => "readiness",
    };
    let since = row.check.with_untracked(|check| match check {
        Check::UnderWay(since) => Some(*since),
        _ => None,
    });
    let waited = since.map(|since| {
        let now = use_now();
        text_of(move || match (now.get() - since).num_seconds() {
            ..1 => String::new(),
            seconds => format!(", {seconds}\u{a0}s"),
        })
    });
    view! {
        <span class=class>
            <StatusIcon kind=verdict.kind />
            <span>
                <strong>{verdict.title}</strong>
                " "
                <span class="readiness-note">{with_names(&verdict.note)} {waited}</span>
            </span>
        </span>
    }
    .into_any()
}

fn size(row: Row) -> String {
    row.check.with(|check| match check {
        Check::Done(seen) => {
            let gib = seen.server.as_ref().and_then(|server| server.storage_size_gb);
            gib.map_or_else(|| "Unknown".to_owned(), |gib| text::size(u64::from(gib) << 30))
        }
        Check::Failed(_) => "Unknown".to_owned(),
        Check::Waiting | Check::UnderWay(_) => "\u{2014}".to_owned(),
    })
}

/// All findings, and for a database the secret with its credentials.
#[component]
fn SourceDetails(wizard: Wizard, row: Row, is_database: bool) -> impl IntoView {
    let on_fix = Callback::new(move |act| {
        if act == FixAct::CheckAgain {
            wizard.checks.again.run(Some(row));
        }
    });
    let is_free = Memo::new(move |_| {
        let is_done = row.check.with(|check| matches!(check, Check::Done(_)));
        is_done && row.findings.with(Vec::is_empty)
    });
    // What is missing is told by the doctor, which mends it.
    let others = Memo::new(move |_| {
        let mut findings = row.findings.get();
        findings.retain(|finding| !["missing-roles", "roles-unknown"].contains(&finding.id));
        findings
    });
    let secret = is_database.then(|| {
        // Another secret, other rights.
        let on_another = Callback::new(move |()| wizard.checks.again.run(Some(row)));
        view! { <SecretField value=row.secret on_another /> }
    });
    view! {
        <div class="source-details">
            {secret}
            {view_of(move || match row.check.get() {
                Check::Failed(problem) => view! { <Refusal title="It could not be read" problem /> }.into_any(),
                _ => ().into_any(),
            })}
            <Findings label="Checks before the backup" findings=others on_fix />
            <Rights wizard row />
            {view_if(is_free, || view! { <p>"Nothing stands in the way. Azure validates it in the next step."</p> }.into_any())}
        </div>
    }
}

/// The permission doctor, where the vault's identity lacks something or nobody knows whether it does.
#[component]
pub fn Rights(wizard: Wizard, row: Row) -> impl IntoView {
    let vault = wizard.known.vault_details.data;
    let is_needed = Memo::new(move |_| {
        let is_of_access = |finding: &Finding| ["missing-roles", "roles-unknown"].contains(&finding.id);
        row.findings.with(|findings| findings.iter().any(is_of_access)) && vault.with(Option::is_some)
    });
    // Another identity, or another key vault, is another patient: what was known of the one before says nothing of it.
    let principal = Memo::new(move |_| vault.with(|vault| vault.as_ref()?.principal_id.clone()));
    let key_vault = Memo::new(move |before: Option<&Option<String>>| {
        row.check.with(|check| match check {
            Check::Done(seen) => seen.key_vault.as_ref().map(ToString::to_string),
            // While it is looked at again, what was known holds.
            _ => before.cloned().flatten(),
        })
    });
    view_of(move || {
        principal.track();
        key_vault.track();
        if !is_needed.get() {
            return ().into_any();
        }
        let doctor = vault.with_untracked(|vault| untrack(|| row.doctor(wizard.checks, vault.as_ref()?)));
        doctor
            .map(|doctor| view! { <PermissionDoctor doctor /> })
            .into_any()
    })
}

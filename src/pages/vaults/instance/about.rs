//! What the instance is of, where it lies, and what its policy says.

use arm_client::data_protection::{BackupVault, DatasourceKind, SoftDelete};

use super::{Page, known::Known};
use crate::{
    components::CopyButton,
    location::link,
    prelude::*,
    protection_words, region, routes, text,
    ui::{changing::view_of, disclosure::Disclosure},
};

/// Facts as keys and values, in two columns where there is room.
#[component]
pub fn About(page: Page, known: Signal<Known>) -> impl IntoView {
    let cell = move |of: fn(&Known) -> AnyView| view_of(move || known.with(of));
    let schedule = view_of(move || policy(page, known, protection_words::schedule));
    let retention = view_of(move || policy(page, known, protection_words::retention));
    let vault = page.vault_id.get_value();
    let soft_delete = view_of(move || {
        page.vault
            .data
            .with(|vault| vault.as_ref().map_or_else(|| "Unknown".to_owned(), soft_delete))
            .into_any()
    });
    let id = page.id.with_value(|id| id.as_str().to_owned());
    view! {
        <dl class="instance-about">
            <div><dt>"Datasource"</dt><dd>{cell(datasource)}</dd></div>
            <div><dt>"Datasource type"</dt><dd>{cell(kind)}</dd></div>
            <div><dt>"Backup vault"</dt><dd><a href=link(&routes::vault(&vault))>{vault.name().to_owned()}</a></dd></div>
            <div><dt>"Region of the datasource"</dt><dd>{cell(location)}</dd></div>
            <div><dt>"Schedule"</dt><dd>{schedule}</dd></div>
            <div><dt>"Retention"</dt><dd>{retention}</dd></div>
            <div><dt>"Soft delete of the vault"</dt><dd>{soft_delete}</dd></div>
            {view_of(move || known.with(|known| secret(known.instance.secret.as_deref())))}
        </dl>
        <Disclosure summary="Resource ID">
            <p class="backup-id">
                <code>{id.clone()}</code>
                <CopyButton label="Copy resource ID" text=id small=true />
            </p>
        </Disclosure>
    }
}

fn datasource(known: &Known) -> AnyView {
    let name = known.source_name();
    let server = known.instance.source.as_ref();
    match server.filter(|_| known.kind() == Some(DatasourceKind::FlexibleServer)) {
        Some(server) => view! { <a href=link(&routes::backups(server))>{name}</a> }.into_any(),
        None => name.into_any(),
    }
}

fn kind(known: &Known) -> AnyView {
    match known.kind() {
        Some(DatasourceKind::FlexibleServer) => "Azure Database for PostgreSQL flexible server".into_any(),
        Some(DatasourceKind::SingleServerDatabase) => {
            "Database of an Azure Database for PostgreSQL single server".into_any()
        }
        None => {
            let word = known.instance.source_type.clone();
            word.unwrap_or_else(|| "Unknown".to_owned()).into_any()
        }
    }
}

fn location(known: &Known) -> AnyView {
    let location = known.instance.source_location.as_deref();
    let location = location.map_or("Unknown", region::display_name);
    location.to_owned().into_any()
}

fn policy(
    page: Page,
    known: Signal<Known>,
    words: fn(&arm_client::data_protection::PolicyRules) -> String,
) -> AnyView {
    let words = known.with(|known| {
        page.policies.data.with(|policies| {
            let policy = known.policy(policies.as_deref()?)?;
            Some(words(&policy.rules))
        })
    });
    words.unwrap_or_else(|| "Unknown".to_owned()).into_any()
}

/// Whether and for how long the vault keeps what is deleted.
pub fn soft_delete(vault: &BackupVault) -> String {
    let days = vault.soft_delete_days.filter(|days| *days >= 1.0);
    let days = days
        .map(|days| format!(", {}", text::count(days as usize, "day")))
        .unwrap_or_default();
    match &vault.soft_delete {
        Some(SoftDelete::Off) => "Off".to_owned(),
        Some(SoftDelete::On) => format!("On{days}"),
        Some(SoftDelete::AlwaysOn) => format!("Always on{days}"),
        Some(SoftDelete::Other(word)) => word.clone(),
        None => "Unknown".to_owned(),
    }
}

/// Where the credentials of a database lie; the identifier of a secret is none itself.
fn secret(secret: Option<&str>) -> AnyView {
    secret
        .map(|secret| view! { <div><dt>"Key Vault secret"</dt><dd><code>{secret.to_owned()}</code></dd></div> })
        .into_any()
}

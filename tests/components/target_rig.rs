//! What stands in the way of a restore, over the emulator in process.

use arm_client::data_protection::BackupVault;
use arm_core::{Method, Request, ResourceId};
use arm_emulator::World;
use pg_backup_portal::{
    components::storage::{Choose, FilesTarget, TargetFindings, Verdict},
    prelude::*,
    services::use_arm,
};
use serde_json::{Value, json};
use web_sys::Element;

use crate::backups_page::{BackupsRig, settle};
use crate::protection_parts::{DEVELOPMENT, PRODUCTION, vault};
use crate::support::{all, one, page, spoken_text, text};

/// A target of the default world: subscription, group and name of the account, and the container.
pub type Target = (&'static str, &'static str, &'static str, &'static str);

/// Lacks nothing.
pub const OPEN: Target = (
    PRODUCTION,
    "rg-commerce-prod",
    "stcommercebackup",
    "restored-files",
);
/// Behind a firewall, in another region, not across tenants.
pub const CLOSED: Target = (PRODUCTION, "rg-insights", "stinsightsarchive", "archive");
/// Copies only from its own tenant, and the vault's identity has no role on it.
pub const SCOPED: Target = (PRODUCTION, "rg-billing-prod", "stbillingkeyless", "ltr-billing");
/// Has no blobs.
pub const FILES: Target = (PRODUCTION, "rg-hr", "stpeoplefiles", "restored");
/// In another subscription, without a container.
pub const OTHER: Target = (DEVELOPMENT, "rg-dev", "stdevscratch", "restored");

pub fn account((subscription, group, name, _): Target) -> ResourceId {
    let kind = "Microsoft.Storage/storageAccounts";
    ResourceId::in_resource_group(subscription, group, kind, name).unwrap()
}

pub fn billing() -> ResourceId {
    let name = "pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101";
    vault("bv-commerce-weu").child("backupInstances", name).unwrap()
}

/// The findings of a target, with what they tell the form.
pub fn findings_of(vault_id: ResourceId, target: Target, prefix: &'static str) -> AnyView {
    findings_of_prefix(vault_id, target, Signal::stored(prefix.to_owned()))
}

/// The same with a prefix that changes.
pub fn findings_of_prefix(vault_id: ResourceId, target: Target, prefix: Signal<String>) -> AnyView {
    let (read, arm) = (RwSignal::new(None::<BackupVault>), use_arm());
    leptos::task::spawn_local(async move {
        read.set(arm.data_protection().vault(&vault_id).await.ok());
    });
    let verdict = RwSignal::new(Verdict::default());
    let chosen = RwSignal::new(None::<Choose>);
    let files = Signal::derive(move || {
        Some(FilesTarget {
            account: account(target),
            container: target.3.parse().unwrap(),
            prefix: prefix.get(),
        })
    });
    view! {
        <TargetFindings
            instance=billing()
            vault=read
            target=files
            on_verdict=Callback::new(move |now| verdict.set(now))
            on_vault=Callback::new(move |vault| read.set(Some(vault)))
            on_choose=Callback::new(move |choose| chosen.set(Some(choose)))
        />
        <p>{move || format!("Verdict: {:?}.", verdict.get())}</p>
        <p>{move || format!("Choose: {:?}.", chosen.get())}</p>
    }
    .into_any()
}

pub async fn rig(target: Target, prepare: impl FnOnce(&mut World)) -> BackupsRig {
    let view = move || findings_of(vault("bv-commerce-weu"), target, "");
    let rig = BackupsRig::with_view(prepare, view).await;
    settle().await;
    rig
}

/// Changes a resource of the world, as somebody does who may.
pub fn patch(world: &mut World, id: &ResourceId, version: &str, body: &Value) {
    let url = format!("https://arm.emulator.invalid{id}?api-version={version}");
    let request = Request::new(Method::Patch, url)
        .with_header("Authorization", "Bearer emulated")
        .with_body(body.to_string());
    let now = "2026-03-12T09:41:00Z".parse().unwrap();
    let status = world.handle(&request, now).response.status;
    assert!(matches!(status, 200 | 202), "{status}");
}

pub fn change(world: &mut World, target: Target, properties: Value) {
    let body = json!({ "properties": properties });
    patch(world, &account(target), "2025-06-01", &body);
}

/// The finding whose title begins so.
pub fn bar(title: &str) -> Element {
    let bars = all(".message").into_iter().map(Element::from);
    let mut bars = bars.filter(|bar| spoken_text(bar).starts_with(title));
    bars.next()
        .unwrap_or_else(|| panic!("no finding {title:?} in {}", page()))
}

pub fn is_mended(title: &str) -> bool {
    bar(title).class_name().contains("message-ok")
}

pub fn dialog() -> String {
    text(&one("dialog[open]"))
}

/// Each setting of the dialog with what it is and what it will be.
pub fn settings() -> Vec<String> {
    let cells = all("dialog tbody :is(th, td)");
    let rows = cells.chunks(3);
    rows.map(|row| row.iter().map(|cell| text(cell)).collect::<Vec<_>>().join(" "))
        .collect()
}

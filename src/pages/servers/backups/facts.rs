//! The strip of facts above the list: what there is, and how long it is kept.

use arm_client::FlexibleServer;

use super::{backup_list::BackupList, row::Kind};
use crate::{
    findings::MOST_ON_DEMAND,
    hooks::Reading,
    prelude::*,
    text,
    ui::{
        changing::view_of,
        facts_strip::{Fact, FactsStrip},
        skeleton::SkeletonCell,
    },
};

/// The strip; what is not known is said to be unknown.
#[component]
pub fn Facts(details: Reading<FlexibleServer>, backups: Reading<BackupList>) -> impl IntoView {
    let of_server = move |fact: fn(&FlexibleServer) -> Option<String>| {
        Signal::derive(move || details.data.with(|server| server.as_ref().and_then(fact)))
    };
    let number_of = move |kind: Kind| {
        backups
            .data
            .with(|backups| backups.as_ref().map(|backups| backups.number_of(kind)))
    };
    let on_demand = Signal::derive(move || {
        number_of(Kind::OnDemand).map(|number| format!("{number} of {MOST_ON_DEMAND}"))
    });
    let automatic = Signal::derive(move || number_of(Kind::Automatic).map(|number| number.to_string()));
    let is_server_read = Signal::derive(move || details.problem.with(Option::is_none));
    let is_list_read = Signal::derive(move || backups.problem.with(Option::is_none));
    view! {
        <FactsStrip label="Backups of this server" class="from-640">
            <Known key="Restorable from" value=of_server(earliest) is_reading=is_server_read />
            <Known key="On-demand backups" note="kept by Azure" value=on_demand is_reading=is_list_read />
            <Known key="Automatic backups" note="daily" value=automatic is_reading=is_list_read />
            <Known
                key="Backup retention"
                note="then deleted automatically"
                value=of_server(retention)
                is_reading=is_server_read
            />
            <Known key="Redundancy" value=of_server(redundancy) is_reading=is_server_read />
        </FactsStrip>
    }
}

/// A fact with its note; while it is read its shape, and *Unknown* without the note where it could not be.
#[component]
fn Known(
    key: &'static str,
    #[prop(optional)] note: Option<&'static str>,
    value: Signal<Option<String>>,
    is_reading: Signal<bool>,
) -> impl IntoView {
    let note = Signal::derive(move || {
        value
            .with(Option::is_some)
            .then_some(note)
            .flatten()
            .map(str::to_owned)
    });
    let shown = view_of(move || match value.get() {
        Some(value) => value.into_any(),
        None if is_reading.get() => view! { <SkeletonCell label="Being read" /> }.into_any(),
        None => "Unknown".into_any(),
    });
    view! { <Fact key note>{shown}</Fact> }
}

fn earliest(server: &FlexibleServer) -> Option<String> {
    // Absent until the first backup exists (reference A4), which is not the same as unknown.
    Some(
        server
            .earliest_restore_date
            .map_or_else(|| "None yet".to_owned(), text::sentence_moment),
    )
}

fn retention(server: &FlexibleServer) -> Option<String> {
    server
        .backup_retention_days
        .map(|days| text::count(days as usize, "day"))
}

fn redundancy(server: &FlexibleServer) -> Option<String> {
    let is_geo = server
        .geo_redundant_backup
        .as_ref()?
        .eq_ignore_ascii_case("Enabled");
    Some(if is_geo { "Geo-redundant" } else { "In its region" }.to_owned())
}

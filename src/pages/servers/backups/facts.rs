//! The strip of facts above the list: what there is, and how long it is kept.

use arm_client::{Backup, FlexibleServer};
use leptos::prelude::*;

use super::row::{Kind, rows};
use crate::{
    hooks::Reading,
    text,
    ui::facts_strip::{Fact, FactsStrip},
};

/// How many on-demand backups Azure keeps of a server (reference E).
pub const MOST_ON_DEMAND: usize = 7;

/// The strip; what is not known is said to be unknown.
#[component]
pub fn Facts(details: Reading<FlexibleServer>, backups: Reading<Vec<Backup>>) -> impl IntoView {
    let of_server = move |fact: fn(&FlexibleServer) -> Option<String>| {
        move || {
            details
                .data
                .with(|server| server.as_ref().and_then(fact))
                .unwrap_or_else(|| "Unknown".to_owned())
        }
    };
    let number_of = move |kind: Kind| {
        backups.data.with(|backups| {
            let rows = rows(backups.as_ref()?, None);
            Some(rows.iter().filter(|row| row.kind == kind).count())
        })
    };
    let on_demand = move || {
        number_of(Kind::OnDemand).map_or_else(
            || "Unknown".to_owned(),
            |number| format!("{number} of {MOST_ON_DEMAND}"),
        )
    };
    let automatic =
        move || number_of(Kind::Automatic).map_or_else(|| "Unknown".to_owned(), |number| number.to_string());
    view! {
        <FactsStrip label="Backups of this server" class="from-640">
            <Fact key="Restorable from">{of_server(earliest)}</Fact>
            <Fact key="On-demand backups" note="kept by Azure">{on_demand}</Fact>
            <Fact key="Automatic backups" note="daily">{automatic}</Fact>
            <Fact key="Backup retention" note="then deleted automatically">{of_server(retention)}</Fact>
            <Fact key="Redundancy">{of_server(redundancy)}</Fact>
        </FactsStrip>
    }
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

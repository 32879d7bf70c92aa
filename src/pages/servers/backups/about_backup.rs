//! What is known of a backup before it is taken.

use arm_client::FlexibleServer;
use arm_core::ResourceId;

use super::{backup_list::BackupList, row::Kind};
use crate::{
    findings::{MOST_ON_DEMAND, Running},
    hooks::Reading,
    prelude::*,
    services::use_services,
    text,
    ui::changing::{text_of, view_of},
};

/// Server, time of keeping, number and duration.
#[component]
pub fn AboutBackup(
    server: StoredValue<ResourceId>,
    details: Reading<FlexibleServer>,
    backups: Reading<BackupList>,
    running: Memo<Vec<Running>>,
) -> impl IntoView {
    let now = use_services().page_clock.now();
    let kept_until = view_of(move || {
        let days = details
            .data
            .with(|details| details.as_ref().and_then(|details| details.backup_retention_days));
        match days {
            Some(days) => {
                let until = text::long_date(now + chrono::TimeDelta::days(days.into()));
                let days = format!("{}, as set on the server", text::count(days as usize, "day"));
                view! { {until} " " <span class="caption">{days}</span> }.into_any()
            }
            None => "Unknown".into_any(),
        }
    });
    let kept = text_of(move || {
        let on_demand = backups
            .data
            .with(|backups| Some(backups.as_ref()?.number_of(Kind::OnDemand)));
        on_demand.map_or_else(
            || "Unknown".to_owned(),
            |on_demand| kept_words(on_demand, running.with(Vec::len)),
        )
    });
    view! {
        <dl class="pane-facts">
            <div><dt>"Server"</dt><dd>{server.get_value().name().to_owned()}</dd></div>
            <div><dt>"Kept until"</dt><dd>{kept_until}</dd></div>
            <div><dt>"On-demand kept"</dt><dd>{kept}</dd></div>
            <div><dt>"Duration"</dt><dd>"A few minutes. You may close this tab."</dd></div>
        </dl>
    }
}

/// How many on-demand backups there will be of those that Azure keeps.
fn kept_words(on_demand: usize, running: usize) -> String {
    let with_this = on_demand + running + 1;
    match running {
        // What becomes of one more is not documented (reference A7), so it is not counted.
        _ if with_this > MOST_ON_DEMAND => {
            format!("{} of {MOST_ON_DEMAND}, without this one", on_demand + running)
        }
        0 => format!("{with_this} of {MOST_ON_DEMAND}, with this one"),
        1 => format!("{with_this} of {MOST_ON_DEMAND}, with this and the running one"),
        _ => format!("{with_this} of {MOST_ON_DEMAND}, with this and {running} running ones"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_kept_counts_what_runs_and_promises_no_eighth() {
        for (on_demand, running, expected) in [
            (0, 0, "1 of 7, with this one"),
            (3, 1, "5 of 7, with this and the running one"),
            (3, 2, "6 of 7, with this and 2 running ones"),
            (6, 0, "7 of 7, with this one"),
            (7, 0, "7 of 7, without this one"),
            (6, 1, "7 of 7, without this one"),
            (8, 0, "8 of 7, without this one"),
        ] {
            assert_eq!(kept_words(on_demand, running), expected);
        }
    }
}

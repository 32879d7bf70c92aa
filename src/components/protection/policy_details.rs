//! What a backup policy says, and what comes of it.

use arm_client::data_protection::{PlannedPoint, PolicyRules};
use arm_core::Timestamp;

use super::{date_field::DateField, policy_words, preview};
use crate::{
    components::Findings,
    findings::protection::several_weekly_runs,
    hooks::use_rested,
    prelude::*,
    services::use_services,
    text,
    ui::{changing::view_of, unique_id::unique_id},
};

/// Schedule and retention in words, what is known to be wrong with them, and the recovery points of a chosen day.
#[component]
pub fn PolicyDetails(
    /// What the policy says now.
    #[prop(into)]
    rules: Signal<PolicyRules>,
    /// Since when something is protected by it; from now on where nothing is yet.
    #[prop(optional_no_strip)]
    since: Option<Timestamp>,
) -> impl IntoView {
    let found = Memo::new(move |_| rules.with(|rules| Vec::from_iter(several_weekly_runs(rules))));
    view! {
        <div class="policy">
            <dl class="pane-facts">
                <div>
                    <dt>"Schedule"</dt>
                    <dd>{move || rules.with(policy_words::schedule)}</dd>
                </div>
                <div>
                    <dt>"Type of backup"</dt>
                    <dd>"Full, into the vault"</dd>
                </div>
            </dl>
            <Findings label="Checks of the policy" findings=found on_fix=Callback::new(|_| ()) />
            {view_of(move || rules.with(retention))}
            <PolicyPreview rules since />
        </div>
    }
}

/// How long the backups of each tag are kept, the strongest tag first.
fn retention(rules: &PolicyRules) -> AnyView {
    let mut tags: Vec<_> = rules.tags.iter().collect();
    tags.sort_by_key(|tag| tag.priority);
    let has_others = tags.len() > 1;
    let rows = tags.into_iter().map(|tag| {
        let kept = rules.kept(&tag.name).map_or_else(
            || "Unknown".to_owned(),
            |kept| format!("{} after it was taken", policy_words::kept(kept)),
        );
        view! {
            <tr>
                <th scope="row">{tag.name.clone()}</th>
                <td>{policy_words::which(tag, has_others)}</td>
                <td>{kept}</td>
            </tr>
        }
    });
    let note = has_others.then(|| {
        view! { <p class="caption">"A backup that more than one of them means gets the upper one."</p> }
    });
    view! {
        <div class="policy-part">
            <h3>"Retention"</h3>
            <div class="table-card">
                <table class="table policy-table">
                    <thead>
                        <tr>
                            <th scope="col">"Tag"</th>
                            <th scope="col">"Which backups"</th>
                            <th scope="col">"Kept until"</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            {note}
        </div>
    }
    .into_any()
}

/// Which recovery points exist on a day that one chooses.
#[component]
pub fn PolicyPreview(
    /// What the policy says now.
    #[prop(into)]
    rules: Signal<PolicyRules>,
    /// Since when something is protected by it; from now on where nothing is yet.
    #[prop(optional_no_strip)]
    since: Option<Timestamp>,
) -> impl IntoView {
    let since = since.unwrap_or_else(|| use_services().page_clock.now());
    let typed = RwSignal::new(preview::first_day(since).to_string());
    let (rested, _) = use_rested(typed);
    let shown =
        Memo::new(move |_| rules.with(|rules| rested.with(|typed| preview::preview(rules, since, typed))));
    let error = Signal::derive(move || shown.with(|shown| shown.as_ref().err().cloned()));
    let title = StoredValue::new(unique_id("preview"));
    let points = view_of(move || match shown.get() {
        Ok(preview) => {
            let rows = preview.points.iter().map(row).collect_view();
            let is_empty = preview.points.is_empty();
            view! {
                <p role="status">{preview::summary(&preview)}</p>
                {(!is_empty).then(|| table(rows, title))}
            }
            .into_any()
        }
        Err(_) => ().into_any(),
    });
    view! {
        <div class="policy-part">
            <h3 id=title.get_value()>"Recovery points on a day"</h3>
            <DateField
                label="Day"
                value=typed
                min=text::date(since)
                hint="What can be restored at the end of this day (UTC), if every backup succeeds."
                error
            />
            {points}
        </div>
    }
}

fn table(rows: impl IntoView + 'static, title: StoredValue<String>) -> AnyView {
    view! {
        <div class="table-card policy-points" role="region" tabindex="0" aria-labelledby=title.get_value()>
            <table class="table policy-table" aria-labelledby=title.get_value()>
                <thead>
                    <tr>
                        <th scope="col">"Taken (UTC)"</th>
                        <th scope="col">"Tag"</th>
                        <th scope="col">"Kept until (UTC)"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(point: &PlannedPoint) -> impl IntoView + use<> {
    view! {
        <tr>
            <th scope="row">{text::date_and_minute(point.time)}</th>
            <td>{point.tag.clone()}</td>
            <td>{text::date_and_minute(point.expires)}</td>
        </tr>
    }
}

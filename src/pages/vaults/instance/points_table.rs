//! Recovery points as a table.

use arm_client::data_protection::RecoveryPoint;

use super::{Page, acting::reason, allowed::Command, points};
use crate::{
    components::{CopyButton, Moment, protection::moment},
    location::link,
    prelude::*,
    routes, text,
    ui::{
        badge::Badge,
        button::Button,
        changing::{text_of, view_if},
    },
};

/// How many rows are added at a time.
const STEP: usize = 50;

/// A point and whether it is the latest until the moment that is asked for.
type Row = (RecoveryPoint, bool);

/// The table; with a moment until which they are asked for, the first is the latest until then.
#[component]
pub fn Table(page: Page, found: Signal<Vec<RecoveryPoint>>, until: RwSignal<String>) -> impl IntoView {
    let most = RwSignal::new(STEP);
    let shown = Memo::new(move |_| {
        let most = most.get();
        let is_asked_for = until.with(|text| moment(text).is_some());
        found.with(|points| {
            let points = points.iter().take(most).cloned().enumerate();
            points
                .map(|(index, point)| (point, is_asked_for && index == 0))
                .collect::<Vec<Row>>()
        })
    });
    let more = Memo::new(move |_| found.with(Vec::len).saturating_sub(most.get()));
    let has_more = Signal::derive(move || more.get() > 0);
    let on_more = Callback::new(move |()| most.update(|most| *most += STEP));
    view! {
        <div class="table-card">
            <table class="table table-cards table-points">
                <caption class="visually-hidden">"Recovery points, newest first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Time (UTC)"</th>
                        <th scope="col">"Retention tag"</th>
                        <th scope="col">"Type"</th>
                        <th scope="col">"Kept until (UTC)"</th>
                        <th scope="col">"Data stores"</th>
                        <th scope="col">"Id, friendly name"</th>
                        <th scope="col" class="cell-actions">"Actions"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || shown.get() key=key children=move |shown| row(page, &shown) />
                </tbody>
            </table>
        </div>
        {view_if(has_more, move || {
            let words = move || text_of(move || format!("Show {} more", more.get().min(STEP)));
            view! { <div><Button on_click=on_more>{words()}</Button></div> }.into_any()
        })}
    }
}

/// A row is another one when anything that it shows is.
fn key(row: &Row) -> String {
    format!("{row:?}")
}

fn row(page: Page, (point, is_latest): &Row) -> AnyView {
    let time = match point.time {
        Some(at) => view! { <Moment at /> }.into_any(),
        None => "Unknown".into_any(),
    };
    let expiry = match points::expiry(point) {
        Some(at) => view! { <Moment at /> }.into_any(),
        None => "Unknown".into_any(),
    };
    let kind = match (point.kind.as_deref(), point.state.as_deref()) {
        (kind, None | Some("Completed")) => kind.unwrap_or("Unknown").to_owned(),
        (kind, Some(state)) => format!("{}, {}", kind.unwrap_or("Unknown"), state.to_ascii_lowercase()),
    };
    let tag = point.tag.clone().unwrap_or_else(|| "None".to_owned());
    let by = point
        .policy_name
        .clone()
        .map(|policy| format!("By policy {policy}"));
    view! {
        <tr>
            <td class="cell-name cell-completed">
                {time} {is_latest.then(|| view! { " " <Badge>"Latest until then"</Badge> })}
            </td>
            <td data-label="Retention tag" title=by>{tag}</td>
            <td data-label="Type">{kind}</td>
            <td class="cell-completed" data-label="Kept until">{expiry}</td>
            <td data-label="Data stores">{stores(point)}</td>
            <td data-label="Id, friendly name">{ids(point)}</td>
            <td class="cell-actions"><span class="cell-actions-row">{restoring(page, point)}</span></td>
        </tr>
    }
    .into_any()
}

/// The id that a restore names, and the friendly name that the document's prose has and no restore takes.
fn ids(point: &RecoveryPoint) -> AnyView {
    let line = |words: &'static str, copy: &'static str, id: &str| {
        let (text, title) = (id.to_owned(), format!("{words} {id}"));
        view! {
            <span class="point-id">
                <code title=title>{shortened(id)}</code>
                <CopyButton label=copy text icon_only=true small=true />
            </span>
        }
    };
    let friendly = point.friendly_name.as_deref();
    let friendly = friendly.map(|name| line("Friendly name", "Copy friendly name", name));
    let id = line(
        "Recovery point",
        "Copy recovery point id",
        &point.recovery_point_id,
    );
    view! { <span class="point-ids">{id} {friendly}</span> }.into_any()
}

/// `eb006fde…be9b`: whole in its tooltip and when it is copied.
fn shortened(id: &str) -> String {
    if id.is_ascii() && id.len() > 16 {
        format!("{}\u{2026}{}", &id[..8], &id[id.len() - 4..])
    } else {
        id.to_owned()
    }
}

/// The way to the form with this point, where the instance can be restored.
fn restoring(page: Page, point: &RecoveryPoint) -> AnyView {
    let path = page
        .id
        .with_value(|id| routes::restore(id, Some(&point.recovery_point_id)));
    let name = point.time.map(text::sentence_moment);
    let name = StoredValue::new(format!(" {}", name.as_deref().unwrap_or("of unknown time")));
    let can_be = Memo::new(move |_| reason(page, Command::Restore).is_none());
    let path = StoredValue::new(path.unwrap_or_default());
    view_if(can_be, move || {
        view! {
            <a class="button button-subtle button-small" href=link(&path.get_value())>
                "Restore" <span class="visually-hidden">{name.get_value()}</span>
            </a>
        }
        .into_any()
    })
}

/// Each store with its state, and with its own end where there are several.
fn stores(point: &RecoveryPoint) -> AnyView {
    if point.stores.is_empty() {
        return "Unknown".into_any();
    }
    let has_many = point.stores.len() > 1;
    let stores = point.stores.iter().map(|store| {
        let state = store.state.as_deref().map(points::calm);
        let state = state.map(|state| format!(", {}", state.to_lowercase())).unwrap_or_default();
        let until = store.expires.filter(|_| has_many);
        let until = until
            .map(|until| format!(", until {}", text::long_date(until)))
            .unwrap_or_default();
        view! { <span class="point-store">{format!("{}{state}{until}", points::store_name(&store.kind))}</span> }
    });
    stores.collect_view().into_any()
}

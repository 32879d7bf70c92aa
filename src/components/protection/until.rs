//! The fields for a moment: until when recovery points are asked for, and since when.

use arm_core::Timestamp;
use chrono::NaiveDateTime;

use crate::{
    components::local_time,
    prelude::*,
    ui::{changing::text_of, unique_id::unique_id},
};

/// Until when: the latest until then is the one that is meant.
#[component]
pub fn UntilField(
    /// What is typed, as the browser writes it.
    value: RwSignal<String>,
) -> impl IntoView {
    let hint = "Such as the last moment before something went wrong; in UTC, as all times here.";
    moment_field("Latest at or before (UTC)", hint, value)
}

/// Since when.
#[component]
pub fn SinceField(
    /// What is typed, as the browser writes it.
    value: RwSignal<String>,
) -> impl IntoView {
    moment_field("Taken since (UTC)", "Those that were taken then or later.", value)
}

/// The browser's own field for a day and a time, which is UTC here.
fn moment_field(label: &'static str, empty: &'static str, value: RwSignal<String>) -> AnyView {
    let id = unique_id("moment");
    let hint = format!("{id}-hint");
    let words = text_of(move || match value.with(|text| moment(text)) {
        Some(moment) => format!("On your clock: {}.", local_time(moment)),
        None => empty.to_owned(),
    });
    view! {
        <div class="field field-date">
            <label class="field-label" for=id.clone()>{label}</label>
            <div class="field-box">
                <input
                    class="field-input"
                    id=id
                    type="datetime-local"
                    step="1"
                    aria-describedby=hint.clone()
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                />
            </div>
            <div class="field-below">
                <div class="field-messages">
                    <p class="field-hint" id=hint>{words}</p>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// The moment that the field holds: `2026-03-12T10:02` or with seconds.
pub fn moment(text: &str) -> Option<Timestamp> {
    let formats = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"];
    let mut read = formats
        .iter()
        .filter_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    read.next().map(|moment| moment.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_is_read_as_utc() {
        for (text, expected) in [
            ("2026-03-12T10:02", Some("2026-03-12T10:02:00Z")),
            ("2026-03-12T10:02:11", Some("2026-03-12T10:02:11Z")),
            ("2026-03-12", None),
            ("", None),
        ] {
            assert_eq!(
                moment(text),
                expected.and_then(|time| time.parse().ok()),
                "{text}"
            );
        }
    }
}

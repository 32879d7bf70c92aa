//! The latest recovery point at or before a moment: the field for it, and which points that leaves.

use arm_client::data_protection::RecoveryPoint;
use arm_core::Timestamp;
use chrono::NaiveDateTime;

use crate::{
    components::local_time,
    prelude::*,
    ui::{changing::text_of, unique_id::unique_id},
};

/// The browser's own field for a day and a time, which is UTC here.
#[component]
pub fn UntilField(
    /// What is typed, as the browser writes it.
    value: RwSignal<String>,
) -> impl IntoView {
    let id = unique_id("until");
    let hint = format!("{id}-hint");
    let words = text_of(move || match value.with(|text| moment(text)) {
        Some(moment) => format!("On your clock: {}.", local_time(moment)),
        None => "Such as the last moment before something went wrong; in UTC, as all times here.".to_owned(),
    });
    view! {
        <div class="field field-date">
            <label class="field-label" for=id.clone()>"Latest at or before (UTC)"</label>
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
}

/// The moment that the field holds: `2026-03-12T10:02` or with seconds.
pub fn moment(text: &str) -> Option<Timestamp> {
    let formats = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"];
    let mut read = formats
        .iter()
        .filter_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    read.next().map(|moment| moment.and_utc())
}

/// The points that were taken until then, newest first; all of them without a moment.
pub fn taken_until(points: &[RecoveryPoint], moment: Option<Timestamp>) -> Vec<RecoveryPoint> {
    let is_until = |point: &&RecoveryPoint| match (moment, point.time) {
        (None, _) => true,
        (Some(moment), Some(time)) => time <= moment,
        (Some(_), None) => false,
    };
    points.iter().filter(is_until).cloned().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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

    #[test]
    fn those_until_a_moment_are_kept_in_their_order() {
        let point = |id: &str, time: Option<&str>| -> RecoveryPoint {
            let point = json!({ "name": id, "properties": { "recoveryPointTime": time } });
            serde_json::from_value(point).expect("a point")
        };
        let points = [
            point("c", Some("2026-03-15T02:00:00Z")),
            point("b", Some("2026-03-08T02:00:00Z")),
            point("a", Some("2026-03-01T02:00:00Z")),
            point("timeless", None),
        ];
        for (until, expected) in [
            (None, &["c", "b", "a", "timeless"][..]),
            (Some("2026-03-08T02:00:00Z"), &["b", "a"]),
            (Some("2026-02-01T00:00:00Z"), &[]),
        ] {
            let until = until.and_then(|time| time.parse().ok());
            let found = taken_until(&points, until);
            let ids: Vec<_> = found
                .iter()
                .map(|point| point.recovery_point_id.as_str())
                .collect();
            assert_eq!(ids, expected);
        }
    }
}

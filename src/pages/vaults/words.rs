//! The settings of a backup vault in the words people use; pure.

use arm_client::data_protection::{Immutability, Redundancy, SoftDelete};

use crate::text;

/// What Azure did not say.
pub const UNKNOWN: &str = "Unknown";

/// *Geo-redundant*; a word of a later version as it came.
pub fn redundancy(redundancy: Option<&Redundancy>) -> String {
    match redundancy {
        Some(Redundancy::Local) => "Locally redundant",
        Some(Redundancy::Zone) => "Zone-redundant",
        Some(Redundancy::Geo) => "Geo-redundant",
        Some(Redundancy::Other(word)) => word,
        None => UNKNOWN,
    }
    .to_owned()
}

/// *On*.
pub fn soft_delete(soft_delete: Option<&SoftDelete>) -> String {
    match soft_delete {
        Some(SoftDelete::Off) => "Off",
        Some(SoftDelete::On) => "On",
        Some(SoftDelete::AlwaysOn) => "Always on",
        Some(SoftDelete::Other(word)) => word,
        None => UNKNOWN,
    }
    .to_owned()
}

/// *14 days*, where deleted instances are kept at all.
pub fn kept_for(soft_delete: Option<&SoftDelete>, days: Option<f64>) -> Option<String> {
    let is_on = !matches!(soft_delete, Some(SoftDelete::Off) | None);
    // The service writes whole days as a fraction.
    let days = days.filter(|days| is_on && (1.0..=f64::from(u16::MAX)).contains(days))?;
    Some(text::count(days as usize, "day"))
}

/// *Unlocked*: on, and somebody may switch it off.
pub fn immutability(immutability: Option<&Immutability>) -> String {
    immutability.map_or(UNKNOWN, Immutability::as_str).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_written_as_people_say_them_and_later_words_as_they_came() {
        for (word, expected) in [
            ("GeoRedundant", "Geo-redundant"),
            ("locallyredundant", "Locally redundant"),
            ("Sixfold", "Sixfold"),
        ] {
            assert_eq!(redundancy(Some(&Redundancy::from(word.to_owned()))), expected);
        }
        for (word, expected) in [("OFF", "Off"), ("AlwaysOn", "Always on"), ("Later", "Later")] {
            assert_eq!(soft_delete(Some(&SoftDelete::from(word.to_owned()))), expected);
        }
        assert_eq!(
            [redundancy(None), soft_delete(None), immutability(None)],
            [UNKNOWN; 3]
        );
    }

    #[test]
    fn days_are_told_where_soft_delete_is_on() {
        for (state, days, expected) in [
            (Some(SoftDelete::On), Some(14.0), Some("14 days")),
            (Some(SoftDelete::AlwaysOn), Some(1.0), Some("1 day")),
            (Some(SoftDelete::Off), Some(14.0), None),
            (None, Some(14.0), None),
            (Some(SoftDelete::On), Some(-3.0), None),
            (Some(SoftDelete::On), None, None),
        ] {
            assert_eq!(
                kept_for(state.as_ref(), days).as_deref(),
                expected,
                "{state:?} {days:?}"
            );
        }
    }
}

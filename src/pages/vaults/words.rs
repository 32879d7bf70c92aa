//! The settings of a backup vault in the words people use; pure.

use arm_client::data_protection::{Immutability, Redundancy, SoftDelete};

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
}

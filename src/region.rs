//! Azure's regions by the names people use; pure.

/// The regions' display names (`az account list-locations`; Azure geographies, 2026), of all clouds.
///
/// A region's id is its display name in lower case without the spaces.
const DISPLAY_NAMES: [&str; 72] = [
    "Australia Central",
    "Australia Central 2",
    "Australia East",
    "Australia Southeast",
    "Austria East",
    "Belgium Central",
    "Brazil South",
    "Brazil Southeast",
    "Canada Central",
    "Canada East",
    "Central India",
    "Central US",
    "Central US EUAP",
    "Chile Central",
    "China East",
    "China East 2",
    "China East 3",
    "China North",
    "China North 2",
    "China North 3",
    "Denmark East",
    "East Asia",
    "East US",
    "East US 2",
    "East US 2 EUAP",
    "France Central",
    "France South",
    "Germany North",
    "Germany West Central",
    "Indonesia Central",
    "Israel Central",
    "Italy North",
    "Japan East",
    "Japan West",
    "Jio India Central",
    "Jio India West",
    "Korea Central",
    "Korea South",
    "Malaysia West",
    "Mexico Central",
    "New Zealand North",
    "North Central US",
    "North Europe",
    "Norway East",
    "Norway West",
    "Poland Central",
    "Qatar Central",
    "South Africa North",
    "South Africa West",
    "South Central US",
    "South India",
    "Southeast Asia",
    "Spain Central",
    "Sweden Central",
    "Sweden South",
    "Switzerland North",
    "Switzerland West",
    "UAE Central",
    "UAE North",
    "UK South",
    "UK West",
    "USDoD Central",
    "USDoD East",
    "USGov Arizona",
    "USGov Texas",
    "USGov Virginia",
    "West Central US",
    "West Europe",
    "West India",
    "West US",
    "West US 2",
    "West US 3",
];

/// *West Europe* for `westeurope`, as Resource Graph has it, and for `West Europe`, as the provider has it; a region
/// that is not in the table stays as it is told.
pub fn display_name(location: &str) -> &str {
    let is_it = |name: &&str| letters(name).eq(letters(location));
    DISPLAY_NAMES.into_iter().find(is_it).unwrap_or(location)
}

/// The regions as people call them, in alphabetical order.
pub fn names() -> &'static [&'static str] {
    &DISPLAY_NAMES
}

/// `westeurope`, as Azure has it in ids, for a region that is in the table, however it is spelled.
pub fn id(name: &str) -> Option<String> {
    let known = DISPLAY_NAMES
        .into_iter()
        .find(|known| letters(known).eq(letters(name)))?;
    Some(letters(known).map(char::from).collect())
}

fn letters(name: &str) -> impl Iterator<Item = u8> {
    name.bytes()
        .filter(|byte| *byte != b' ')
        .map(|byte| byte.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_have_one_name_and_nothing_is_invented() {
        for (location, expected) in [
            ("westeurope", "West Europe"),
            ("West Europe", "West Europe"),
            ("WESTEUROPE", "West Europe"),
            ("germanywestcentral", "Germany West Central"),
            ("eastus2euap", "East US 2 EUAP"),
            ("eastus2", "East US 2"),
            ("usgovvirginia", "USGov Virginia"),
            ("chinanorth3", "China North 3"),
            ("atlantisnorth", "atlantisnorth"),
            ("west", "west"),
            ("", ""),
        ] {
            assert_eq!(display_name(location), expected, "{location}");
        }
    }

    #[test]
    fn a_region_has_an_id_however_it_is_spelled_and_others_have_none() {
        for (name, expected) in [
            ("West Europe", Some("westeurope")),
            ("west europe", Some("westeurope")),
            ("EastUS2", Some("eastus2")),
            ("Atlantis North", None),
            ("", None),
        ] {
            assert_eq!(id(name).as_deref(), expected, "{name}");
        }
        assert!(
            names()
                .iter()
                .all(|name| id(name).is_some_and(|id| display_name(&id) == *name))
        );
    }

    #[test]
    fn no_region_stands_twice() {
        for (index, name) in DISPLAY_NAMES.iter().enumerate() {
            assert_eq!(display_name(name), *name);
            let again = DISPLAY_NAMES[index + 1..]
                .iter()
                .any(|other| letters(other).eq(letters(name)));
            assert!(!again, "{name}");
        }
    }
}

//! The address of a resource.

use std::{
    fmt,
    hash::{Hash, Hasher},
    str::FromStr,
};

use serde::{Deserialize, Serialize};

/// The id of a subscription, a resource group, a resource or a child of one.
///
/// `/subscriptions/{id}[/resourceGroups/{name}][/providers/{namespace}/{type}/{name}[/{type}/{name}]…]`
///
/// Two ids are equal when they differ only in case, as Azure's are (reference, *Path parameters*).
/// The spelling received is the spelling shown.
///
/// ```
/// use arm_core::ResourceId;
/// let server: ResourceId = "/subscriptions/0000/resourceGroups/rg-a/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-a".parse()?;
/// assert_eq!(server.name(), "pg-a");
/// assert_eq!(server.resource_type().as_deref(), Some("Microsoft.DBforPostgreSQL/flexibleServers"));
/// # Ok::<(), arm_core::ParseResourceIdError>(())
/// ```
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ResourceId(String);

/// Why a text is no resource id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseResourceIdError(&'static str);

impl ResourceId {
    /// The id of a subscription.
    ///
    /// # Errors
    /// When the subscription id is empty or holds a character that no id has.
    pub fn subscription(subscription_id: &str) -> Result<Self, ParseResourceIdError> {
        format!("/subscriptions/{subscription_id}").parse()
    }

    /// The id of a resource directly in a resource group; `resource_type` is `namespace/type`.
    ///
    /// # Errors
    /// When a part is empty or holds a character that no id has.
    pub fn in_resource_group(
        subscription_id: &str,
        resource_group: &str,
        resource_type: &str,
        name: &str,
    ) -> Result<Self, ParseResourceIdError> {
        format!("/subscriptions/{subscription_id}/resourceGroups/{resource_group}/providers/{resource_type}/{name}")
            .parse()
    }

    /// The id of a child resource, such as a backup of a server.
    ///
    /// # Errors
    /// When a part is empty or holds a character that no id has.
    pub fn child(&self, child_type: &str, name: &str) -> Result<Self, ParseResourceIdError> {
        format!("{}/{child_type}/{name}", self.0).parse()
    }

    /// The id as it was received.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The subscription's id.
    pub fn subscription_id(&self) -> &str {
        self.segment_after("subscriptions").unwrap_or_default()
    }

    /// The name of the resource group, unless the id is above one.
    pub fn resource_group(&self) -> Option<&str> {
        self.segment_after("resourceGroups")
    }

    /// The last segment: what the resource is called.
    pub fn name(&self) -> &str {
        self.segments().last().unwrap_or_default()
    }

    /// `namespace/type[/type]…`, unless the id is a subscription or a resource group.
    pub fn resource_type(&self) -> Option<String> {
        let mut segments = self
            .segments()
            .skip_while(|segment| !segment.eq_ignore_ascii_case("providers"));
        let namespace = segments.nth(1)?;
        let types = segments.step_by(2);
        Some(types.fold(namespace.to_owned(), |path, next| path + "/" + next))
    }

    /// The id one level up: of a child its resource, of a resource its group.
    pub fn parent(&self) -> Option<Self> {
        let segments: Vec<_> = self.segments().collect();
        let cut = match segments.as_slice() {
            // A top-level resource is followed by its provider: four segments belong to it.
            [above @ .., providers, _, _, _] if providers.eq_ignore_ascii_case("providers") => above,
            [above @ .., _, _] => above,
            _ => return None,
        };
        format!("/{}", cut.join("/")).parse().ok()
    }

    fn segments(&self) -> impl Iterator<Item = &str> {
        self.0.split('/').skip(1)
    }

    fn segment_after(&self, key: &str) -> Option<&str> {
        self.segments()
            .skip_while(|segment| !segment.eq_ignore_ascii_case(key))
            .nth(1)
    }
}

impl FromStr for ResourceId {
    type Err = ParseResourceIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let rest = text
            .strip_prefix('/')
            .ok_or(ParseResourceIdError("it does not begin with a slash"))?;
        let segments: Vec<_> = rest.split('/').collect();
        if segments.iter().any(|segment| !is_segment(segment)) {
            return Err(ParseResourceIdError(
                "a part of it is empty or holds a character that no id has",
            ));
        }
        if !segments[0].eq_ignore_ascii_case("subscriptions") || segments.len() < 2 {
            return Err(ParseResourceIdError("it does not begin with /subscriptions/{id}"));
        }
        if segments.len() % 2 != 0 {
            return Err(ParseResourceIdError("a type in it has no name"));
        }
        let below = &segments[2..];
        let provider = match below {
            [] => return Ok(Self(text.to_owned())),
            [groups, _, rest @ ..] if groups.eq_ignore_ascii_case("resourceGroups") => rest,
            rest => rest,
        };
        match provider {
            [] => Ok(Self(text.to_owned())),
            [providers, _, _, _, ..] if providers.eq_ignore_ascii_case("providers") => {
                Ok(Self(text.to_owned()))
            }
            _ => Err(ParseResourceIdError(
                "a provider, a type and a name do not follow",
            )),
        }
    }
}

/// What a segment may hold goes into a URL as it stands: nothing that would end or change the path.
fn is_segment(segment: &str) -> bool {
    let is_allowed = |c: char| c.is_alphanumeric() || "-._()~!$'*,;=@ ".contains(c);
    !segment.is_empty() && segment != "." && segment != ".." && segment.chars().all(is_allowed)
}

impl TryFrom<String> for ResourceId {
    type Error = ParseResourceIdError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ResourceId> for String {
    fn from(id: ResourceId) -> Self {
        id.0
    }
}

impl PartialEq for ResourceId {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for ResourceId {}

impl Hash for ResourceId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_ascii_lowercase().hash(state);
    }
}

impl PartialOrd for ResourceId {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ResourceId {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.to_ascii_lowercase().cmp(&other.0.to_ascii_lowercase())
    }
}

impl fmt::Display for ResourceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for ParseResourceIdError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "not a resource id: {}", self.0)
    }
}

impl std::error::Error for ParseResourceIdError {}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVER: &str =
        "/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-a";

    fn id(text: &str) -> ResourceId {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn a_server_is_taken_apart() {
        let server = id(SERVER);
        assert_eq!(server.subscription_id(), "s-1");
        assert_eq!(server.resource_group(), Some("rg"));
        assert_eq!(server.name(), "pg-a");
        assert_eq!(
            server.resource_type().as_deref(),
            Some("Microsoft.DBforPostgreSQL/flexibleServers")
        );
    }

    #[test]
    fn case_does_not_tell_ids_apart() {
        let mixed = SERVER
            .replace("resourceGroups", "resourcegroups")
            .replace("pg-a", "PG-A");
        assert_eq!(id(&mixed), id(SERVER));
        assert_eq!(
            id(&mixed).name(),
            "PG-A",
            "the spelling received is the spelling shown"
        );
    }

    #[test]
    fn parents_lead_up_to_the_subscription() {
        let backup = id(SERVER).child("backups", "before-v42").expect("a child");
        let mut above = Vec::new();
        let mut next = backup.parent();
        while let Some(id) = next {
            next = id.parent();
            above.push(id.to_string());
        }
        assert_eq!(
            above,
            [
                SERVER,
                "/subscriptions/s-1/resourceGroups/rg",
                "/subscriptions/s-1"
            ]
        );
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in [
            "",
            "/",
            "subscriptions/s",
            "/subscriptions",
            "/subscriptions/",
            "/tenants/t",
            "/subscriptions/s/resourceGroups",
            "/subscriptions/s/resourceGroups/rg/providers/Microsoft.A/b",
            "/subscriptions/s/resourceGroups/../providers/Microsoft.A/b/c",
            "/subscriptions/s/resourceGroups/rg?x=1",
            "/subscriptions/s/resourceGroups/rg#f",
            "/subscriptions/s/resourceGroups/r%2fg",
            "/subscriptions/s//rg",
            "/subscriptions/s/resourceGroups/a\\b",
        ] {
            assert!(text.parse::<ResourceId>().is_err(), "{text}");
        }
    }
}

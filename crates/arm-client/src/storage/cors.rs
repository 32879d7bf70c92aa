//! Which pages may read what the blob service of an account answers (reference G6, auth #68, #69).

use serde::Deserialize;
use serde_json::Value;

/// The CORS rules of an account's blob service.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Value")]
pub struct BlobCors {
    rules: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    origins: Vec<String>,
    methods: Vec<String>,
}

impl BlobCors {
    /// Whether a page of this origin may read what is answered to a `GET` without any header of its own.
    pub fn lets_read(&self, origin: &str) -> bool {
        self.rules.iter().any(|rule| {
            let is_get = |method: &String| method.eq_ignore_ascii_case("GET");
            rule.methods.iter().any(is_get) && rule.origins.iter().any(|known| is_meant(known, origin))
        })
    }
}

/// Whether a rule's origin means this one: any, itself, or all hosts below a domain (`https://*.contoso.com`).
fn is_meant(known: &str, origin: &str) -> bool {
    if known == "*" || known == origin {
        return true;
    }
    let Some((scheme, domain)) = known.split_once("//*.") else {
        return false;
    };
    let host = origin
        .strip_prefix(scheme)
        .and_then(|rest| rest.strip_prefix("//"));
    host.and_then(|host| host.strip_suffix(domain))
        .is_some_and(|below| below.len() > 1 && below.ends_with('.'))
}

impl From<Value> for BlobCors {
    fn from(service: Value) -> Self {
        let rules = service
            .pointer("/properties/cors/corsRules")
            .and_then(Value::as_array);
        let words = |rule: &Value, list: &str| {
            let words = rule[list].as_array().into_iter().flatten();
            words.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let rules = rules.into_iter().flatten().map(|rule| Rule {
            origins: words(rule, "allowedOrigins"),
            methods: words(rule, "allowedMethods"),
        });
        Self {
            rules: rules.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_rule_lets_its_origins_read_and_no_other() {
        let portal = "https://portal.contoso.com";
        for (origins, methods, expected) in [
            (json!([portal]), json!(["GET"]), true),
            (
                json!(["https://other.example", portal]),
                json!(["PUT", "get"]),
                true,
            ),
            (json!(["*"]), json!(["GET"]), true),
            (json!(["https://*.contoso.com"]), json!(["GET"]), true),
            (json!(["http://*.contoso.com"]), json!(["GET"]), false),
            (json!(["https://*.portal.contoso.com"]), json!(["GET"]), false),
            (json!(["https://*.toso.com"]), json!(["GET"]), false),
            (json!([portal]), json!(["HEAD", "OPTIONS"]), false),
            (json!(["https://portal.contoso.com:8443"]), json!(["GET"]), false),
            (json!([]), json!(["GET"]), false),
            (json!(null), json!(7), false),
        ] {
            let rule = json!({ "allowedOrigins": origins, "allowedMethods": methods });
            let service = json!({ "properties": { "cors": { "corsRules": [rule] } } });
            let cors: BlobCors = serde_json::from_value(service).expect("rules");
            assert_eq!(cors.lets_read(portal), expected, "{rule}");
        }
        for service in [
            json!({}),
            json!({ "properties": { "cors": { "corsRules": [] } } }),
            json!(null),
        ] {
            let cors: BlobCors = serde_json::from_value(service).expect("no rules");
            assert!(!cors.lets_read(portal));
        }
    }
}

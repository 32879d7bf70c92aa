//! What ARM's contract leaves open, rotated by a seed.
//!
//! A client that works with one seed may lean on what Azure happens to do; one that works with many does not.

use arm_core::{Headers, Response};
use serde_json::{Value, json};

use crate::{
    random::{Random, mix},
    switches::{HeaderCase, Switches},
};

/// The seed that takes every freedom as it was recorded.
const AS_RECORDED: u64 = 1;

impl Switches {
    /// The same switches with the freedoms that this seed chooses; seed 1 chooses what was recorded.
    ///
    /// Page size, header case, members that no description names, the spelling of *canceled*, signed polling URLs,
    /// `Retry-After`, the case of ids and the version in polling URLs are chosen; nothing else changes.
    #[must_use]
    pub fn with_freedoms_of(self, seed: u64) -> Self {
        if seed == AS_RECORDED {
            return self;
        }
        let mut random = Random::new(mix(seed, "freedoms"));
        Self {
            page_size: one_of(&mut random, &[1000, 100, 20, 7, 1]),
            header_case: one_of(
                &mut random,
                &[HeaderCase::AsDocumented, HeaderCase::Lower, HeaderCase::Title],
            ),
            extra_fields: one_of(&mut random, &[false, true]),
            canceled_has_two_ls: one_of(&mut random, &[false, true]),
            signs_polling_urls: one_of(&mut random, &[true, false]),
            retry_after: one_of(&mut random, &[None, Some(10), Some(30), Some(60)]),
            omits_retry_after: one_of(&mut random, &[false, false, true]),
            ids_as_called: one_of(&mut random, &[false, true]),
            polling_api_version: one_of(&mut random, &[None, Some("2025-06-01-preview")]).map(str::to_owned),
            ..self
        }
    }

    /// The answer as these freedoms write it.
    pub(crate) fn write(&self, response: Response) -> Response {
        let body = if self.extra_fields && (200..300).contains(&response.status) {
            with_extra_fields(response.body)
        } else {
            response.body
        };
        let names = response.headers.iter();
        let headers = Headers::from_iter(names.map(|(name, value)| (self.header_case.of(name), value)));
        Response {
            status: response.status,
            headers,
            body,
        }
    }
}

fn one_of<T: Copy>(random: &mut Random, choices: &[T]) -> T {
    let index = usize::try_from(random.below(choices.len() as u64)).unwrap_or(0);
    choices[index]
}

/// A body with members that are in no description: at its top, in each item of a list, in `properties`.
fn with_extra_fields(body: String) -> String {
    let Ok(Value::Object(mut top)) = serde_json::from_str(&body) else {
        return body;
    };
    if let Some(Value::Array(items)) = top.get_mut("value") {
        items.iter_mut().for_each(extend);
    }
    let mut top = Value::Object(top);
    extend(&mut top);
    top.to_string()
}

fn extend(value: &mut Value) {
    let Some(members) = value.as_object_mut() else {
        return;
    };
    if let Some(Value::Object(properties)) = members.get_mut("properties") {
        properties.insert("undescribed".to_owned(), Value::Null);
    }
    members.insert(
        "undescribed".to_owned(),
        json!({ "since": "2099-01-01", "list": [] }),
    );
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use arm_core::Method;

    use super::*;
    use crate::testing::{ORDERS, Rig, VERSION, body};

    /// Each choice of each freedom, as text.
    fn choices(switches: &Switches) -> Vec<String> {
        let written = serde_json::to_value(switches).unwrap_or_default();
        let members = written.as_object().into_iter().flatten();
        members.map(|(name, value)| format!("{name}: {value}")).collect()
    }

    #[test]
    fn the_first_seed_takes_what_was_recorded_and_each_seed_always_the_same() {
        assert_eq!(Switches::default().with_freedoms_of(1), Switches::default());
        let chosen = |seed| Switches::default().with_freedoms_of(seed);
        assert_eq!(chosen(2), chosen(2));
        let strict = Switches {
            strict_tokens: true,
            operation_time_factor: 3.0,
            ..Switches::default()
        };
        let freed = strict.with_freedoms_of(2);
        assert_eq!((freed.strict_tokens, freed.operation_time_factor), (true, 3.0));
    }

    #[test]
    fn a_few_dozen_seeds_choose_everything_there_is() {
        let all: BTreeSet<_> = (2..60)
            .flat_map(|seed| choices(&Switches::default().with_freedoms_of(seed)))
            .collect();
        for expected in [
            "pageSize: 1",
            "pageSize: 1000",
            "headerCase: \"lower\"",
            "headerCase: \"title\"",
            "extraFields: true",
            "canceledHasTwoLs: true",
            "signsPollingUrls: false",
            "retryAfter: 60",
            "omitsRetryAfter: true",
            "idsAsCalled: true",
            "pollingApiVersion: \"2025-06-01-preview\"",
            "pollingApiVersion: null",
        ] {
            assert!(all.contains(expected), "{expected} is not among {all:?}");
        }
    }

    /// One backup from its beginning to its end, listed page by page.
    #[test]
    fn a_backup_is_taken_and_listed_whatever_the_seed_chooses() {
        for seed in 1..40 {
            let mut rig = Rig::new();
            let switches = Switches::default().with_freedoms_of(seed);
            *rig.world.switches() = switches.clone();
            let context = format!("seed {seed}: {switches:?}");

            let begun = rig.send(Method::Put, &format!("{ORDERS}/backups/b"), VERSION);
            assert_eq!(begun.status, 202, "{context}");
            let retry_after = begun.headers.get("retry-after");
            assert_eq!(retry_after.is_none(), switches.omits_retry_after, "{context}");
            rig.wait(150);
            let status = begun.headers.get("azure-asyncoperation").unwrap_or_default();
            assert_eq!(body(&rig.follow(status))["status"], "Succeeded", "{context}");

            let mut answer = body(&rig.get(&format!("{ORDERS}/backups")));
            let mut names = Vec::new();
            loop {
                let items = answer["value"].as_array().cloned().unwrap_or_default();
                assert!(items.len() <= switches.page_size, "{context}");
                names.extend(items.iter().map(|item| item["name"].clone()));
                let Some(next) = answer["nextLink"].as_str() else {
                    break;
                };
                answer = body(&rig.follow(next));
            }
            assert_eq!(names.len(), 18, "{context}");
            assert!(names.contains(&"b".into()), "{context}: {names:?}");
        }
    }

    #[test]
    fn header_names_are_written_in_each_case() {
        for (case, expected) in [
            (HeaderCase::AsDocumented, "Azure-AsyncOperation"),
            (HeaderCase::Lower, "azure-asyncoperation"),
            (HeaderCase::Title, "Azure-Asyncoperation"),
        ] {
            let mut rig = Rig::new();
            rig.world.switches().header_case = case;
            let begun = rig.send(Method::Put, &format!("{ORDERS}/backups/b"), VERSION);
            let names: Vec<_> = begun.headers.iter().map(|(name, _)| name).collect();
            assert!(names.contains(&expected), "{case:?}: {names:?}");
        }
    }

    #[test]
    fn undescribed_members_are_in_bodies_of_success_only() {
        let mut rig = Rig::new();
        rig.world.switches().extra_fields = true;
        let list = body(&rig.get(&format!("{ORDERS}/backups")));
        for pointer in ["/undescribed", "/value/0/undescribed"] {
            assert_eq!(
                list.pointer(pointer).map(Value::is_object),
                Some(true),
                "{pointer}: {list}"
            );
        }
        assert_eq!(
            list.pointer("/value/0/properties/undescribed"),
            Some(&Value::Null)
        );
        let refused = body(&rig.get(&format!("{ORDERS}x")));
        assert_eq!(refused.get("undescribed"), None, "{refused}");
    }

    #[test]
    fn an_id_is_canonical_or_as_it_was_called() {
        let called = format!(
            "{}/Backups/SMOKE-test",
            ORDERS.replace("rg-commerce", "RG-Commerce")
        );
        for (as_called, expected) in [
            (false, format!("{ORDERS}/backups/smoke-test")),
            (true, called.clone()),
        ] {
            let mut rig = Rig::new();
            rig.world.switches().ids_as_called = as_called;
            assert_eq!(body(&rig.get(&called))["id"], expected.as_str());
        }
    }
}

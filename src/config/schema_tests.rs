//! The schema and the documentation of `config.json` say what the portal takes.

use serde_json::{Map, Value};

use super::{Config, Page};

const SCHEMA: &str = include_str!("../../public/config.schema.json");
const DOCUMENTATION: &str = include_str!("../../docs/configuration.md");

fn takes(text: &str) -> Result<(), String> {
    let page = Page {
        host: "127.0.0.1".to_owned(),
        base: "http://127.0.0.1:8080/".to_owned(),
    };
    Config::parse(text, &page)
        .map(drop)
        .map_err(|problem| problem.to_string())
}

fn properties() -> Map<String, Value> {
    let schema: Value = serde_json::from_str(SCHEMA).expect("JSON");
    schema["properties"].as_object().expect("properties").clone()
}

#[test]
fn every_key_of_the_schema_is_taken_and_documented() {
    for key in properties().keys() {
        let problem = takes(&format!(r#"{{"{key}":[]}}"#)).unwrap_err();
        assert!(!problem.contains("unknown field"), "{key}: {problem}");
        assert!(DOCUMENTATION.contains(&format!("`{key}")), "{key} is documented");
    }
    let problem = takes(r#"{"cloud":"emulator","other":1}"#).unwrap_err();
    let known = problem
        .split_once("expected one of ")
        .expect("the known fields")
        .1;
    for key in known.split('`').skip(1).step_by(2) {
        assert!(properties().contains_key(key), "the schema knows {key}");
    }
}

#[test]
fn every_word_of_the_schema_is_taken_and_no_other() {
    let with = |key: &str, word: &str| match (key, word) {
        ("cloud", "emulator") => r#"{"cloud":"emulator","transport":"worker"}"#.to_owned(),
        ("cloud", _) => format!(r#"{{"cloud":"{word}","clientId":"11111111-2222-4333-8444-555555555555"}}"#),
        ("flow", _) => format!(
            r#"{{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555","flow":"{word}"}}"#
        ),
        ("transport", "fetch") => {
            r#"{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555","transport":"fetch"}"#
                .to_owned()
        }
        _ => format!(r#"{{"cloud":"emulator","transport":"worker","{key}":"{word}"}}"#).replacen(
            r#""transport":"worker","transport""#,
            r#""transport""#,
            1,
        ),
    };
    for (key, schema) in properties() {
        let Some(words) = schema["enum"].as_array() else {
            continue;
        };
        for word in words {
            let text = with(&key, word.as_str().expect("a word"));
            assert_eq!(takes(&text), Ok(()), "{text}");
        }
        let problem = takes(&with(&key, "other")).unwrap_err();
        let named = problem.split_once("expected one of ").expect("the known words").1;
        for word in words {
            assert!(named.contains(word.as_str().expect("a word")), "{key}: {problem}");
        }
    }
}

#[test]
fn every_act_of_the_schema_can_be_hidden_and_is_documented_and_there_is_no_other() {
    let acts = &properties()["hide"]["items"]["enum"];
    let acts: Vec<_> = acts
        .as_array()
        .expect("acts")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let all = serde_json::to_string(&acts).expect("JSON");
    assert_eq!(
        takes(&format!(
            r#"{{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555","hide":{all}}}"#
        )),
        Ok(())
    );
    let problem =
        takes(r#"{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555","hide":["other"]}"#)
            .unwrap_err();
    let named = problem.split_once("expected one of ").expect("the known acts").1;
    let named: Vec<_> = named
        .split_once(". ")
        .expect("a sentence")
        .0
        .split(", ")
        .collect();
    assert_eq!(acts, named);
    for act in acts {
        assert!(
            DOCUMENTATION.contains(&format!("| `{act}` |")),
            "{act} is documented"
        );
    }
}

#[test]
fn every_example_of_the_documentation_is_taken() {
    let examples: Vec<_> = DOCUMENTATION.split("```json\n").skip(1).collect();
    assert_eq!(examples.len(), 11);
    for example in examples {
        let example = example.split("```").next().expect("its end");
        assert_eq!(takes(example), Ok(()), "{example}");
    }
}

//! What is said of a SAS URI before it is sent; pure. Nothing that is said holds a signature.

use std::time::Duration;

use arm_client::storage::{Cloud, SasFinding, SasSeverity, SasUri, judge};
use arm_core::Timestamp;

use crate::findings::{Finding, Severity};

/// What a SAS URI is held against.
#[derive(Clone, Copy)]
pub struct Measure {
    /// The present moment.
    pub now: Timestamp,
    /// How long the backup is expected to take.
    pub expected: Duration,
    /// Where the containers are.
    pub cloud: Cloud,
}

/// What somebody gives for a container.
pub enum Given {
    /// A text that ought to be a SAS URI.
    Pasted(String),
    /// A SAS that was made here, once it was.
    Made(Option<SasUri>),
}

impl Given {
    /// The URI, where there is one.
    pub fn uri(self) -> Option<SasUri> {
        match self {
            Self::Pasted(text) => text.parse().ok(),
            Self::Made(uri) => uri,
        }
    }
}

/// The URI and what was found in it, or why the text is none.
///
/// # Errors
/// When the text is no URI of a container with a SAS: a sentence.
pub fn judged(text: &str, measure: Measure) -> Result<(SasUri, Vec<Finding>), String> {
    let uri: SasUri = text
        .parse()
        .map_err(|invalid: arm_client::storage::InvalidSasUri| sentence(&invalid.to_string()))?;
    let found = found_in(&uri, measure);
    Ok((uri, found))
}

/// What was found in a URI.
pub fn found_in(uri: &SasUri, measure: Measure) -> Vec<Finding> {
    let found = judge(uri, measure.now, measure.expected, measure.cloud);
    found.into_iter().map(finding).collect()
}

/// What keeps these from being sent as so many containers; nothing once they can be.
pub fn reason_not_to(given: Vec<Given>, measure: Measure) -> Option<String> {
    let mut uris = Vec::<SasUri>::new();
    for (index, given) in given.into_iter().enumerate() {
        let number = index + 1;
        let uri = match given {
            Given::Pasted(text) if text.trim().is_empty() => {
                return Some(format!("Container {number} has no SAS URI yet."));
            }
            Given::Made(None) => {
                return Some(format!("No SAS was created for container {number} yet."));
            }
            given => given.uri(),
        };
        let Some(uri) = uri else {
            return Some(format!("What is given for container {number} is no SAS URI."));
        };
        let found = found_in(&uri, measure);
        if let Some(blocking) = found.iter().find(|finding| finding.severity == Severity::Blocks) {
            return Some(format!("{}.", blocking.title));
        }
        if let Some(other) = uris.iter().position(|other| other.is_same_place(&uri)) {
            return Some(format!(
                "Containers {} and {number} are the same; each SAS URI needs a container of its own.",
                other + 1
            ));
        }
        uris.push(uri);
    }
    None
}

fn finding(found: SasFinding) -> Finding {
    Finding {
        id: found.rule.id(),
        severity: match found.severity {
            SasSeverity::Blocks => Severity::Blocks,
            SasSeverity::Warns => Severity::Warns,
        },
        title: found.what.trim_end_matches('.').to_owned(),
        consequence: found.mend,
        evidence: None,
        fix: None,
        mended: "",
    }
}

/// A clause as a sentence.
fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    let stop = if clause.ends_with(['.', '?']) { "" } else { "." };
    first.into_iter().chain(letters).chain(stop.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNATURE: &str = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U%3D";

    fn uri(container: &str, permissions: &str) -> String {
        format!(
            "https://sta.blob.core.windows.net/{container}?sv=2025-11-05&sr=c&sp={permissions}&spr=https&se=2026-04-01T00%3A00%3A00Z&sig={SIGNATURE}"
        )
    }

    fn measure() -> Measure {
        Measure {
            now: "2026-03-12T09:41:00Z".parse().expect("a moment"),
            expected: Duration::from_secs(3600),
            cloud: Cloud::Public,
        }
    }

    #[test]
    fn what_cannot_be_sent_says_why_and_what_can_be_does_not() {
        let good = uri("ltr", "rwdl");
        for (texts, expected) in [
            (vec![good.clone()], None),
            (vec![good.clone(), uri("ltr-2", "rwdl")], None),
            (vec![], None),
            (vec![String::new()], Some("Container 1 has no SAS URI yet.")),
            (
                vec![good.clone(), " ".to_owned()],
                Some("Container 2 has no SAS URI yet."),
            ),
            (
                vec!["sv=1&sig=x".to_owned()],
                Some("What is given for container 1 is no SAS URI."),
            ),
            (
                vec![good.clone(), good],
                Some("Containers 1 and 2 are the same; each SAS URI needs a container of its own."),
            ),
        ] {
            let number = texts.len();
            let given = texts.into_iter().map(Given::Pasted).collect();
            assert_eq!(reason_not_to(given, measure()).as_deref(), expected, "{number}");
        }
        let pasted = Given::Pasted(uri("ltr", "r"));
        assert!(
            reason_not_to(vec![pasted], measure()).is_some(),
            "it may only read"
        );
    }

    #[test]
    fn what_was_made_here_is_held_against_the_same() {
        let made = |container: &str, permissions: &str| Given::Made(uri(container, permissions).parse().ok());
        for (given, expected) in [
            (vec![made("ltr", "rwdl")], None),
            (
                vec![made("ltr", "rwdl"), Given::Pasted(uri("ltr-2", "rwdl"))],
                None,
            ),
            (
                vec![Given::Made(None)],
                Some("No SAS was created for container 1 yet."),
            ),
            (
                vec![Given::Pasted(uri("ltr", "rwdl")), made("ltr", "rwdl")],
                Some("Containers 1 and 2 are the same; each SAS URI needs a container of its own."),
            ),
        ] {
            assert_eq!(reason_not_to(given, measure()).as_deref(), expected);
        }
        assert!(
            reason_not_to(vec![made("ltr", "r")], measure()).is_some(),
            "it may only read"
        );
    }

    #[test]
    fn t05_what_is_said_of_a_sas_holds_no_signature() {
        for text in [
            uri("ltr", "r"),
            uri("ltr/blob", "rwdlx"),
            format!("sig={SIGNATURE}"),
            format!("{} ", uri("a b", "r")),
        ] {
            let said = match judged(&text, measure()) {
                Ok((_, found)) => format!("{found:?}"),
                Err(sentence) => sentence,
            };
            assert!(!said.contains(SIGNATURE) && !said.contains("c2VjcmV0"), "{said}");
        }
    }

    #[test]
    fn a_text_that_is_no_uri_is_told_in_a_sentence() {
        for (text, begins) in [
            ("", "The SAS URI is empty."),
            ("sv=1&sig=x", "This is the SAS token alone; "),
            ("nonsense", "It does not begin with https://"),
        ] {
            let said = judged(text, measure()).err().unwrap_or_default();
            assert!(said.starts_with(begins), "{text}: {said}");
        }
    }
}

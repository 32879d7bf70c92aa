//! No answer is believed that somebody has changed.

use proptest::{prelude::*, sample::Index};
use serde_json::json;

use crate::{
    entra::{Entra, begin},
    judge,
};

fn is_believed(fragment: &str) -> bool {
    judge(Some(begin("/portal/")), fragment).is_ok()
}

/// `text` with one character replaced by `other`, which is not the one it was.
fn with_one_changed(text: &str, place: Index, other: char) -> Option<String> {
    let mut characters: Vec<char> = text.chars().collect();
    let place = place.index(characters.len());
    let is_change = characters[place] != other;
    characters[place] = other;
    is_change.then(|| characters.into_iter().collect())
}

proptest! {
    #[test]
    fn a_value_with_one_changed_character_is_refused(
        name in prop::sample::select(vec!["state", "access_token"]),
        place: Index,
        other in "[ -~]",
    ) {
        let mut entra = Entra::answering();
        let changed = with_one_changed(entra.get(name), place, other.chars().next().expect("one"));
        prop_assume!(changed.is_some());
        entra.set(name, &changed.unwrap_or_default());
        prop_assert!(!is_believed(&entra.fragment()), "{}", entra.fragment());
    }

    #[test]
    fn a_value_of_another_is_refused(
        name in prop::sample::select(vec!["state", "access_token", "id_token", "token_type", "expires_in"]),
        other in "[a-zA-Z_.~-]{0,60}",
    ) {
        prop_assume!(!other.eq_ignore_ascii_case("bearer"));
        let mut entra = Entra::answering();
        entra.set(name, &other);
        prop_assert!(!is_believed(&entra.fragment()), "{}", entra.fragment());
    }

    #[test]
    fn t03_a_claim_that_binds_the_answer_to_its_request_is_refused_in_any_other_form(
        name in prop::sample::select(vec!["nonce", "at_hash", "aud", "iss", "tid"]),
        value in prop_oneof![
            any::<String>().prop_map(|text| json!(text)),
            any::<i64>().prop_map(|number| json!(number)),
            Just(json!(null)),
            Just(json!([])),
            Just(json!({})),
        ],
    ) {
        let mut entra = Entra::answering();
        entra.claim(name, value);
        prop_assert!(!is_believed(&entra.fragment()), "{}", entra.fragment());
    }

    #[test]
    fn t03_an_access_token_is_refused_with_the_id_token_of_another(
        one in "[a-zA-Z0-9._~-]{1,80}",
        other in "[a-zA-Z0-9._~-]{1,80}",
    ) {
        prop_assume!(one != other);
        let mut entra = Entra::answering();
        entra.issue_for(&one);
        prop_assert!(is_believed(&entra.fragment()), "{}", entra.fragment());
        entra.set("access_token", &other);
        prop_assert!(!is_believed(&entra.fragment()), "{}", entra.fragment());
    }

    #[test]
    fn an_answer_cut_short_is_refused(place: Index) {
        let fragment = Entra::answering().fragment();
        // What follows the state is not needed.
        let end = fragment.find("&session_state").expect("a session state");
        prop_assert!(!is_believed(&fragment[..place.index(end)]), "{fragment}");
    }

    #[test]
    fn any_text_is_judged_without_a_panic(text: String) {
        prop_assert!(!is_believed(&text), "{text}");
    }
}

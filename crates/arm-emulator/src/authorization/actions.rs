//! Whether a role's patterns cover an action (reference G4, *Matching*).

use serde_json::Value;

/// Whether some entry has the action among its `actions` and not among its `notActions`.
///
/// `notActions` narrows its own entry only: another one may grant the action.
pub(crate) fn are_allowed(permissions: &[Value], action: &str, is_data: bool) -> bool {
    let (granted, withheld) = if is_data {
        ("dataActions", "notDataActions")
    } else {
        ("actions", "notActions")
    };
    let has = |entry: &Value, list: &str| {
        let patterns = entry[list].as_array().into_iter().flatten();
        patterns
            .filter_map(Value::as_str)
            .any(|pattern| covers(pattern, action))
    };
    permissions
        .iter()
        .any(|entry| has(entry, granted) && !has(entry, withheld))
}

/// `*` stands for any text, slashes included, as often as it occurs; letters are compared without case.
pub(super) fn covers(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.to_ascii_lowercase(), action.to_ascii_lowercase());
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = action.strip_prefix(first) else {
        return false;
    };
    let pieces: Vec<_> = pieces.collect();
    let Some((last, between)) = pieces.split_last() else {
        return rest.is_empty();
    };
    for piece in between {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_star_stands_for_any_text_anywhere() {
        for (pattern, action, expected) in [
            ("*", "Microsoft.X/y/read", true),
            ("*/read", "Microsoft.X/y/z/read", true),
            ("*/read", "Microsoft.X/y/readers", false),
            ("*/READ", "microsoft.x/read", true),
            ("Microsoft.X/*/write", "Microsoft.X/a/b/write", true),
            ("Microsoft.X/*/write", "Microsoft.X/write", false),
            ("Microsoft.X/*/a*/write", "Microsoft.X/b/abc/write", true),
            ("Microsoft.X/y/read", "Microsoft.X/y/read", true),
            ("Microsoft.X/y/read", "Microsoft.X/y/read/more", false),
            ("", "Microsoft.X/y/read", false),
        ] {
            assert_eq!(covers(pattern, action), expected, "{pattern} {action}");
        }
    }

    #[test]
    fn what_one_entry_withholds_another_may_grant() {
        let narrowed = json!({ "actions": ["*"], "notActions": ["Microsoft.Authorization/*/Write"] });
        let granting = json!({ "actions": ["Microsoft.Authorization/roleAssignments/write"] });
        let action = "Microsoft.Authorization/roleAssignments/write";
        assert!(!are_allowed(std::slice::from_ref(&narrowed), action, false));
        assert!(are_allowed(&[narrowed.clone(), granting], action, false));
        assert!(
            !are_allowed(&[narrowed], "Microsoft.X/data/read", true),
            "actions are no data actions"
        );
        let data = json!({ "dataActions": ["Microsoft.X/*"], "notDataActions": ["*/delete"] });
        assert!(are_allowed(
            std::slice::from_ref(&data),
            "Microsoft.X/y/read",
            true
        ));
        assert!(!are_allowed(&[data], "Microsoft.X/y/delete", true));
    }
}

//! Whether patterns cover an action (reference G4, *Matching*).

use super::Permission;

/// Whether some entry has the action among its `actions` and not among its `not_actions`.
pub(super) fn are_allowed(permissions: &[Permission], action: &str, is_data: bool) -> bool {
    let any = |patterns: &[String]| patterns.iter().any(|pattern| is_match(pattern, action));
    permissions.iter().any(|entry| {
        if is_data {
            any(&entry.data_actions) && !any(&entry.not_data_actions)
        } else {
            any(&entry.actions) && !any(&entry.not_actions)
        }
    })
}

/// `*` stands for any text, slashes included, as often as it occurs; letters are compared without case.
fn is_match(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.to_ascii_lowercase(), action.to_ascii_lowercase());
    let pieces: Vec<_> = pattern.split('*').collect();
    let [first, between @ .., last] = pieces.as_slice() else {
        return pattern == action;
    };
    let Some(mut rest) = action.strip_prefix(first) else {
        return false;
    };
    for piece in between {
        let Some((_, after)) = rest.split_once(piece) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text_anywhere() {
        for (pattern, action, expected) in [
            ("*", "Microsoft.X/y/read", true),
            ("*/read", "Microsoft.X/y/z/READ", true),
            ("*/read", "Microsoft.X/y/readers", false),
            ("Microsoft.X/*/write", "Microsoft.X/a/b/write", true),
            ("Microsoft.X/*/write", "Microsoft.X/write", false),
            ("Microsoft.X/*/a*/write", "Microsoft.X/b/abc/write", true),
            ("Microsoft.X/*/*", "Microsoft.X/y/read", true),
            ("Microsoft.X/y/read", "Microsoft.X/y/read", true),
            ("Microsoft.X/y/read", "Microsoft.X/y/read/more", false),
            ("a*a", "a", false),
            ("", "Microsoft.X/y/read", false),
        ] {
            assert_eq!(is_match(pattern, action), expected, "{pattern} {action}");
        }
    }

    #[test]
    fn what_one_entry_withholds_another_may_grant() {
        let entry = |actions: &[&str], not_actions: &[&str]| Permission {
            actions: actions.iter().map(|text| (*text).to_owned()).collect(),
            not_actions: not_actions.iter().map(|text| (*text).to_owned()).collect(),
            ..Permission::default()
        };
        let contributor = entry(&["*"], &["Microsoft.Authorization/*/Write"]);
        let write = "Microsoft.Authorization/roleAssignments/write";
        assert!(!are_allowed(std::slice::from_ref(&contributor), write, false));
        assert!(are_allowed(
            &[contributor.clone(), entry(&[write], &[])],
            write,
            false
        ));
        assert!(are_allowed(
            std::slice::from_ref(&contributor),
            "Microsoft.X/delete",
            false
        ));
        assert!(
            !are_allowed(&[contributor], "Microsoft.X/data/read", true),
            "no data action"
        );
    }
}

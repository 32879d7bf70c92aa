use super::*;

fn finding(id: &'static str, severity: Severity) -> Finding {
    Finding {
        id,
        severity,
        title: format!("about {id}"),
        consequence: String::new(),
        evidence: None,
        fix: None,
        mended: "It is mended",
    }
}

#[test]
fn the_gravest_is_told_first_in_azures_words() {
    use Severity::{Blocks, Info, Mended, Warns};
    let problem = Problem {
        reason: "Not there.".to_owned(),
        ..Problem::default()
    };
    let roles = || finding("missing-roles", Blocks);
    for (look, secret, findings, title, note, count) in [
        (
            Look::Waiting,
            None,
            vec![],
            "Waiting",
            "Others are",
            Count::Unchecked,
        ),
        (
            Look::UnderWay,
            None,
            vec![roles()],
            "Checking",
            "Reading",
            Count::Unchecked,
        ),
        (
            Look::Failed(&problem),
            None,
            vec![],
            "Could not be read",
            "Not there.",
            Count::ToMend,
        ),
        (
            Look::Done,
            None,
            vec![],
            "Success",
            "Nothing stands",
            Count::Ready,
        ),
        (
            Look::Done,
            None,
            vec![finding("soft-delete-off", Info)],
            "Success",
            "Nothing stands",
            Count::Ready,
        ),
        (
            Look::Done,
            None,
            vec![finding("roles-unknown", Info)],
            "Probably",
            "about roles-unknown",
            Count::Ready,
        ),
        (
            Look::Done,
            None,
            vec![
                finding("several-weekly-runs", Warns),
                finding("roles-unknown", Info),
            ],
            "Success, with a warning",
            "about several-weekly-runs",
            Count::Ready,
        ),
        (
            Look::Done,
            None,
            vec![roles()],
            "Role assignment not done",
            "about missing-roles",
            Count::ToMend,
        ),
        (
            Look::Done,
            Some("Give it."),
            vec![roles()],
            "Secret identifier missing",
            "Give it.",
            Count::ToMend,
        ),
        (
            Look::Done,
            None,
            vec![finding("other-region", Blocks), roles(), finding("x", Blocks)],
            "about other-region",
            "Open the row, and 2 things more",
            Count::ToMend,
        ),
        (
            Look::Done,
            None,
            vec![
                finding("other-region", Blocks),
                finding("already-protected", Blocks),
            ],
            "Already protected",
            "about already-protected",
            Count::Protected,
        ),
        (
            Look::Done,
            None,
            vec![
                finding("already-protected", Mended),
                finding("missing-roles", Mended),
            ],
            "Success",
            "Nothing stands",
            Count::Ready,
        ),
    ] {
        let told = verdict(&look, secret, &findings);
        assert_eq!(told.title, title, "{look:?} {findings:?}");
        assert!(told.note.starts_with(note), "{title}: {}", told.note);
        assert_eq!(told.count, count, "{title}");
    }
}

//! Whether a datasource can be protected, in one line: Azure's own words where it has some; pure.

use crate::{
    findings::{Finding, Severity},
    problem::Problem,
    ui::status::StatusKind,
};

/// How far the look at a datasource is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look<'a> {
    /// It has yet to be looked at.
    Waiting,
    /// It is being looked at.
    UnderWay,
    /// It could not be read.
    Failed(&'a Problem),
    /// It has been looked at.
    Done,
}

/// Which of the counts above the list it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// It can be protected.
    Ready,
    /// Something has to be mended first.
    ToMend,
    /// It is protected already.
    Protected,
    /// Nobody knows yet.
    Unchecked,
}

/// One line about a datasource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Its icon.
    pub kind: StatusKind,
    /// In two or three words.
    pub title: String,
    /// What is behind it.
    pub note: String,
    /// Where it is counted.
    pub count: Count,
}

/// The verdict; `secret` is what is wrong with the secret identifier of a database.
pub fn verdict(look: &Look, secret: Option<&str>, findings: &[Finding]) -> Verdict {
    let verdict = |kind, title: &str, note: String, count| Verdict {
        kind,
        title: title.to_owned(),
        note,
        count,
    };
    let find = |id: &str| findings.iter().find(|finding| finding.id == id);
    match look {
        Look::Waiting => {
            let note = "Others are checked first".to_owned();
            return verdict(StatusKind::Running, "Waiting", note, Count::Unchecked);
        }
        Look::UnderWay => {
            let note = "Reading server and role assignments".to_owned();
            return verdict(StatusKind::Running, "Checking", note, Count::Unchecked);
        }
        Look::Failed(problem) => {
            return verdict(
                StatusKind::Error,
                "Could not be read",
                problem.reason.clone(),
                Count::ToMend,
            );
        }
        Look::Done => {}
    }
    if let Some(protected) = find("already-protected").filter(|finding| finding.severity == Severity::Blocks)
    {
        let note = protected.title.clone();
        return verdict(StatusKind::Neutral, "Already protected", note, Count::Protected);
    }
    let blocking: Vec<_> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Blocks)
        .collect();
    let others = |number: usize| match number {
        0 => String::new(),
        1 => ", and one thing more".to_owned(),
        more => format!(", and {more} things more"),
    };
    let of_roles = |finding: &&&Finding| finding.id == "missing-roles";
    match (blocking.iter().find(|finding| !of_roles(finding)), secret) {
        (Some(first), _) => {
            let note = format!("Open the row{}", others(blocking.len() - 1));
            verdict(StatusKind::Error, &first.title, note, Count::ToMend)
        }
        (None, Some(wrong)) => verdict(
            StatusKind::Warning,
            "Secret identifier missing",
            wrong.to_owned(),
            Count::ToMend,
        ),
        (None, None) => match blocking.first() {
            Some(roles) => verdict(
                StatusKind::Warning,
                "Role assignment not done",
                roles.title.clone(),
                Count::ToMend,
            ),
            None => without_obstacle(findings),
        },
    }
}

/// Nothing is certain to fail.
fn without_obstacle(findings: &[Finding]) -> Verdict {
    let warning = findings
        .iter()
        .find(|finding| finding.severity == Severity::Warns);
    let unknown = findings
        .iter()
        .find(|finding| finding.severity == Severity::Info && finding.id.ends_with("unknown"));
    let (kind, title, note) = match (warning, unknown) {
        (Some(warning), _) => (
            StatusKind::Warning,
            "Success, with a warning",
            warning.title.as_str(),
        ),
        (None, Some(unknown)) => (StatusKind::Neutral, "Probably", unknown.title.as_str()),
        (None, None) => (StatusKind::Ok, "Success", "Nothing stands in the way"),
    };
    Verdict {
        kind,
        title: title.to_owned(),
        note: note.to_owned(),
        count: Count::Ready,
    }
}

#[cfg(test)]
mod tests;

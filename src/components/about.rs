//! About: which release this is, and what goes with it.

use crate::{prelude::*, release::Release};

/// What lies beside a build, and what it is.
const BESIDE: [(&str, &str); 6] = [
    ("licences.txt", "Licences of all that is inside"),
    ("sbom.cdx.json", "Bill of materials"),
    ("docs/hosting.txt", "Hosting"),
    ("docs/configuration.txt", "Configuration"),
    ("docs/first-sign-in.txt", "First sign-in"),
    ("docs/threat-model.txt", "Threat model"),
];

/// A group of the help sheet.
#[component]
pub fn About(
    /// The release that runs; without one it is a development build.
    release: Option<Release>,
) -> impl IntoView {
    let facts = match &release {
        Some(release) => {
            let unknown = || "Unknown: built outside a repository".to_owned();
            let commit = release.commit.clone().unwrap_or_else(unknown);
            vec![
                ("Version", release.version.clone()),
                ("Commit", commit.replace("-dirty", ", with changes")),
                ("Commit date", release.date.clone().unwrap_or_else(unknown)),
            ]
        }
        None => vec![(
            "Version",
            format!("{}, development build", env!("CARGO_PKG_VERSION")),
        )],
    };
    let facts = facts
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
    let beside = release.is_some().then(|| {
        let links = BESIDE.map(|(file, name)| {
            view! { <li><a href=file target="_blank" rel="noopener">{name}</a></li> }
        });
        view! { <ul class="about-links" aria-label="Beside this build">{links.collect_view()}</ul> }
    });
    view! {
        <h3>"About this portal"</h3>
        <dl class="help-keys about">{facts.collect_view()}</dl>
        {beside}
    }
}

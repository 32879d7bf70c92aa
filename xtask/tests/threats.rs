//! `docs/threat-model.md` names tests; each has to be there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn every_test_that_the_threat_model_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace");
    let document = fs::read_to_string(root.join("docs/threat-model.md")).expect("the document");
    let named: BTreeSet<&str> = document
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|code| code.starts_with("t0") || code.starts_with("t1"))
        .collect();
    assert!(named.len() > 20, "{named:?}");
    let mut sources = String::new();
    for folder in ["src", "crates", "tests", "xtask"] {
        read(&root.join(folder), &mut sources);
    }
    let missing: Vec<_> = named
        .iter()
        .filter(|name| !sources.contains(&format!("fn {name}(")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn read(folder: &Path, sources: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push_str(&fs::read_to_string(&path).expect("a source"));
        }
    }
}

//! The bill of materials of a build, in CycloneDX 1.5 (ECMA-424's predecessor, which every scanner reads).

use super::Crate;
use anyhow::{Context as _, Result};
use serde_json::{Value, json};

/// The bill of materials as JSON; equal for equal crates, so it has no date and no serial number, which are optional.
///
/// # Errors
/// `application` is not among the crates.
pub fn sbom(application: &str, crates: &[Crate]) -> Result<String> {
    let is_it = |one: &&Crate| one.name == application;
    let it = crates
        .iter()
        .find(is_it)
        .with_context(|| format!("{application} is not inside"))?;
    let mut subject = component(it);
    subject["type"] = json!("application");
    let others = crates.iter().filter(|one| !is_it(one));
    let dependencies = crates.iter().map(|one| {
        let uses: Vec<_> = one
            .uses
            .iter()
            .map(|(name, version)| reference(name, version))
            .collect();
        json!({ "ref": reference(&one.name, &one.version), "dependsOn": uses })
    });
    let bill = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": subject },
        "components": others.map(component).collect::<Vec<_>>(),
        "dependencies": dependencies.collect::<Vec<_>>(),
    });
    Ok(serde_json::to_string_pretty(&bill)? + "\n")
}

fn component(one: &Crate) -> Value {
    let reference = reference(&one.name, &one.version);
    let mut component = json!({
        "type": "library",
        "bom-ref": reference,
        "name": one.name,
        "version": one.version,
        "purl": reference,
    });
    if !one.licence.is_empty() {
        component["licenses"] = json!([{ "expression": one.licence }]);
    }
    if let Some(checksum) = &one.checksum {
        component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
    }
    component
}

/// A package URL, as scanners look a crate up by it.
fn reference(name: &str, version: &str) -> String {
    format!("pkg:cargo/{name}@{version}")
}

#[cfg(test)]
mod tests {
    use super::super::tests::named;
    use super::*;

    #[test]
    fn each_crate_is_a_component_with_what_scanners_look_up() {
        let mut app = named("app", "MIT");
        app.uses = vec![("serde".to_owned(), "1.0.0".to_owned())];
        let mut serde = named("serde", "MIT OR Apache-2.0");
        serde.checksum = Some("00ff".to_owned());
        let text = sbom("app", &[app, serde]).unwrap();
        let bill: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(bill["bomFormat"], "CycloneDX");
        assert_eq!(bill["metadata"]["component"]["type"], "application");
        assert_eq!(
            bill["components"],
            json!([{
                "type": "library",
                "bom-ref": "pkg:cargo/serde@1.0.0",
                "name": "serde",
                "version": "1.0.0",
                "purl": "pkg:cargo/serde@1.0.0",
                "licenses": [{ "expression": "MIT OR Apache-2.0" }],
                "hashes": [{ "alg": "SHA-256", "content": "00ff" }],
            }])
        );
        assert_eq!(
            bill["dependencies"][0]["dependsOn"],
            json!(["pkg:cargo/serde@1.0.0"])
        );
    }

    #[test]
    fn a_bill_without_its_subject_is_no_bill() {
        assert!(sbom("app", &[named("serde", "MIT")]).is_err());
    }
}

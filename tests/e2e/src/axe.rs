//! Faults of accessibility that a machine can find, by axe-core.

use serde_json::Value;

use crate::page::Page;
use crate::paths;

/// Runs every rule of WCAG 2.2 A and AA and of good practice on the page as it is now.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then(
        (results) => done({ violations: results.violations }),
        (error) => done({ failure: String(error) }),
    );";

/// What axe finds wrong with the page, one sentence for each element.
///
/// # Panics
/// When axe-core is not installed or cannot run.
pub async fn violations(page: &Page) -> Vec<String> {
    if page.script("return typeof axe", vec![]).await == "undefined" {
        page.script(&paths::axe(), vec![]).await;
    }
    let results = page.asynchronous_script(RUN, vec![]).await;
    let violations = results["violations"].as_array();
    let violations = violations.unwrap_or_else(|| panic!("axe did not run: {results}"));
    violations.iter().flat_map(sentences).collect()
}

fn sentences(violation: &Value) -> Vec<String> {
    let rule = violation["id"].as_str().unwrap_or_default();
    let nodes = violation["nodes"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    nodes
        .iter()
        .map(|node| {
            let [summary, html] =
                ["failureSummary", "html"].map(|field| node[field].as_str().unwrap_or_default());
            format!("axe {rule}: {html}\n    {}", summary.replace('\n', "\n    "))
        })
        .collect()
}

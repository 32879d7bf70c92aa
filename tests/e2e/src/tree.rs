//! The accessibility tree of a page, as the browser gives it to assistive technology.

use std::collections::HashMap;

use serde_json::Value;

use crate::element::Name;

/// A node that assistive technology is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The browser's number of the element behind it.
    pub element: u64,
    /// Its accessible name.
    pub name: String,
}

/// The nodes of this role and name, in the document's order, below the element `root` or in the whole tree.
///
/// `tree` is the answer to the DevTools command `Accessibility.getFullAXTree`. That command is answered at once;
/// `queryAXTree`, which would search by itself, waits for the next frame and is never answered when the page is
/// left meanwhile.
pub fn find(tree: &Value, root: Option<u64>, role: &str, name: &Name) -> Vec<Node> {
    let nodes = tree["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let by_id: HashMap<&str, &Value> = nodes
        .iter()
        .filter_map(|node| Some((node["nodeId"].as_str()?, node)))
        .collect();
    let start = match root {
        Some(root) => nodes
            .iter()
            .find(|node| node["backendDOMNodeId"].as_u64() == Some(root)),
        None => nodes.first(),
    };
    let mut found = vec![];
    let mut ahead: Vec<&Value> = start.map(|start| children(start, &by_id)).unwrap_or_default();
    while let Some(node) = ahead.pop() {
        found.extend(fitting(node, role, name));
        ahead.extend(children(node, &by_id));
    }
    found
}

/// The children, the last one first.
fn children<'a>(node: &Value, by_id: &HashMap<&str, &'a Value>) -> Vec<&'a Value> {
    let ids = node["childIds"].as_array().map(Vec::as_slice).unwrap_or_default();
    ids.iter()
        .rev()
        .filter_map(|id| by_id.get(id.as_str()?).copied())
        .collect()
}

fn fitting(node: &Value, role: &str, name: &Name) -> Option<Node> {
    let found = node["name"]["value"].as_str().unwrap_or_default();
    let fits = node["ignored"] == false && node["role"]["value"] == role && name.fits(found);
    let element = node["backendDOMNodeId"].as_u64()?;
    fits.then(|| Node {
        element,
        name: found.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::find;
    use crate::element::Name;

    fn node(id: &str, role: &str, name: &str, ignored: bool, children: &[&str]) -> Value {
        let element: u64 = id.parse().expect("a number");
        json!({
            "nodeId": id, "ignored": ignored, "role": { "value": role }, "name": { "value": name },
            "childIds": children, "backendDOMNodeId": element,
        })
    }

    #[test]
    fn nodes_are_found_in_the_documents_order_below_their_root() {
        let tree = json!({ "nodes": [
            node("1", "RootWebArea", "", false, &["2", "5"]),
            node("2", "main", "", false, &["3", "4"]),
            node("5", "dialog", "Take backup", false, &["6"]),
            node("4", "button", "Refresh", false, &[]),
            node("3", "button", "Backup now", false, &[]),
            node("6", "generic", "", true, &["7", "8"]),
            node("7", "button", "Trigger\n backup", false, &[]),
            node("8", "button", "Hidden", true, &[]),
        ] });
        let cases: [(Option<u64>, Name, &[u64]); 6] = [
            (None, Name::Any, &[3, 4, 7]),
            (Some(5), Name::Any, &[7]),
            (Some(9), Name::Any, &[]),
            (None, "Refresh".into(), &[4]),
            (None, "Trigger backup".into(), &[7]),
            (None, Name::containing("gg"), &[7]),
        ];
        for (root, name, expected) in cases {
            let found: Vec<u64> = find(&tree, root, "button", &name)
                .iter()
                .map(|node| node.element)
                .collect();
            assert_eq!(found, expected, "{name} below {root:?}");
        }
    }
}

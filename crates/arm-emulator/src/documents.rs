//! Finding resources.

use serde_json::Value;

use crate::world::World;

impl World {
    /// Puts a resource where its `id` says.
    pub(crate) fn put(&mut self, document: Value) {
        let key = document["id"].as_str().unwrap_or_default().to_ascii_lowercase();
        self.documents.insert(key, document);
    }

    /// The resource with this lower-case id.
    pub(crate) fn document(&self, key: &str) -> Option<&Value> {
        self.documents.get(key)
    }

    /// All resources of a type below a lower-case id, by id.
    pub(crate) fn below<'a>(
        &'a self,
        key: &str,
        resource_type: &'static str,
    ) -> impl Iterator<Item = &'a Value> + use<'a> {
        let prefix = format!("{key}/");
        self.documents
            .range(prefix.clone()..)
            .take_while(move |(id, _)| id.starts_with(&prefix))
            .map(|(_, document)| document)
            .filter(move |document| is_of_type(document, resource_type))
    }
}

fn is_of_type(document: &Value, resource_type: &str) -> bool {
    document["type"]
        .as_str()
        .is_some_and(|known| known.eq_ignore_ascii_case(resource_type))
}

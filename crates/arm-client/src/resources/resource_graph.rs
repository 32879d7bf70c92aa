//! Azure Resource Graph.

use arm_core::Method;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::ServerSummary;
use crate::{
    ArmClient, ArmError, Unreadable, api_versions, lenient,
    pipeline::{Answer, Repetition, read_body},
};

/// Queries over all subscriptions the user sees.
#[derive(Clone)]
pub struct ResourceGraph {
    client: ArmClient,
}

/// One page of the rows of a query.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
pub struct GraphPage<T> {
    /// The rows.
    #[serde(rename = "data", deserialize_with = "lenient::or_default")]
    pub rows: Vec<T>,
    /// How many rows all pages have together.
    #[serde(default, rename = "totalRecords")]
    pub total: Option<u64>,
    /// What asks for the next page, if there is one.
    #[serde(default, rename = "$skipToken", deserialize_with = "lenient::text")]
    pub skip_token: Option<String>,
    /// `"true"` or `true` where the service left rows out.
    #[serde(default, rename = "resultTruncated")]
    truncated: Value,
}

#[derive(Deserialize)]
struct ContainerRow {
    #[serde(rename = "subscriptionId")]
    subscription_id: String,
}

impl<T> GraphPage<T> {
    /// Whether the service left rows out that no further page gives.
    pub fn is_truncated(&self) -> bool {
        match &self.truncated {
            Value::String(text) => text.eq_ignore_ascii_case("true"),
            other => other == &Value::Bool(true),
        }
    }
}

impl ResourceGraph {
    /// The most rows a page may have.
    const PAGE_SIZE: u32 = 1000;

    pub(crate) fn new(client: ArmClient) -> Self {
        Self { client }
    }

    /// The first page of a query in Kusto Query Language.
    ///
    /// # Errors
    /// [`ArmError::Service`] with status 400 for a query the service does not understand; see [`ArmError`].
    pub async fn query<T: DeserializeOwned>(&self, kql: &str) -> Result<GraphPage<T>, ArmError> {
        self.page(kql, None).await
    }

    /// The page a skip token asks for.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn next_page<T: DeserializeOwned>(
        &self,
        kql: &str,
        skip_token: &str,
    ) -> Result<GraphPage<T>, ArmError> {
        self.page(kql, Some(skip_token)).await
    }

    /// The rows of all pages.
    ///
    /// The query should keep `id` and have an order, or pages may overlap (reference G10).
    ///
    /// # Errors
    /// See [`ArmError`]; nothing is given when a page is missing.
    pub async fn query_all<T: DeserializeOwned>(&self, kql: &str) -> Result<Vec<T>, ArmError> {
        let mut page = self.query::<T>(kql).await?;
        let mut rows = std::mem::take(&mut page.rows);
        let mut used: Vec<String> = Vec::new();
        while let Some(token) = page.skip_token.take() {
            if used.contains(&token) {
                return Err(Unreadable::new("the next page of the query was read before").into());
            }
            page = self.next_page(kql, &token).await?;
            used.push(token);
            rows.append(&mut page.rows);
        }
        Ok(rows)
    }

    /// The flexible servers of all subscriptions, by name.
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn flexible_servers(&self) -> Result<Vec<ServerSummary>, ArmError> {
        self.query_all(ServerSummary::QUERY).await
    }

    /// The ids of the subscriptions of which Resource Graph gives rows, those without a resource included.
    ///
    /// Of what it leaves out for want of a right it says nothing, so a list of servers alone cannot tell an empty
    /// subscription from one that may not be read (reported of the live service; `docs/emulation.md`).
    ///
    /// # Errors
    /// See [`ArmError`].
    pub async fn readable_subscriptions(&self) -> Result<Vec<String>, ArmError> {
        const QUERY: &str = "resourcecontainers \
            | where type =~ 'microsoft.resources/subscriptions' \
            | project id, subscriptionId \
            | order by id asc";
        let rows: Vec<ContainerRow> = self.query_all(QUERY).await?;
        Ok(rows.into_iter().map(|row| row.subscription_id).collect())
    }

    async fn page<T: DeserializeOwned>(
        &self,
        kql: &str,
        skip_token: Option<&str>,
    ) -> Result<GraphPage<T>, ArmError> {
        let answer = self.ask(kql, skip_token).await?;
        read_body(&answer.response)
    }

    /// What does not depend on the rows, so that it is there once.
    async fn ask(&self, kql: &str, skip_token: Option<&str>) -> Result<Answer, ArmError> {
        let mut options = json!({ "$top": Self::PAGE_SIZE, "resultFormat": "objectArray" });
        if let Some(token) = skip_token {
            options["$skipToken"] = json!(token);
        }
        let url = self.client.url(
            "/providers/Microsoft.ResourceGraph/resources",
            api_versions::RESOURCE_GRAPH,
        )?;
        // A query is a POST that changes nothing.
        let mut call = self.client.call(Method::Post, url, Repetition::Converges);
        call.body = Some(json!({ "query": kql, "options": options }).to_string());
        self.client.send(&call).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recorded_shape_is_read() {
        for (json, rows, truncated, token) in [
            (
                r#"{"totalRecords":1,"count":1,"data":[1],"facets":[],"resultTruncated":"false"}"#,
                vec![1],
                false,
                None,
            ),
            (
                r#"{"data":[1,2],"resultTruncated":"true","$skipToken":"t"}"#,
                vec![1, 2],
                true,
                Some("t"),
            ),
            (
                r#"{"data":null,"resultTruncated":true,"$skipToken":null}"#,
                vec![],
                true,
                None,
            ),
        ] {
            let page: GraphPage<i32> = serde_json::from_str(json).expect(json);
            assert_eq!(page.rows, rows, "{json}");
            assert_eq!(page.is_truncated(), truncated, "{json}");
            assert_eq!(page.skip_token.as_deref(), token, "{json}");
        }
    }
}

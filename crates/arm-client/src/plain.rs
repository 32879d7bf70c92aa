//! Requests that end with their answer, and queries beyond the api-version.

use arm_core::Method;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    ArmClient, ArmError, ArmUrl,
    pipeline::{Repetition, read_body},
};

impl ArmClient {
    /// Writes one resource; what is written so converges.
    pub(crate) async fn put<T: DeserializeOwned>(
        &self,
        path: &str,
        api_version: &str,
        body: &Value,
    ) -> Result<T, ArmError> {
        let mut call = self.call(Method::Put, self.url(path, api_version)?, Repetition::Converges);
        call.body = Some(body.to_string());
        read_body(&self.send(&call).await?.response)
    }

    /// Deletes one resource; one that is gone already is no error (204).
    pub(crate) async fn delete(&self, path: &str, api_version: &str) -> Result<(), ArmError> {
        let call = self.call(
            Method::Delete,
            self.url(path, api_version)?,
            Repetition::Converges,
        );
        self.send(&call).await?;
        Ok(())
    }

    /// The URL of a path with its api-version and one parameter more.
    pub(crate) fn url_with(
        &self,
        path: &str,
        api_version: &str,
        parameter: (&str, &str),
    ) -> Result<ArmUrl, ArmError> {
        let (name, value) = parameter;
        let value = encode(value);
        self.url(path, &format!("{api_version}&{name}={value}"))
    }
}

/// Percent-encoding of all that is not unreserved (RFC 3986, 2.3).
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(byte.into()),
            _ => encoded += &format!("%{byte:02X}"),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_encoded_wholly() {
        assert_eq!(
            encode("assignedTo('a-1') and ü&x=1"),
            "assignedTo%28%27a-1%27%29%20and%20%C3%BC%26x%3D1"
        );
    }
}

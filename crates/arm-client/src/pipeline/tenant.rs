//! Which tenant a request belongs to (auth #27).

use arm_core::Response;

use crate::ServiceError;

/// The subscription in a URL of Azure Resource Manager.
pub(super) fn subscription(url: &str) -> Option<&str> {
    let path = url.split_once("://")?.1.split_once('/')?.1;
    let mut segments = path.split(['?', '#']).next()?.split('/');
    let is_one = segments.next()?.eq_ignore_ascii_case("subscriptions");
    segments.next().filter(|id| is_one && !id.is_empty())
}

/// The tenant to which a subscription belongs, where the service refused a token because it is another one's: a GUID
/// behind the authority that its words name.
pub(super) fn right_tenant(response: &Response) -> Option<String> {
    if response.status != 401 {
        return None;
    }
    let error = ServiceError::from_response(response, None);
    if error.code != "InvalidAuthenticationTokenTenant" {
        return None;
    }
    let authority = error.message.split("use the authority").nth(1)?;
    // The address stands in quotation marks; the tenant is its path.
    let address = authority.split('\'').nth(1)?;
    let tenant = address.trim_end_matches('/').rsplit('/').next()?;
    is_guid(tenant).then(|| tenant.to_ascii_lowercase())
}

fn is_guid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12] && groups.concat().bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subscription_stands_at_the_beginning_of_the_path() {
        for (url, expected) in [
            (
                "https://management.azure.com/subscriptions/s-1/resourceGroups/rg?api-version=1",
                Some("s-1"),
            ),
            (
                "https://management.azure.com/Subscriptions/S-1?api-version=1",
                Some("S-1"),
            ),
            ("https://management.azure.com/subscriptions?api-version=1", None),
            ("https://management.azure.com/subscriptions/?api-version=1", None),
            ("https://management.azure.com/tenants?x=/subscriptions/s-1", None),
            ("https://management.azure.com/providers/p/subscriptions/s-1", None),
            ("https://management.azure.com", None),
        ] {
            assert_eq!(subscription(url), expected, "{url}");
        }
    }

    #[test]
    fn the_right_tenant_is_read_from_the_services_words_and_nothing_else() {
        const TENANT: &str = "72F988BF-0000-4000-8000-0000000fab01";
        let words = |authority: &str| {
            format!(
                "The access token is from the wrong issuer 'https://sts.windows.net/{TENANT}/'. It must match the tenant \
                 'https://sts.windows.net/x/' associated with this subscription. Please use the authority (URL) \
                 '{authority}' to get the token. Note, if the subscription is transferred"
            )
        };
        let code = "InvalidAuthenticationTokenTenant";
        let lower = TENANT.to_ascii_lowercase();
        for (status, code, message, expected) in [
            (
                401,
                code,
                words(&format!("https://login.windows.net/{TENANT}")),
                Some(lower.clone()),
            ),
            (
                401,
                code,
                words(&format!("https://login.microsoftonline.us/{TENANT}/")),
                Some(lower),
            ),
            (401, code, words("https://login.windows.net/contoso.com"), None),
            (
                401,
                code,
                words(&format!("https://login.windows.net/{TENANT}/x")),
                None,
            ),
            (401, code, words(""), None),
            (401, code, "No.".to_owned(), None),
            (
                401,
                "AuthenticationFailed",
                words(&format!("https://login.windows.net/{TENANT}")),
                None,
            ),
            (
                403,
                code,
                words(&format!("https://login.windows.net/{TENANT}")),
                None,
            ),
        ] {
            let body = serde_json::json!({ "error": { "code": code, "message": message } });
            let response = Response {
                body: body.to_string(),
                ..Response::new(status)
            };
            assert_eq!(right_tenant(&response), expected, "{status} {code} {message}");
        }
    }
}

//! `GET /`: what this server is, for a person who opens it in a browser.

use axum::{extract::Request, response::IntoResponse};

use crate::host;

/// A plain page with commands that work as they stand.
pub(crate) async fn page(request: Request) -> impl IntoResponse {
    let origin = format!("http://{}", host::of(&request).unwrap_or("127.0.0.1"));
    let headers = [
        ("content-type", "text/html; charset=utf-8"),
        (
            "content-security-policy",
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
        ("cache-control", "no-store"),
    ];
    let page = PAGE.replace("{origin}", &origin).replace("{fault}", FAULT);
    (headers, page)
}

const FAULT: &str = r#"{"matching":{"pathContains":"/subscriptions"},"kind":{"type":"status","status":503,"code":"ServiceUnavailable","message":"Try later."},"times":1}"#;

// The host was compared with a fixed list before it is put into the page, so it holds no markup.
const PAGE: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Azure Resource Manager emulator</title>
<h1>Azure Resource Manager emulator</h1>
<p>This server answers as Azure Resource Manager does for Azure Database for PostgreSQL flexible servers and their
backups. It holds invented data in memory and is in no way connected to Azure. Any token that is not empty is taken;
a real one must not be sent.</p>
<h2>Commands to begin with</h2>
<pre>
curl -H 'Authorization: Bearer any' '{origin}/subscriptions?api-version=2022-12-01'

curl -H 'Authorization: Bearer any' -H 'Content-Type: application/json' \
  -d '{"query":"resources | where type =~ \"microsoft.dbforpostgresql/flexibleservers\""}' \
  '{origin}/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01'
</pre>
<h2>Control</h2>
<table>
<tr><td><code>GET <a href="/_emulator/world">/_emulator/world</a></code><td>everything this emulator knows
<tr><td><code>GET <a href="/_emulator/unknown-routes">/_emulator/unknown-routes</a></code><td>requests it had no answer for
<tr><td><code>POST /_emulator/faults</code><td>make coming requests fail
<tr><td><code>POST /_emulator/switches</code><td>change how it behaves
<tr><td><code>POST /_emulator/reset</code><td>back to the world of its start
</table>
<pre>
curl -d '{fault}' \
  '{origin}/_emulator/faults'
</pre>
</html>
"#;

#[cfg(test)]
mod tests {
    use arm_emulator::Fault;

    use super::*;

    #[test]
    fn the_fault_that_the_page_shows_is_one() {
        let read: Result<Fault, _> = serde_json::from_str(FAULT);
        assert!(read.is_ok(), "{read:?}");
    }
}

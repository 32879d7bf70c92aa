//! Long-term retention backups, as code; the URI of a container stays `$SAS`.

use arm_client::{api_versions, postgres::long_term_retention::LongTermBackupName};
use arm_core::{Method, ResourceId};
use serde_json::json;

use super::{Az, Call, samples};
use crate::ui::code_block::CodeSample;

const SAS: &str = "# SAS holds the URI of the container with its SAS (permissions rwdl). Read it in without keeping it: read -rs SAS\n";
const DONE: &str = "# 200 or 202: read ltrBackupOperations until the status is Succeeded, Failed or Cancelled; percent and end time do not tell.\n";

/// Asks what a backup of this name needs, and begins it into as many containers.
pub fn start_long_term_backup(
    origin: &str,
    server: &ResourceId,
    name: &LongTermBackupName,
    containers: usize,
) -> Vec<CodeSample> {
    let az = |verb: &str| {
        Az::command(&format!("postgres flexible-server long-term-retention {verb}"))
            .option("--resource-group", server.resource_group().unwrap_or_default())
            .option("--name", server.name())
            .option("--backup-name", name.as_str())
            .option("--subscription", server.subscription_id())
    };
    let settings = json!({ "backupSettings": { "backupName": name.as_str() } });
    let mut start = settings.clone();
    start["targetDetails"] = json!({ "sasUriList": vec!["$SAS"; containers.max(1)] });
    let post = |verb: &str, body: &serde_json::Value| {
        let path = format!("{server}/{verb}");
        Call::new(Method::Post, origin, &path, api_versions::POSTGRESQL).with_body(body.to_string())
    };
    let (check, start) = (post("ltrPreBackup", &settings), post("startLtrBackup", &start));
    // Between single quotes a shell would leave the name of the variable as it is.
    let expanded = |code: String| code.replace("$SAS", r#"'"$SAS"'"#);
    let several = if containers > 1 {
        "# Each container has a URI of its own.\n"
    } else {
        ""
    };
    samples(
        format!(
            "{}\n{SAS}{several}{} --sas-url \"$SAS\"\n",
            az("pre-check").line(),
            az("start").line()
        ),
        format!("{}\n{SAS}{several}{}\n{DONE}", check.rest(), start.rest()),
        format!(
            "{}{SAS}{several}{}{DONE}",
            check.curl(server.subscription_id(), ""),
            expanded(start.curl(server.subscription_id(), ""))
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(containers: usize) -> Vec<String> {
        let server =
            "/subscriptions/s-1/resourceGroups/rg-a/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-a";
        let name = "weekly-1".parse().expect("a name");
        let server = server.parse().expect("an id");
        let samples = start_long_term_backup("https://arm.example", &server, &name, containers);
        samples.into_iter().map(|sample| sample.code).collect()
    }

    #[test]
    fn the_code_asks_first_and_begins_with_a_place_for_the_sas() {
        let [az, rest, curl] = code(1).try_into().expect("three languages");
        let server = "--resource-group rg-a --name pg-a --backup-name weekly-1 --subscription s-1";
        assert!(
            az.starts_with(&format!(
                "az postgres flexible-server long-term-retention pre-check {server}\n"
            )),
            "{az}"
        );
        assert!(
            az.ends_with(&format!(
                "long-term-retention start {server} --sas-url \"$SAS\"\n"
            )),
            "{az}"
        );
        let base = "https://arm.example/subscriptions/s-1/resourceGroups/rg-a/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-a";
        for part in [
            format!("POST {base}/ltrPreBackup?api-version=2025-08-01\n"),
            format!("POST {base}/startLtrBackup?api-version=2025-08-01\n"),
            r#"{"backupSettings":{"backupName":"weekly-1"},"targetDetails":{"sasUriList":["$SAS"]}}"#
                .to_owned(),
        ] {
            assert!(rest.contains(&part), "{part} is not in {rest}");
        }
        assert!(curl.contains("startLtrBackup"), "{curl}");
        assert!(
            code(2)[1].contains(r#"["$SAS","$SAS"]"#),
            "one for each container"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_real_shell_puts_the_sas_into_the_body() {
        let curl = &code(1)[2];
        let (_, data) = curl.rsplit_once("--data ").expect("a body");
        let data = data.lines().next().expect("a line");
        let script = format!("SAS='https://sta.blob.core.windows.net/c?a=b&c=d'; printf %s {data}");
        let ran = std::process::Command::new("sh").arg("-c").arg(&script).output();
        let printed = ran.unwrap_or_else(|error| panic!("{script}: {error}")).stdout;
        let body: serde_json::Value = serde_json::from_slice(&printed).expect("JSON");
        assert_eq!(
            body["targetDetails"]["sasUriList"][0],
            "https://sta.blob.core.windows.net/c?a=b&c=d"
        );
    }
}

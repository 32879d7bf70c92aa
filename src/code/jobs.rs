//! Jobs of backup vaults: the list of all, and one.

use arm_client::{api_versions, data_protection::JobSummary};
use arm_core::{Method, ResourceId};
use serde_json::json;

use super::{Az, Call, samples};
use crate::ui::code_block::CodeSample;

/// The commands are no part of the Azure CLI itself.
const EXTENSION: &str = "# The command comes with: az extension add --name dataprotection\n";
/// What an answer means (reference B7).
const READING: &str = "# Read it until properties.status is Completed, CompletedWithWarnings, Failed or Cancelled. 504 says nothing of the job.\n";

/// Lists the jobs of all vaults.
pub fn list_jobs(origin: &str) -> Vec<CodeSample> {
    let query = JobSummary::QUERY;
    let az = Az::command("graph query")
        .option("--graph-query", query)
        .option("--first", "1000");
    let body = json!({ "query": query, "options": { "$top": 1000, "resultFormat": "objectArray" } });
    let path = "/providers/Microsoft.ResourceGraph/resources";
    let call =
        Call::new(Method::Post, origin, path, api_versions::RESOURCE_GRAPH).with_body(body.to_string());
    let pages = "# Ask again with the answer's $skipToken in options, as long as there is one.\n";
    samples(
        format!(
            "{}\n# Needs the extension: az extension add --name resource-graph\n# Ask again with --skip-token and the answer's skip_token, as long as there is one.\n",
            az.line()
        ),
        format!("{}\n{pages}", call.rest()),
        format!("{}{pages}", call.curl("", "")),
    )
}

/// Reads one job.
pub fn job(origin: &str, job: &ResourceId) -> Vec<CodeSample> {
    let call = Call::new(Method::Get, origin, job.as_str(), api_versions::DATA_PROTECTION);
    let vault = job.parent().unwrap_or_else(|| job.clone());
    let az = Az::command("dataprotection job show")
        .option("--job-id", job.name())
        .option("--resource-group", vault.resource_group().unwrap_or_default())
        .option("--vault-name", vault.name())
        .option("--subscription", vault.subscription_id());
    samples(
        format!("{}\n{READING}{EXTENSION}", az.line()),
        format!("{}\n{READING}", call.rest()),
        format!("{}{READING}", call.curl(vault.subscription_id(), "")),
    )
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::{cell::RefCell, future::Future, pin::pin, rc::Rc, task};

    use arm_client::{ArmClient, ArmOrigin, Credential, SignInNeeded, TokenRequest};
    use arm_core::{Clock, LocalFuture, Secret, VirtualClock};
    use arm_emulator::{InProcess, World};

    use super::*;

    const ORIGIN: &str = "https://management.azure.com";

    struct Token;

    impl Credential for Token {
        fn token(&self, _: TokenRequest) -> LocalFuture<'_, Result<Secret, SignInNeeded>> {
            Box::pin(std::future::ready(Ok(Secret::new("emulated"))))
        }
    }

    fn done<T>(future: impl Future<Output = T>) -> T {
        let mut context = task::Context::from_waker(task::Waker::noop());
        match pin!(future).poll(&mut context) {
            task::Poll::Ready(value) => value,
            task::Poll::Pending => panic!("it waits"),
        }
    }

    #[test]
    fn the_code_asks_what_the_client_asks() {
        let clock: Rc<dyn Clock> = Rc::new(VirtualClock::starting_at(
            "2026-03-12T09:41:00Z".parse().expect("a moment"),
        ));
        let world = Rc::new(RefCell::new(World::new(7, clock.now())));
        let transport = Rc::new(InProcess::new(world, clock.clone()));
        let origin = ArmOrigin::new(ORIGIN).expect("an origin");
        let arm = ArmClient::new(origin, transport.clone(), clock, Rc::new(Token));
        let jobs = done(arm.data_protection().all_jobs()).expect("jobs");
        let asked = transport.requests().pop().expect("a request");
        let [az, rest, curl] = list_jobs(ORIGIN).try_into().expect("three");
        assert!(
            rest.code.starts_with(&format!("POST {}\n", asked.url)),
            "{}",
            rest.code
        );
        assert!(rest.code.contains(JobSummary::QUERY), "{}", rest.code);
        let quoted = crate::code::quote(JobSummary::QUERY);
        for code in [az.code, curl.code] {
            assert!(code.contains(quoted.trim_matches('\'')), "{code}");
        }

        let id = &jobs[0].id;
        done(arm.data_protection().job(id)).expect("a job");
        let asked = transport.requests().pop().expect("a request");
        let [az, rest, curl] = job(ORIGIN, id).try_into().expect("three");
        assert!(
            rest.code.starts_with(&format!("GET {}\n", asked.url)),
            "{}",
            rest.code
        );
        assert!(curl.code.contains(&asked.url), "{}", curl.code);
        let vault = id.parent().expect("a vault");
        assert!(
            az.code.starts_with(&format!(
                "az dataprotection job show --job-id {} --resource-group rg-backup-prod --vault-name {} --subscription ",
                id.name(),
                vault.name()
            )),
            "{}",
            az.code
        );
    }
}

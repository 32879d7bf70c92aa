//! `GET …/backupInstances[/{backupInstanceName}]`, of a vault and of one resource (reference B1).

use arm_core::{Response, Timestamp};
use serde_json::{Value, json};

use super::states;
use crate::{
    call::Call,
    data_protection::{INSTANCE_TYPE, POINT_TYPE, recovery_points, vaults},
    paging,
    postgres::servers::{text, with_id},
    refusals::{self, Refusal, json_response},
    timestamps::with_z,
    world::World,
};

/// The instances of a vault, without soft-deleted ones.
pub(crate) fn list_instances(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    vaults::find(world, call)?;
    paging::page(world, call, world.below(&vaults::key(call), INSTANCE_TYPE))
}

/// One instance.
pub(crate) fn get_instance(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    vaults::find(world, call)?;
    let instance = super::find(world, call)?;
    Ok(json_response(200, &with_id(world, call, instance)))
}

/// The instances that protect one resource, in whatever vault.
pub(crate) fn list_instances_of_resource(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    let source = call.key_above(call.target.segments.len() - 3);
    if world.document(&source).is_none() {
        let mut segments = source.rsplit('/');
        let name = segments.next().unwrap_or_default().to_owned();
        let kind = segments.next().unwrap_or_default();
        let resource = format!("{}/{kind}/{name}", call.parameter("namespace"));
        let group = call.parameter("resourceGroupName");
        return Err(refusals::RESOURCE_NOT_FOUND.refuse(&[&resource, group]));
    }
    let found = super::all(world).filter(|instance| super::source_key(instance) == source);
    paging::page(world, call, found)
}

/// What Resource Graph tells of an instance beyond its own properties (reference C4); the year 1 stands for none.
pub(crate) fn in_tables(world: &World, instance: &Value) -> Value {
    let key = text(instance, "/id").to_ascii_lowercase();
    let times: Vec<_> = world
        .below(&key, POINT_TYPE)
        .filter_map(recovery_points::time)
        .collect();
    let told = |time: Option<&Timestamp>| match time {
        Some(time) => with_z(*time),
        None => "0001-01-01T00:00:00Z".to_owned(),
    };
    let vault = world.document(&super::vault_key(instance));
    json!({
        "allowedOperations": states::allowed_operations(states::of(instance)),
        "vaultId": vault.map(vaults::canonical_id),
        "recoveryPointInfo": {
            "latestRecoveryPointInPrimaryRegion": told(times.iter().max()),
            "oldestRecoveryPointInPrimaryRegion": told(times.iter().min()),
        },
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{Rig, body};

    fn rows(rig: &mut Rig, query: &str) -> Value {
        let asked = json!({ "query": query }).to_string();
        let answered = rig.post(
            "/providers/Microsoft.ResourceGraph/resources",
            "2021-03-01",
            &asked,
        );
        assert_eq!(answered.status, 200, "{}", answered.body);
        body(&answered)["data"].clone()
    }

    #[test]
    fn resource_graph_tells_of_vaults_instances_and_jobs() {
        let mut rig = Rig::new();
        let vaults = rows(
            &mut rig,
            "resources | where type =~ 'microsoft.dataprotection/backupvaults' | project name, location | order by name asc",
        );
        let names: Vec<_> = vaults
            .as_array()
            .into_iter()
            .flatten()
            .map(|vault| &vault["name"])
            .collect();
        assert_eq!(
            names,
            [
                "bv-archive-gwc",
                "bv-commerce-weu",
                "bv-dev-neu",
                "bv-insights-neu"
            ]
        );
        let instances = rows(
            &mut rig,
            "recoveryservicesresources | where type =~ 'microsoft.dataprotection/backupvaults/backupinstances' \
             | extend ds = tolower(tostring(properties.dataSourceInfo.resourceID)) | where ds has 'pg-billing-prod' \
             | project ds, protection = tostring(properties.currentProtectionState), \
             last = tostring(properties.backupInstanceExtendedProperties.recoveryPointInfo.latestRecoveryPointInPrimaryRegion)",
        );
        assert_eq!(instances.as_array().map(Vec::len), Some(1), "{instances}");
        assert_eq!(instances[0]["protection"], "ProtectionConfigured", "{instances}");
        assert_eq!(
            instances[0]["last"], "2026-03-01T02:00:00.0000000Z",
            "{instances}"
        );
        let jobs = rows(
            &mut rig,
            "recoveryservicesresources | where type =~ 'microsoft.dataprotection/backupvaults/backupjobs' | count",
        );
        assert!(
            jobs[0]["Count"].as_u64().is_some_and(|count| count > 20),
            "{jobs}"
        );
        let roles = rows(&mut rig, "resources | where type has 'authorization' | count");
        assert_eq!(roles[0]["Count"], 0);
    }
}

//! `GET …/blobServices/default/containers/{containerName}` (reference C3).

use arm_core::Response;

use super::{ACCOUNT_TYPE, accounts};
use crate::{
    call::Call,
    postgres::servers,
    refusals::{self, Refusal, json_response},
    world::World,
};

/// One container.
pub(crate) fn get_container(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    accounts::find(world, call)?;
    let container = world.document(&call.key()).ok_or_else(|| {
        let (account, name) = (call.parameter("accountName"), call.parameter("containerName"));
        let resource = format!("{ACCOUNT_TYPE}/{account}/blobServices/default/containers/{name}");
        refusals::RESOURCE_NOT_FOUND.refuse(&[&resource, call.parameter("resourceGroupName")])
    })?;
    Ok(json_response(200, &servers::with_id(world, call, container)))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Rig, STORAGE, STORAGE_VERSION, body};

    fn path(name: &str) -> String {
        format!("{STORAGE}/blobServices/default/containers/{name}")
    }

    #[test]
    fn a_container_is_there_or_not() {
        for (rig, path, status) in [
            (Rig::as_nobody(), path("ltr-orders"), 403),
            (
                Rig::new(),
                path("ltr-orders").replace("stcommerce", "stnowhere"),
                404,
            ),
            (Rig::new(), path("nothing"), 404),
            (Rig::as_reader(), path("LTR-Orders"), 200),
        ] {
            let mut rig = rig;
            let response = rig.read(&path, STORAGE_VERSION);
            assert_eq!(response.status, status, "{path}: {}", response.body);
        }
        let answer = body(&Rig::new().read(&path("ltr-orders"), STORAGE_VERSION));
        assert_eq!(answer["id"], path("ltr-orders").as_str());
    }
}

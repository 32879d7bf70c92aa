use arm_core::{Method, Request, Response};
use serde_json::{Value, json};

use crate::{
    authorization::{effective, roles},
    directory,
    testing::{ORDERS, PRODUCTION, Rig, body, url},
};

const VERSION: &str = "2022-04-01";
const NAME: &str = "aaaaaaaa-0000-4000-8000-000000000001";
const OTHER: &str = "aaaaaaaa-0000-4000-8000-000000000002";
const ACTION: &str = "Microsoft.DBforPostgreSQL/flexibleServers/startLtrBackup/action";

fn put(rig: &mut Rig, scope: &str, name: &str, properties: &Value) -> Response {
    let path = format!("{scope}/providers/Microsoft.Authorization/roleAssignments/{name}");
    let request = Request::new(Method::Put, url(&path, VERSION));
    rig.request(request.with_body(json!({ "properties": properties }).to_string()))
        .response
}

fn retention(principal: &str) -> Value {
    json!({
        "roleDefinitionId": format!("{PRODUCTION}/providers/Microsoft.Authorization/roleDefinitions/{}", roles::LONG_TERM_RETENTION),
        "principalId": principal,
        "principalType": "ServicePrincipal",
    })
}

fn may(rig: &Rig, principal: &str, scope: &str) -> bool {
    effective::may(
        &rig.world,
        principal,
        ACTION,
        &scope.to_ascii_lowercase(),
        rig.now,
    )
}

fn list(rig: &mut Rig, scope: &str, filter: &str) -> Vec<Value> {
    let filter = filter.replace(' ', "%20").replace('\'', "%27");
    let path = format!("{scope}/providers/Microsoft.Authorization/roleAssignments?$filter={filter}");
    let answered = rig.send(Method::Get, &path, VERSION);
    assert_eq!(answered.status, 200, "{}", answered.body);
    body(&answered)["value"].as_array().cloned().unwrap_or_default()
}

#[test]
fn what_cannot_be_assigned_is_refused_and_nothing_changes() {
    let role = |guid: &str| format!("/providers/Microsoft.Authorization/roleDefinitions/{guid}");
    let vault = directory::INSIGHTS_VAULT;
    let unknown = "99999999-0000-4000-8000-000000000000";
    for (rig, scope, name, properties, status, code) in [
        (
            Rig::as_reader(),
            ORDERS.to_owned(),
            NAME,
            retention(vault),
            403,
            "AuthorizationFailed",
        ),
        (
            Rig::as_contributor(),
            ORDERS.to_owned(),
            NAME,
            retention(vault),
            403,
            "AuthorizationFailed",
        ),
        (
            Rig::new(),
            format!("{ORDERS}x"),
            NAME,
            retention(vault),
            404,
            "ResourceNotFound",
        ),
        (
            Rig::new(),
            ORDERS.to_owned(),
            "mine",
            retention(vault),
            400,
            "InvalidRoleAssignmentId",
        ),
        (
            Rig::new(),
            ORDERS.to_owned(),
            NAME,
            json!({}),
            400,
            "InvalidRequestContent",
        ),
        (
            Rig::new(),
            ORDERS.to_owned(),
            NAME,
            json!({ "roleDefinitionId": role(unknown), "principalId": vault }),
            404,
            "RoleDefinitionDoesNotExist",
        ),
        (
            Rig::new(),
            ORDERS.to_owned(),
            NAME,
            json!({ "roleDefinitionId": role(roles::READER), "principalId": unknown }),
            400,
            "PrincipalNotFound",
        ),
    ] {
        let mut rig = rig;
        let before = rig.contents();
        let answered = put(&mut rig, &scope, name, &properties);
        let told = (answered.status, body(&answered)["error"]["code"].clone());
        assert_eq!(told, (status, code.into()), "{properties}: {}", answered.body);
        assert_eq!(rig.contents(), before, "{properties}");
    }
}

#[test]
fn an_assignment_is_made_once_kept_and_taken_away() {
    let mut rig = Rig::new();
    let vault = directory::INSIGHTS_VAULT;
    assert!(!may(&rig, vault, ORDERS));
    let made = put(&mut rig, ORDERS, NAME, &retention(vault));
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(body(&made)["properties"]["scope"], ORDERS);
    assert!(may(&rig, vault, ORDERS));
    assert!(!may(&rig, vault, &format!("{ORDERS}x")), "no other server");
    assert_eq!(
        put(&mut rig, ORDERS, NAME, &retention(vault)).status,
        200,
        "the same again"
    );
    let again = put(&mut rig, ORDERS, OTHER, &retention(vault));
    assert_eq!(body(&again)["error"]["code"], "RoleAssignmentExists");
    let changed = put(&mut rig, ORDERS, NAME, &retention(directory::ARCHIVE_VAULT));
    assert_eq!(
        body(&changed)["error"]["code"],
        "RoleAssignmentUpdateNotPermitted"
    );

    let path = format!("{ORDERS}/providers/Microsoft.Authorization/roleAssignments/{NAME}");
    assert_eq!(body(&rig.send(Method::Get, &path, VERSION)), body(&made));
    assert_eq!(rig.send(Method::Delete, &path, VERSION).status, 200);
    assert_eq!(rig.send(Method::Delete, &path, VERSION).status, 204);
    assert_eq!(rig.send(Method::Get, &path, VERSION).status, 404);
    assert!(!may(&rig, vault, ORDERS));
}

#[test]
fn roles_reach_down_and_groups_pass_them_on() {
    let group = format!("{PRODUCTION}/resourceGroups/rg-commerce-prod");
    let vault = directory::COMMERCE_VAULT;
    for (scope, principal) in [
        (ORDERS, vault),
        (group.as_str(), vault),
        (PRODUCTION, vault),
        (PRODUCTION, directory::GROUPS[0].object_id),
    ] {
        let mut rig = Rig::new();
        assert!(!may(&rig, vault, ORDERS), "{scope}");
        assert_eq!(
            put(&mut rig, scope, NAME, &retention(principal)).status,
            201,
            "{scope}"
        );
        assert!(may(&rig, vault, ORDERS), "{scope} {principal}");
        assert!(!may(&rig, directory::INSIGHTS_VAULT, ORDERS), "{scope}");
    }
}

#[test]
fn a_new_assignment_takes_the_time_of_the_switch_to_have_an_effect() {
    let mut rig = Rig::new();
    rig.world.switches().role_delay = 120;
    put(&mut rig, ORDERS, NAME, &retention(directory::INSIGHTS_VAULT));
    for (wait, expected) in [(0, false), (119, false), (1, true)] {
        rig.wait(wait);
        assert_eq!(may(&rig, directory::INSIGHTS_VAULT, ORDERS), expected, "{wait}");
    }
}

#[test]
fn lists_tell_what_is_at_above_and_below_as_the_filter_asks() {
    let mut rig = Rig::new();
    let group = format!("{PRODUCTION}/resourceGroups/rg-commerce-prod");
    let vault = directory::INSIGHTS_VAULT;
    for (scope, name) in [(ORDERS, NAME), (PRODUCTION, OTHER)] {
        put(&mut rig, scope, name, &retention(vault));
    }
    let direct = format!("principalId eq '{vault}'");
    let ours = |found: &[Value]| {
        let names = found.iter().filter_map(|found| found["name"].as_str());
        let mut names: Vec<_> = names
            .filter(|name| name.starts_with("aaaaaaaa"))
            .map(str::to_owned)
            .collect();
        names.sort();
        names
    };
    for (scope, filter, expected) in [
        (ORDERS, direct.clone(), vec![NAME, OTHER]),
        (&group, direct.clone(), vec![NAME, OTHER]),
        (&group, format!("atScope() and {direct}"), vec![OTHER]),
        (PRODUCTION, "atScope()".to_owned(), vec![OTHER]),
        (
            ORDERS,
            format!("atScope() and assignedTo('{vault}')"),
            vec![NAME, OTHER],
        ),
        (
            ORDERS,
            "principalId eq '0a1b2c3d-0000-4000-8000-000000000001'".to_owned(),
            vec![],
        ),
    ] {
        let found = list(&mut rig, scope, &filter);
        assert_eq!(ours(&found), expected, "{scope} {filter}");
    }
    // Of a group only those who ask by membership hear.
    let group_role = |found: &[Value]| {
        found
            .iter()
            .any(|found| found["properties"]["principalId"] == directory::GROUPS[0].object_id)
    };
    let catalog = crate::testing::sibling("pg-catalog-prod");
    let member = directory::COMMERCE_VAULT;
    assert!(group_role(&list(
        &mut rig,
        &catalog,
        &format!("assignedTo('{member}')")
    )));
    assert!(!group_role(&list(
        &mut rig,
        &catalog,
        &format!("principalId eq '{member}'")
    )));
    let bad = format!("{ORDERS}/providers/Microsoft.Authorization/roleAssignments?$filter=name%20eq%201");
    assert_eq!(rig.send(Method::Get, &bad, VERSION).status, 400);
}

#[test]
fn definitions_and_the_callers_permissions_are_read_at_any_scope() {
    let mut rig = Rig::new();
    for scope in ["", PRODUCTION, ORDERS] {
        let path = format!(
            "{scope}/providers/Microsoft.Authorization/roleDefinitions/{}",
            roles::READER
        );
        let role = body(&rig.send(Method::Get, &path, VERSION));
        assert_eq!(role["properties"]["roleName"], "Reader", "{scope}: {role}");
    }
    let path = format!(
        "{PRODUCTION}/providers/Microsoft.Authorization/roleDefinitions?$filter=type%20eq%20%27CustomRole%27"
    );
    let custom = body(&rig.send(Method::Get, &path, VERSION));
    assert_eq!(custom["value"][0]["properties"]["type"], "CustomRole", "{custom}");
    for (rig, expected) in [
        (Rig::new(), json!(["*"])),
        (Rig::as_contributor(), json!(["*"])),
        (Rig::as_reader(), json!(["*/read"])),
    ] {
        let mut rig = rig;
        let path = format!("{ORDERS}/providers/Microsoft.Authorization/permissions");
        let told = body(&rig.send(Method::Get, &path, VERSION));
        assert_eq!(told["value"][0]["actions"], expected, "{told}");
    }
}

#[test]
fn a_role_that_is_assigned_to_a_user_counts_for_them_after_its_delay_there_and_nowhere_else() {
    let backup = |server: &str| format!("{server}/backups/by-a-reader");
    let take = |rig: &mut Rig, server: &str| rig.send(Method::Put, &backup(server), "2025-08-01").status;
    let told = |rig: &mut Rig, scope: &str| {
        let path = format!("{scope}/providers/Microsoft.Authorization/permissions");
        let answer = body(&rig.send(Method::Get, &path, VERSION));
        let entries = answer["value"].as_array().cloned().unwrap_or_default();
        entries.iter().any(|entry| entry["actions"] == json!(["*"]))
    };
    let mut rig = Rig::as_reader();
    rig.world.switches.role_delay = 60;
    assert_eq!((take(&mut rig, ORDERS), told(&mut rig, ORDERS)), (403, false));
    let mut owner = Rig::new();
    std::mem::swap(&mut rig.world, &mut owner.world);
    let contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
    let assignment = json!({
        "roleDefinitionId": format!("{PRODUCTION}/providers/Microsoft.Authorization/roleDefinitions/{contributor}"),
        "principalId": directory::USERS[1].object_id,
        "principalType": "User",
    });
    assert_eq!(put(&mut owner, ORDERS, NAME, &assignment).status, 201);
    std::mem::swap(&mut rig.world, &mut owner.world);
    assert_eq!(
        (take(&mut rig, ORDERS), told(&mut rig, ORDERS)),
        (403, false),
        "not yet"
    );
    rig.wait(61);
    assert_eq!((take(&mut rig, ORDERS), told(&mut rig, ORDERS)), (202, true));
    let other = crate::testing::sibling("pg-catalog-prod");
    assert_eq!((take(&mut rig, &other), told(&mut rig, &other)), (403, false));
}

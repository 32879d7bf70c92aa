//! From a request to its handler.

use std::collections::BTreeMap;

use arm_core::{Method, Response};

use crate::{
    authorization,
    call::Call,
    checks, data_protection, key_vault, permissions, postgres, rate_limits,
    refusals::{self, Refusal},
    resource_graph, resources, storage,
    world::World,
};

/// One operation of the service.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Route {
    pub(crate) method: Method,
    /// The path with its places in braces; literals are compared without case.
    pub(crate) path: &'static str,
    /// The versions it answers to, oldest first.
    pub(crate) versions: &'static [&'static str],
    /// What the caller must be allowed to do; `None` where everybody sees what is theirs.
    pub(crate) action: Option<&'static str>,
    pub(crate) handler: Handler,
}

/// A row of a provider's table.
pub(crate) const fn route(
    method: Method,
    path: &'static str,
    versions: &'static [&'static str],
    action: &'static str,
    handler: Handler,
) -> Route {
    Route {
        method,
        path,
        versions,
        action: Some(action),
        handler,
    }
}

pub(crate) type Handler = fn(&mut World, &Call) -> Result<Response, Refusal>;

/// Answers a call by its route; the checks come in the order of reference G8.
pub(crate) fn answer(world: &mut World, mut call: Call) -> Response {
    find(world, &mut call)
        .and_then(|route| {
            let limits = rate_limits::count(world, &call)?;
            let answered = serve(world, &call, route).unwrap_or_else(Refusal::into_response);
            let answered = postgres::long_term_retention::with_error_code(route, answered);
            Ok(limits.into_iter().fold(answered, |response, (name, value)| {
                response.with_header(name, value)
            }))
        })
        .unwrap_or_else(Refusal::into_response)
}

/// The route of a call whose subscription is there; the places of the path are put into the call.
fn find(world: &mut World, call: &mut Call) -> Result<&'static Route, Refusal> {
    let candidates: Vec<_> = routes()
        .filter_map(|route| Some((route, matched(route.path, call)?)))
        .collect();
    if candidates.is_empty() {
        return Err(not_emulated(world, call, &call.path()));
    }
    let Some((route, parameters)) = candidates
        .into_iter()
        .find(|(route, _)| serves(route, call.method))
    else {
        return Err(refusals::METHOD_NOT_ALLOWED.refuse(&[call.method.name()]));
    };
    call.parameters = parameters;
    checks::subscription_id(call)?;
    if call.target.parameter("api-version").is_none_or(str::is_empty) {
        return Err(refusals::MISSING_API_VERSION.refuse(&[]));
    }
    checks::subscription(world, call)?;
    checks::tenant(world, call)?;
    Ok(route)
}

fn serve(world: &mut World, call: &Call, route: &Route) -> Result<Response, Refusal> {
    checks::version(route, call)?;
    if let Some(action) = route.action {
        permissions::check(world, &call.caller, action, &scope(route, call), call.now)?;
    }
    checks::resource_group(world, call)?;
    let response = (route.handler)(world, call)?;
    // Whether a resource is there, as the description of checking existence by id has it; a list has no such form.
    let is_existence = call.method == Method::Head && route.path.ends_with('}');
    if is_existence && response.status == 200 {
        return Ok(Response::new(204));
    }
    Ok(response)
}

fn routes() -> impl Iterator<Item = &'static Route> {
    resources::ROUTES
        .iter()
        .chain(resource_graph::ROUTES)
        .chain(postgres::ROUTES)
        .chain(postgres::long_term_retention::ROUTES)
        .chain(storage::ROUTES)
        .chain(postgres::single_servers::ROUTES)
        .chain(data_protection::ROUTES)
        .chain(authorization::ROUTES)
        .chain(key_vault::ROUTES)
}

/// A `HEAD` is a `GET` without its body, unless it has a route of its own.
fn serves(route: &Route, method: Method) -> bool {
    route.method == method || (method == Method::Head && route.method == Method::Get)
}

/// Over what the caller must have rights: the resource, or of a list what it belongs to.
fn scope(route: &Route, call: &Call) -> String {
    let path = call.path();
    let is_list = !route.path.ends_with('}');
    let above = path
        .rsplit_once('/')
        .filter(|_| is_list)
        .map(|(above, _)| above.to_owned());
    above.unwrap_or(path)
}

/// What stands in the places of a route's path, if the path is the called one.
fn matched(path: &'static str, call: &Call) -> Option<BTreeMap<&'static str, String>> {
    let mut parameters = BTreeMap::new();
    let mut called = call.target.segments.iter();
    for segment in path.split('/').skip(1) {
        let actual = called.next()?;
        match segment.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(_) if actual.is_empty() => return None,
            Some(name) => {
                parameters.insert(name, actual.clone());
            }
            None if !segment.eq_ignore_ascii_case(actual) => return None,
            None => {}
        }
    }
    called.next().is_none().then_some(parameters)
}

/// Refuses and notes what Azure does and the emulator does not: a path, or a part of what is done there.
pub(crate) fn not_emulated(world: &mut World, call: &Call, what: &str) -> Refusal {
    let route = format!("{} {what}", call.method);
    // Told once: who asks for it in a loop must not fill the world.
    if !world.unknown_routes.contains(&route) {
        world.unknown_routes.push(route);
    }
    refusals::NOT_EMULATED.refuse(&[call.method.name(), what])
}

#[cfg(test)]
mod tests {
    use arm_core::{Method, Request};
    use insta::assert_snapshot;

    use crate::testing::{ORDERS, PRODUCTION, Rig, VERSION, body, shown};

    fn check(mut rig: Rig, method: Method, path_and_query: &str, status: u16, code: &str) {
        let before = rig.contents();
        let url = format!("https://arm.emulator.invalid{path_and_query}");
        let response = rig.request(Request::new(method, url)).response;
        let answered = body(&response)["error"]["code"].clone();
        assert_eq!(
            (response.status, answered),
            (status, code.into()),
            "{method} {path_and_query}"
        );
        assert_eq!(rig.contents(), before, "{method} {path_and_query}");
    }

    #[test]
    fn checks_come_in_the_order_of_the_service() {
        let group = format!("{PRODUCTION}/resourceGroups");
        let servers = "providers/Microsoft.DBforPostgreSQL/flexibleServers";
        let elsewhere = PRODUCTION.replace("1111-4111", "1111-4112");
        for (rig, path, status, code) in [
            // Each row is wrong in all that follows as well.
            (
                Rig::as_nobody(),
                format!("/subscriptions/x/{servers}"),
                400,
                "InvalidSubscriptionId",
            ),
            (
                Rig::as_nobody(),
                format!("{elsewhere}/{servers}"),
                400,
                "MissingApiVersionParameter",
            ),
            (
                Rig::as_nobody(),
                format!("{elsewhere}/{servers}?api-version=1"),
                404,
                "SubscriptionNotFound",
            ),
            (
                Rig::as_nobody(),
                format!("{group}/none/{servers}/none?api-version=1"),
                400,
                "NoRegisteredProviderFound",
            ),
            (
                Rig::as_nobody(),
                format!("{group}/none/{servers}/none?api-version={VERSION}"),
                403,
                "AuthorizationFailed",
            ),
            (
                Rig::new(),
                format!("{group}/none/{servers}/none?api-version={VERSION}"),
                404,
                "ResourceGroupNotFound",
            ),
            (
                Rig::new(),
                format!("{group}/rg-hr/{servers}/none?api-version={VERSION}"),
                404,
                "ResourceNotFound",
            ),
            (
                Rig::new(),
                format!("{ORDERS}?api-version="),
                400,
                "MissingApiVersionParameter",
            ),
            (
                Rig::new(),
                format!("{ORDERS}/%zz?api-version={VERSION}"),
                400,
                "BadRequest",
            ),
        ] {
            check(rig, Method::Get, &path, status, code);
        }
        let bare = Request::new(
            Method::Get,
            "https://arm.emulator.invalid/subscriptions/x/nothing",
        );
        let bare = bare.with_header("Authorization", "Basic x");
        assert_eq!(
            Rig::new().request(bare).response.status,
            401,
            "the token comes first"
        );
    }

    #[test]
    fn what_azure_does_not_do_is_refused_and_what_the_emulator_does_not_is_noted() {
        for (method, path, status, code) in [
            (
                Method::Post,
                format!("{ORDERS}/backups/b"),
                405,
                "MethodNotAllowed",
            ),
            (
                Method::Patch,
                format!("{ORDERS}/backups"),
                405,
                "MethodNotAllowed",
            ),
            (
                Method::Delete,
                "/subscriptions".to_owned(),
                405,
                "MethodNotAllowed",
            ),
            (Method::Post, ORDERS.to_owned(), 405, "MethodNotAllowed"),
            (Method::Post, format!("{ORDERS}/stop"), 501, "NotImplemented"),
            (
                Method::Get,
                format!("{ORDERS}/configurations"),
                501,
                "NotImplemented",
            ),
            (Method::Get, format!("{ORDERS}//backups"), 501, "NotImplemented"),
            (Method::Get, "/".to_owned(), 501, "NotImplemented"),
        ] {
            check(
                Rig::new(),
                method,
                &format!("{path}?api-version={VERSION}"),
                status,
                code,
            );
        }
    }

    #[test]
    fn an_unknown_route_is_told_and_noted_once() {
        let mut rig = Rig::new();
        rig.get("/providers/Microsoft.Nothing/things");
        assert_snapshot!(shown(&rig.get("/providers/Microsoft.Nothing/things")), @r#"
        501
        x-ms-failure-cause: gateway
        {
          "error": {
            "code": "NotImplemented",
            "message": "The emulator does not know 'GET /providers/Microsoft.Nothing/things'."
          }
        }
        "#);
        assert_eq!(
            rig.world.unknown_routes(),
            ["GET /providers/Microsoft.Nothing/things"]
        );
    }

    #[test]
    fn a_head_tells_whether_a_resource_is_there() {
        for (path, status) in [
            (ORDERS.to_owned(), 204),
            (format!("{ORDERS}/backups/smoke-test"), 204),
            (format!("{ORDERS}/backups/nothing"), 404),
            (format!("{ORDERS}x"), 404),
            (format!("{ORDERS}/backups"), 200),
        ] {
            let response = Rig::new().send(Method::Head, &path, VERSION);
            assert_eq!((response.status, response.body.as_str()), (status, ""), "{path}");
        }
    }
}

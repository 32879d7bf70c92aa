//! `Microsoft.ResourceGraph` (reference C4, G10): a documented subset of its query language over the world.

mod cursor;
mod evaluate;
mod functions;
mod lexer;
mod parser;
mod query_request;
mod query_resources;
mod syntax;
mod tables;

use arm_core::Method;

use crate::{api_versions, router::Route};

pub(crate) const ROUTES: &[Route] = &[Route {
    method: Method::Post,
    path: "/providers/Microsoft.ResourceGraph/resources",
    versions: api_versions::RESOURCE_GRAPH,
    action: None,
    handler: query_resources::query_resources,
}];

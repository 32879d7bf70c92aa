//! Connections: accepted, served, and closed without an answer where the world says so.
//!
//! A handler of axum always answers. A service of hyper may fail instead, and then hyper closes the
//! connection before a byte of an answer is written: a browser reports `TypeError: Failed to fetch`
//! (`net::ERR_EMPTY_RESPONSE`), Python `RemoteDisconnected`. Clients silently repeat a request whose
//! *kept-alive* connection was closed (Chromium was seen to send such a PUT twice), which would undo the
//! fault, so each connection carries one request only.

use std::{fmt, sync::Arc};

use arm_emulator::HeaderCase;
use axum::{
    Router,
    body::Body,
    response::{IntoResponse, Response},
};
use hyper::{body::Incoming, server::conn::http1, service::Service, service::service_fn};
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

use crate::shared::Shared;

/// As a response: there is none, the connection is closed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CloseWithoutAnswer;

impl IntoResponse for CloseWithoutAnswer {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        response.extensions_mut().insert(self);
        response
    }
}

impl fmt::Display for CloseWithoutAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the connection is closed without an answer")
    }
}

impl std::error::Error for CloseWithoutAnswer {}

/// Serves until the future is dropped, and every open connection with it.
pub(crate) async fn accept_all(listener: TcpListener, router: Router, shared: Arc<Shared>) {
    let router = Arc::new(TowerToHyperService::new(router));
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                // A client that is gone before it was accepted is no reason to stop.
                if let Ok((stream, _)) = accepted {
                    let header_case = shared.read_world(|world| world.switches().header_case);
                    connections.spawn(serve(stream, Arc::clone(&router), header_case));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve(stream: TcpStream, router: Arc<TowerToHyperService<Router>>, header_case: HeaderCase) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let router = Arc::clone(&router);
        async move {
            let Ok(response) = router.call(request).await;
            match response.extensions().get::<CloseWithoutAnswer>() {
                Some(&close) => Err(close),
                None => Ok(response),
            }
        }
    });
    let connection = http1::Builder::new()
        .keep_alive(false)
        // hyper knows names in lower case only, and may capitalise them on their way out.
        .title_case_headers(header_case == HeaderCase::Title)
        .serve_connection(TokioIo::new(stream), service);
    // The error is either ours (no answer on purpose) or the client's, who has left.
    connection.await.ok();
}

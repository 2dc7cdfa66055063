//! What every answer carries, errors and static files included, and which
//! `Host` we answer to.

use std::sync::Arc;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};

use crate::app::App;
use crate::secrets;

const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
         font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; \
         base-uri 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    // `no-referrer` would make Chromium post `Origin: null`.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"),
];

/// Refuses foreign hosts, then adds the headers.
///
/// # Errors
/// Those of the inner service.
pub async fn guard(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    let app = request.app_data::<web::Data<Arc<App>>>().map(|data| data.get_ref().clone());
    let https = app.as_ref().is_some_and(|app| app.origin.https);
    let known = {
        // Not `connection_info`, which believes forwarded headers.
        let host = request
            .headers()
            .get("host")
            .and_then(|host| host.to_str().ok())
            .or_else(|| request.uri().authority().map(|authority| authority.as_str()));
        host.is_some_and(|host| app.as_ref().is_some_and(|app| app.origin.knows(host)))
    };
    let mut response = if known {
        next.call(request).await?.map_into_left_body()
    } else {
        let refusal = HttpResponse::MisdirectedRequest()
            .content_type("text/plain; charset=utf-8")
            .body("This server does not answer to that host name. Use the address in --origin.\n");
        request.into_response(refusal).map_into_right_body()
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if https {
        headers.insert(
            HeaderName::from_static("strict-transport-security"),
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        );
    }
    if !headers.contains_key("x-request-id")
        && let Ok(id) = HeaderValue::from_str(&secrets::token()[..16])
    {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    Ok(response)
}

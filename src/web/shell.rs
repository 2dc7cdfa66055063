//! The async shell: from actix's request to a handler's [`Cx`], and from its
//! answer to actix's response. Cached pages never leave the async threads.

use std::sync::Arc;

use actix_session::{Session, SessionExt};
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpRequest, HttpResponse, guard, web};

use super::body::{self, Form};
use super::cx::{Answer, Cx, Reply, SessionChange};
use super::error::WebError;
use super::form::Fields;
use super::page::bare_path;
use super::routes::{Method, PRIVATE, ROUTES, Route, Who};
use super::{files, live, parked, public, session};
use crate::app::{App, CachedPage};
use crate::domain::language::Language;
use crate::{secrets, store};

/// Binds the forms of somebody without a session to their browser.
const FORM_COOKIE: &str = "primum-form";

type Shared = web::Data<Arc<App>>;

/// Serves the table of routes.
pub fn configure(config: &mut web::ServiceConfig, app: &Arc<App>) {
    config
        .route("/healthz", web::get().to(|| async { text("ok\n") }))
        .route("/readyz", web::get().to(ready))
        .route("/.well-known/security.txt", web::get().to(security_txt))
        .route("/favicon.ico", web::get().to(|| async { moved("/static/favicon.svg") }))
        .route("/static/{name:.*}", web::get().to(static_file));
    for route in ROUTES {
        match route.who {
            Who::PublicPage => {
                let path = format!("/{{lang:en|cs}}{}", route.path);
                config.service(web::resource(path).route(public_route(route)));
                config.service(
                    web::resource(route.path)
                        .route(web::route().guard(get_or_head()).to(to_language))
                        .default_service(web::to(wrong_method)),
                );
            }
            Who::PublicFile => {
                config.service(web::resource(route.path).route(public_route(route)));
            }
            Who::Visitor | Who::Member | Who::Secretariat | Who::Demo => {}
        }
    }
    let private = |scope: &mut web::ServiceConfig| {
        let mut paths: Vec<&str> = Vec::new();
        for route in ROUTES.iter().filter(|route| is_private(route, app)) {
            if !paths.contains(&route.path) {
                paths.push(route.path);
            }
        }
        for path in paths {
            let mut resource = web::resource(path);
            for route in ROUTES.iter().filter(|own| own.path == path && is_private(own, app)) {
                resource = resource.route(private_route(route));
            }
            scope.service(resource.default_service(web::to(fallback)));
        }
    };
    config.service(
        web::scope("")
            .wrap(session::middleware(app))
            .configure(private)
            .default_service(web::to(fallback)),
    );
}

fn is_private(route: &Route, app: &App) -> bool {
    match route.who {
        Who::Visitor | Who::Member | Who::Secretariat => true,
        Who::Demo => app.demo.is_some(),
        Who::PublicPage | Who::PublicFile => false,
    }
}

fn get_or_head() -> impl guard::Guard {
    guard::Any(guard::Get()).or(guard::Head())
}

fn public_route(route: &'static Route) -> actix_web::Route {
    web::route()
        .guard(get_or_head())
        .to(move |request: HttpRequest, app: Shared| show_public(route, request, app))
}

fn private_route(route: &'static Route) -> actix_web::Route {
    let handler = move |request: HttpRequest, app: Shared, body: web::Payload| {
        show_private(Some(route), request, app, body)
    };
    match route.method {
        Method::Get => web::route().guard(get_or_head()).to(handler),
        Method::Post => web::post().to(handler),
    }
}

// ---------------------------------------------------------------- public

async fn show_public(route: &'static Route, request: HttpRequest, app: Shared) -> HttpResponse {
    let address = request.path().to_owned();
    if !app.has_changed()
        && let Some(page) = app.cache.get(&address, app.now())
    {
        return cached(&request, &page, "no-cache");
    }
    let cx = public_cx(&request, &app);
    let rendered = tokio::task::spawn_blocking(move || render_public(route, &cx)).await;
    match rendered {
        Ok(Ok(page)) => cached(&request, &page, "no-cache"),
        Ok(Err(reply)) => respond(*reply, true),
        Err(_) => crashed(),
    }
}

/// Renders a public page once and keeps it; an error page is not kept.
fn render_public(route: &Route, cx: &Cx) -> Result<Arc<CachedPage>, Box<Reply>> {
    let failed = |fault: &WebError| Box::new(public::show_error(cx, fault));
    if let Err(fault) = cx.app.refresh_cache(false) {
        return Err(failed(&fault.into()));
    }
    let _one = cx.app.cache.rendering.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(page) = cx.app.cache.get(&cx.path, cx.now) {
        return Ok(page);
    }
    let version = cx.app.cache.version();
    let reply = (route.handler)(cx).map_err(|fault| failed(&fault))?;
    if reply.status != 200 {
        return Err(Box::new(reply));
    }
    let mut page = files::pack(reply.mime, reply.body);
    page.valid_until = reply.valid_until;
    let page = Arc::new(page);
    cx.app.cache.put(cx.path.clone(), version, page.clone());
    Ok(page)
}

/// Whether the reader takes this content coding.
fn accepts(request: &HttpRequest, coding: &str) -> bool {
    header_text(request.headers(), header::ACCEPT_ENCODING).split(',').any(|part| {
        let mut fields = part.split(';').map(str::trim);
        fields.next() == Some(coding) && !fields.any(|field| field == "q=0")
    })
}

/// A cached page in the coding the reader takes, or 304.
fn cached(request: &HttpRequest, page: &CachedPage, cache_control: &'static str) -> HttpResponse {
    let (body, coding) = if accepts(request, "br") && !page.brotli.is_empty() {
        (&page.brotli, Some("br"))
    } else if accepts(request, "gzip") && !page.gzip.is_empty() {
        (&page.gzip, Some("gzip"))
    } else {
        (&page.plain, None)
    };
    let etag = format!("\"{}{}\"", page.etag, coding.map_or(String::new(), |c| format!("-{c}")));
    let known = header_text(request.headers(), header::IF_NONE_MATCH);
    let same = known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag);
    let mut response = if same { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, cache_control))
        .insert_header((header::VARY, "Accept-Encoding"));
    if same {
        return response.finish();
    }
    if let Some(coding) = coding {
        response.insert_header((header::CONTENT_ENCODING, coding));
    }
    response.insert_header((header::CONTENT_TYPE, page.mime)).body(body.clone())
}

fn public_cx(request: &HttpRequest, app: &Shared) -> Cx {
    let language = request
        .match_info()
        .get("lang")
        .and_then(Language::from_text)
        .or_else(|| language_of_path(request.path()))
        .unwrap_or_else(|| accepted_language(request));
    bare_cx(request, app, language)
}

fn language_of_path(path: &str) -> Option<Language> {
    let first = path.split('/').nth(1)?;
    bare_path(path).and_then(|_| Language::from_text(first))
}

fn bare_cx(request: &HttpRequest, app: &Shared, language: Language) -> Cx {
    let params = request.match_info().iter();
    Cx {
        app: app.get_ref().clone(),
        now: app.now(),
        language,
        actor: None,
        session: None,
        confirmed: false,
        csrf: String::new(),
        path: request.path().to_owned(),
        query_string: request.query_string().to_owned(),
        posted: request.method() == actix_web::http::Method::POST,
        params: params.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        fields: Fields::default(),
        files: Vec::new(),
        network: network(request),
        browser: header_text(request.headers(), header::USER_AGENT),
    }
}

/// The short form of a public address leads to the reader's language.
async fn to_language(request: HttpRequest) -> HttpResponse {
    let language = accepted_language(&request);
    let query = request.query_string();
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    HttpResponse::Found()
        .insert_header((header::LOCATION, format!("/{language}{}{query}", request.path())))
        .insert_header((header::VARY, "Accept-Language"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

fn accepted_language(request: &HttpRequest) -> Language {
    Language::accepted(&header_text(request.headers(), header::ACCEPT_LANGUAGE))
}

async fn wrong_method(request: HttpRequest, app: Shared) -> HttpResponse {
    missing(&request, &app).await
}

async fn missing(request: &HttpRequest, app: &Shared) -> HttpResponse {
    let cx = public_cx(request, app);
    let page = tokio::task::spawn_blocking(move || public::show_error(&cx, &WebError::NotFound));
    page.await.map_or_else(|_| crashed(), |reply| respond(reply, true))
}

// --------------------------------------------------------------- private

/// Addresses without a route: a member's prefix asks who you are first, the
/// rest is a missing page.
async fn fallback(request: HttpRequest, app: Shared, body: web::Payload) -> HttpResponse {
    let first = request.path().split('/').nth(1).unwrap_or_default();
    if PRIVATE.contains(&first) {
        return show_private(None, request, app, body).await;
    }
    missing(&request, &app).await
}

async fn show_private(
    route: Option<&'static Route>,
    request: HttpRequest,
    app: Shared,
    payload: web::Payload,
) -> HttpResponse {
    let own = request.get_session();
    let signed_in = session::read(&own, app.now());
    let nonce = request
        .cookie(FORM_COOKIE)
        .map(|cookie| cookie.value().to_owned())
        .filter(|nonce| nonce.len() >= 16 && nonce.len() <= 64);
    let fresh_nonce = nonce.is_none().then(secrets::token);
    let nonce = nonce.or_else(|| fresh_nonce.clone()).unwrap_or_default();
    let posted = request.method() == actix_web::http::Method::POST;
    let from_us = !posted || comes_from_us(&request, &app);
    let kind = header_text(request.headers(), header::CONTENT_TYPE);
    let form = if posted { Some(body::read(payload, &kind).await) } else { None };

    let packs = accepts(&request, "gzip");
    let mut cx = bare_cx(&request, &app, accepted_language(&request));
    let work = move || {
        cx.session = signed_in.session;
        cx.confirmed = signed_in.confirmed;
        cx.actor = match signed_in.account {
            Some(account) => match cx.read(|conn| store::accounts::find_actor(conn, account)) {
                Ok(actor) => actor,
                Err(fault) => return public::show_error(&cx, &fault.into()),
            },
            None => None,
        };
        if let Some(actor) = &cx.actor {
            cx.language = actor.language;
            cx.csrf = cx.app.key.sign("member-form", &signed_in.secret);
        } else {
            cx.csrf = cx.app.key.sign("visitor-form", &nonce);
        }
        let mut reply = answer(route, cx, form, from_us);
        if packs && reply.live.is_none() && reply.mime.starts_with("text/") {
            reply.pack();
        }
        reply
    };
    let Ok(reply) = tokio::task::spawn_blocking(work).await else { return crashed() };
    if let Err(fault) = change_session(&own, &reply, &request, &app) {
        tracing::error!(%fault, "the session could not be changed");
        return crashed();
    }
    if let Some(live) = reply.live {
        return live::respond(live, &app);
    }
    let mut response = respond(reply, false);
    if let Some(nonce) = fresh_nonce.filter(|_| from_us) {
        let cookie = Cookie::build(FORM_COOKIE, nonce)
            .path("/")
            .http_only(true)
            .secure(app.origin.https)
            .same_site(SameSite::Lax)
            .finish();
        if let Err(fault) = response.add_cookie(&cookie) {
            tracing::error!(%fault, "the form cookie could not be set");
        }
    }
    response
}

/// The gate: who may pass is decided here, before any handler runs.
fn answer(
    route: Option<&Route>,
    mut cx: Cx,
    form: Option<Result<Form, WebError>>,
    from_us: bool,
) -> Reply {
    let signed_out = cx.actor.is_none();
    let visitor = route.is_some_and(|route| matches!(route.who, Who::Visitor | Who::Demo));
    if signed_out && !visitor {
        // Of a form from elsewhere nothing is shown, let alone kept.
        let typed = form.and_then(Result::ok).filter(|_| from_us);
        return parked::ask_who(route, &cx, typed)
            .unwrap_or_else(|fault| public::show_error(&cx, &fault));
    }
    let mut resumed = String::new();
    let posted = form.is_some();
    let outcome: Answer = (|| {
        let route = route.ok_or(WebError::NotFound)?;
        let secretariat = cx.actor.as_ref().is_some_and(|actor| actor.secretariat);
        if route.who == Who::Secretariat && !secretariat {
            return Err(WebError::NotFound);
        }
        if let Some(form) = form {
            let Form { mut fields, files } = form?;
            let token = fields.take("csrf");
            resumed = fields.take(parked::MARK);
            let signed = !cx.csrf.is_empty() && same(&secrets::unmask(&token), &cx.csrf);
            (cx.fields, cx.files) = (fields, files);
            if !signed || !from_us {
                return Err(WebError::Forged);
            }
            // A form sent again leads where it led, whatever its handler would
            // say to it now that what it asked is done.
            if let Some(once) = cx.fields.get("once")
                && let Some(to) = cx.find_outcome(once)?
            {
                return Ok(Reply::see_other(to));
            }
        }
        (route.handler)(&cx)
    })();
    let reply = outcome.unwrap_or_else(|fault| public::show_error(&cx, &fault));
    if posted && reply.status == 303 {
        cx.stir();
    }
    if !resumed.is_empty() && reply.status == 303 {
        parked::forget(&cx);
    }
    reply
}

fn same(one: &str, other: &str) -> bool {
    use subtle::ConstantTimeEq;
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

/// `Sec-Fetch-Site`, or where a browser does not send it, `Origin`.
fn comes_from_us(request: &HttpRequest, app: &App) -> bool {
    let site = header_text(request.headers(), header::HeaderName::from_static("sec-fetch-site"));
    if !site.is_empty() {
        return site == "same-origin";
    }
    app.origin.is_ours(&header_text(request.headers(), header::ORIGIN))
}

fn change_session(
    own: &Session,
    reply: &Reply,
    request: &HttpRequest,
    app: &App,
) -> Result<(), actix_session::SessionInsertError> {
    match reply.session {
        SessionChange::Keep => {}
        SessionChange::SignIn(account) => {
            let browser = header_text(request.headers(), header::USER_AGENT);
            session::sign_in(own, account, &browser, app.now())?;
        }
        SessionChange::SignOut => own.purge(),
        SessionChange::Confirm => session::confirm(own, app.now())?,
    }
    Ok(())
}

// ---------------------------------------------------------------- answers

fn respond(reply: Reply, public: bool) -> HttpResponse {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    let private = if public { "no-cache" } else { "no-store" };
    response
        .insert_header((header::CACHE_CONTROL, private))
        .insert_header((header::CONTENT_TYPE, reply.mime));
    if reply.packed {
        response
            .insert_header((header::CONTENT_ENCODING, "gzip"))
            .insert_header((header::VARY, "Accept-Encoding"));
    }
    if let Some(location) = reply.location {
        response.insert_header((header::LOCATION, location));
    }
    if let Some(seconds) = reply.retry_after {
        response.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    if let Some(name) = reply.attachment {
        let value = format!("attachment; filename=\"{name}\"");
        response.insert_header((header::CONTENT_DISPOSITION, value));
    }
    response.body(reply.body)
}

/// A handler panicked: a defect, logged by the panic hook.
fn crashed() -> HttpResponse {
    HttpResponse::InternalServerError()
        .content_type("text/plain; charset=utf-8")
        .body("Something went wrong on our side. Nothing was changed. Try again in a minute.\n")
}

fn text(body: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(body)
}

fn moved(to: &'static str) -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, to)).finish()
}

async fn ready(app: Shared) -> HttpResponse {
    let app = app.get_ref().clone();
    match tokio::task::spawn_blocking(move || app.read(store::ping)).await {
        Ok(Ok(())) => text("ready\n"),
        _ => HttpResponse::ServiceUnavailable()
            .content_type("text/plain; charset=utf-8")
            .body("the database does not answer\n"),
    }
}

async fn security_txt(app: Shared) -> HttpResponse {
    // RFC 9116; the deployment's own contact page.
    let expires = (app.now() + chrono::TimeDelta::days(180)).format("%Y-%m-%dT00:00:00Z");
    let origin = &app.origin.address;
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(format!(
        "Contact: {origin}/about\nExpires: {expires}\nPreferred-Languages: en, cs\n\
         Canonical: {origin}/.well-known/security.txt\n"
    ))
}

async fn static_file(request: HttpRequest, app: Shared) -> HttpResponse {
    let name = request.match_info().get("name").unwrap_or_default();
    match files::find(name) {
        Some(file) => {
            let marked = request.query_string() == format!("v={}", &file.etag[..12]);
            let control =
                if marked { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
            cached(&request, &file, control)
        }
        None => missing(&request, &app).await,
    }
}

fn header_text(headers: &HeaderMap, name: header::HeaderName) -> String {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// The caller's network: the address, IPv6 by /64. Forwarded headers are not
/// believed.
fn network(request: &HttpRequest) -> String {
    match request.peer_addr().map(|peer| peer.ip()) {
        Some(std::net::IpAddr::V4(address)) => address.to_string(),
        Some(std::net::IpAddr::V6(address)) => {
            let parts = address.segments();
            format!("{:x}:{:x}:{:x}:{:x}::/64", parts[0], parts[1], parts[2], parts[3])
        }
        None => "unknown".to_owned(),
    }
}

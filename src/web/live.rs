//! Answers that go on: server-sent events, until the reader leaves, may no
//! longer see them, or the server ends.

use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::header;
use bytes::Bytes;
use futures_util::stream;
use tokio::sync::watch;

use super::cx::Live;
use crate::app::App;

/// How often something new is looked for.
const EVERY: Duration = Duration::from_secs(5);
/// At every so many looks without news a comment is sent: a connection that
/// is gone is noticed by it.
const BREATH: u32 = 3;

struct Telling {
    live: Live,
    closing: watch::Receiver<bool>,
    last: String,
    looks: u32,
}

/// Streams what `live` tells.
pub fn respond(live: Live, app: &Arc<App>) -> HttpResponse {
    let closing = app.closing.subscribe();
    let first = Telling { live, closing, last: String::new(), looks: 0 };
    let events = stream::unfold(first, |mut own| async move {
        let bytes = own.next().await?;
        Some((Ok::<Bytes, std::io::Error>(bytes), own))
    });
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/event-stream"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        // A proxy that gathers an answer before passing it on would gather for ever.
        .insert_header(("x-accel-buffering", "no"))
        .streaming(events)
}

impl Telling {
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if *self.closing.borrow() {
                return None;
            }
            if self.looks > 0 {
                tokio::select! {
                    _ = self.closing.changed() => return None,
                    Ok(()) = self.live.stirred.changed() => {}
                    () = tokio::time::sleep(EVERY) => {}
                }
            }
            self.looks += 1;
            let mut look = std::mem::replace(&mut self.live.look, Box::new(|| None));
            let work = move || {
                let told = look();
                (look, told)
            };
            let (look, told) = tokio::task::spawn_blocking(work).await.ok()?;
            self.live.look = look;
            let told = told?;
            if told != self.last {
                let event = format!("retry: 3000\ndata: {told}\n\n");
                self.last = told;
                return Some(event.into());
            }
            if self.looks.is_multiple_of(BREATH) {
                return Some(Bytes::from_static(b":\n\n"));
            }
        }
    }
}

//! The body of a request: read within bounds, taken apart into fields and
//! files.

use actix_web::web;
use bytes::Bytes;
use futures_util::{StreamExt, stream};

use super::error::WebError;
use super::form::Fields;

/// The largest body a form may have, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;
/// How much of a body that is too large is still read, so that the browser
/// gets to see the answer.
const LARGEST_DRAINED: usize = 64 * 1024 * 1024;
/// The most parts of a form with files.
const MOST_PARTS: usize = 200;

/// A form as it came.
#[derive(Debug, Default)]
pub struct Form {
    pub fields: Fields,
    pub files: Vec<Upload>,
}

/// A file that came with a form.
#[derive(Debug, Clone)]
pub struct Upload {
    pub field: String,
    /// As its sender called it: for showing, never for storing.
    pub name: String,
    pub bytes: Bytes,
}

/// Reads a form, with or without files.
///
/// # Errors
/// `TooLarge`; `UnknownField` for a body that is broken.
pub async fn read(payload: web::Payload, content_type: &str) -> Result<Form, WebError> {
    let bytes = read_bytes(payload).await?;
    match multer::parse_boundary(content_type) {
        Ok(boundary) => read_parts(bytes, boundary).await.map_err(|_| broken()),
        Err(_) => Ok(Form { fields: Fields::parse(&bytes), files: Vec::new() }),
    }
}

fn broken() -> WebError {
    WebError::UnknownField("body".into())
}

async fn read_bytes(mut payload: web::Payload) -> Result<Bytes, WebError> {
    let mut bytes = Vec::new();
    let mut drained = 0;
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| broken())?;
        drained += chunk.len();
        if drained > LARGEST_DRAINED {
            break;
        }
        if drained <= LARGEST {
            bytes.extend_from_slice(&chunk);
        }
    }
    if drained > LARGEST { Err(WebError::TooLarge) } else { Ok(bytes.into()) }
}

async fn read_parts(bytes: Bytes, boundary: String) -> Result<Form, multer::Error> {
    let whole = stream::iter([Ok::<Bytes, std::io::Error>(bytes)]);
    let mut parts = multer::Multipart::new(whole, boundary);
    let mut form = Form::default();
    let mut seen = 0;
    while let Some(part) = parts.next_field().await? {
        seen += 1;
        if seen > MOST_PARTS {
            break;
        }
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(name) => form.files.push(Upload { field, name, bytes: part.bytes().await? }),
            None => form.fields.push(field, part.text().await?),
        }
    }
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn fields_and_files_are_told_apart() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nč\r\n--x\r\n\
            Content-Disposition: form-data; name=\"file\"; filename=\"a.md\"\r\n\
            Content-Type: text/markdown\r\n\r\n# A\r\n\r\n--x--\r\n";
        let boundary = multer::parse_boundary("multipart/form-data; boundary=x").unwrap();
        let mut form = read_parts(Bytes::from(body), boundary).await.unwrap();
        assert_eq!(form.fields.take("csrf"), "č");
        let file = &form.files[0];
        assert_eq!((&*file.field, &*file.name, &*file.bytes), ("file", "a.md", &b"# A\r\n"[..]));
        assert!(read_parts(Bytes::from("--y\r\n"), "x".to_owned()).await.is_err());
    }
}

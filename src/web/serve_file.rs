//! Files out: a neutral name, `nosniff`, a sandboxed policy, ranges and an ETag. Never as they came.

use rocket::Request;
use rocket::http::{ContentType, Header, Status};
use rocket::response::{Responder, Response};

use crate::store::Store;

/// A sealed file on its way to somebody who has proved that it may be read.
pub struct Served {
    store: Store,
    blob: String,
    name: String,
    kind: ContentType,
    size: u64,
    inline: bool,
}

impl Served {
    /// To be saved under a neutral name.
    pub fn download(store: &Store, blob: &str, name: &str, format: &str, size: u64) -> Self {
        let kind = bauta_strip::Format::from_extension(format)
            .and_then(|f| f.media_type().parse().ok())
            .or_else(|| ContentType::from_extension(format))
            .unwrap_or(ContentType::Binary);
        Served {
            store: store.clone(),
            blob: blob.to_owned(),
            name: name.to_owned(),
            kind,
            size,
            inline: false,
        }
    }

    /// A picture to be shown in a page.
    pub fn picture(store: &Store, blob: &str, name: &str, format: &str, size: u64) -> Self {
        Served {
            inline: true,
            ..Self::download(store, blob, name, format, size)
        }
    }
}

fn range(header: Option<&str>, size: u64) -> Option<Result<(u64, u64), ()>> {
    let text = header?.strip_prefix("bytes=")?;
    if text.contains(',') {
        return None;
    }
    let (from, to) = text.split_once('-')?;
    let range = match (from.parse::<u64>().ok(), to.parse::<u64>().ok()) {
        (Some(from), to) => (from, to.map_or(size, |to| size.min(to.saturating_add(1)))),
        (None, Some(last)) => (size.saturating_sub(last), size),
        (None, None) => return None,
    };
    Some(if range.0 < range.1 { Ok(range) } else { Err(()) })
}

impl<'r> Responder<'r, 'static> for Served {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        let etag = format!("\"{}\"", &blake3::hash(self.blob.as_bytes()).to_hex()[..20]);
        let mut response = Response::build();
        response
            .header(self.kind)
            .header(Header::new("ETag", etag.clone()))
            .header(Header::new("Accept-Ranges", "bytes"))
            .header(Header::new("Cache-Control", "private, no-cache"))
            .header(Header::new(
                "Content-Security-Policy",
                "sandbox; default-src 'none'",
            ))
            .header(Header::new(
                "Content-Disposition",
                format!(
                    "{}; filename=\"{}\"",
                    if self.inline { "inline" } else { "attachment" },
                    self.name
                ),
            ));
        if request.headers().get_one("If-None-Match") == Some(etag.as_str()) {
            return response.status(Status::NotModified).ok();
        }
        let (from, to) = match range(request.headers().get_one("Range"), self.size) {
            None => (0, self.size),
            Some(Ok((from, to))) => {
                let content_range = format!("bytes {from}-{}/{}", to - 1, self.size);
                response
                    .status(Status::PartialContent)
                    .header(Header::new("Content-Range", content_range));
                (from, to)
            }
            Some(Err(())) => {
                let content_range = format!("bytes */{}", self.size);
                return response
                    .status(Status::RangeNotSatisfiable)
                    .header(Header::new("Content-Range", content_range))
                    .ok();
            }
        };
        let bytes = self.store.blobs.range(&self.blob, from, to).map_err(|fault| {
            tracing::error!(%fault, "file could not be opened");
            Status::InternalServerError
        })?;
        response.sized_body(bytes.len(), std::io::Cursor::new(bytes)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn ranges() {
        assert_eq!(range(None, 10), None);
        assert_eq!(range(Some("bytes=2-5"), 10), Some(Ok((2, 6))));
        assert_eq!(range(Some("bytes=2-"), 10), Some(Ok((2, 10))));
        assert_eq!(range(Some("bytes=-3"), 10), Some(Ok((7, 10))));
        assert_eq!(range(Some("bytes=10-"), 10), Some(Err(())));
        assert_eq!(range(Some("bytes=0-1,4-5"), 10), None);
    }
}

//! Style sheet, script and fonts: embedded, under an address that changes with their content.

use std::sync::LazyLock;

use rocket::http::{ContentType, Header};
use rocket::response::{Responder, Response};
use rocket::{Request, get};
use rust_embed::RustEmbed;
use std::path::PathBuf;
use tera::{Kwargs, State, Tera, TeraResult};

use super::error::WebError;

#[derive(RustEmbed)]
#[folder = "static"]
struct Static;

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = blake3::Hasher::new();
    let mut names: Vec<_> = Static::iter().collect();
    names.sort();
    for name in names {
        hasher.update(name.as_bytes());
        if let Some(file) = Static::get(&name) {
            hasher.update(&file.data);
        }
    }
    hasher.finalize().to_hex()[..16].to_owned()
});

/// Registers `asset(p="app.css")`.
pub fn register(tera: &mut Tera) {
    tera.register_function("asset", |kwargs: Kwargs, _: &State| -> TeraResult<String> {
        Ok(format!(
            "/static/{}/{}",
            *VERSION,
            kwargs.must_get::<String>("p")?
        ))
    });
}

/// An embedded file, to be kept for ever under its address.
pub struct Asset(ContentType, std::borrow::Cow<'static, [u8]>);

impl<'r> Responder<'r, 'static> for Asset {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        let body = self.1.into_owned();
        Response::build()
            .header(self.0)
            .header(Header::new(
                "Cache-Control",
                "public, max-age=31536000, immutable",
            ))
            .sized_body(body.len(), std::io::Cursor::new(body))
            .ok()
    }
}

/// The file of an address.
#[get("/static/<version>/<path..>")]
pub fn asset(version: &str, path: PathBuf) -> Result<Asset, WebError> {
    let name = path.to_str().ok_or(WebError::NotFound)?;
    let file = Static::get(name)
        .filter(|_| version == *VERSION)
        .ok_or(WebError::NotFound)?;
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    let kind = ContentType::from_extension(extension).unwrap_or(ContentType::Binary);
    Ok(Asset(kind, file.data))
}

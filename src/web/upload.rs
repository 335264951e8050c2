//! Uploads: one file a request, streamed from the connection into the sealer; no plain byte touches the disk.

use std::io;
use std::time::Duration;

use multer::Multipart;
use rocket::Data;
use rocket::data::ByteUnit;
use rocket::http::ContentType;
use tokio_util::io::StreamReader;

use super::form;
use crate::actions::{Done, Failure, Refusal, files};
use crate::store::Store;
use crate::store::blobs::Taken;

/// How long a browser may send nothing while a file is under way.
const SILENCE: Duration = Duration::from_secs(60);
/// How long one upload may take: 50 MB over a line of 15 kB/s.
const WHOLE: Duration = Duration::from_secs(60 * 60);
/// Of a file that is too large this many times the limit are read and thrown away, so that the browser hears why.
const READ_ON: u64 = 4;

/// What may stand before the file: so many fields, and bytes in one.
struct Room {
    fields: usize,
    bytes: usize,
}

/// Beside most files: what they are, and where one comes back to.
const FEW: Room = Room {
    fields: 20,
    bytes: 8 * 1024,
};
/// A whole form that was being written: a review with its suggestions.
const FORM: Room = Room {
    fields: 200,
    bytes: 80 * 1024,
};

/// A file that came with a form.
pub struct Upload {
    /// The other fields that stood before it, such as `role`.
    pub fields: Vec<(String, String)>,
    /// The file's own name: sealed, never shown to the other side.
    pub name: String,
    /// The sealed file.
    pub taken: Taken,
}

impl Upload {
    /// The value of a field that stood before the file.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }
}

/// Receives a multipart form with one file.
pub async fn receive(store: &Store, kind: &ContentType, data: Data<'_>, limit_mb: u64) -> Done<Upload> {
    let mut fields = Vec::new();
    let (name, taken) = in_time(received(store, kind, data, limit_mb, &FEW, &mut fields)).await?;
    Ok(Upload { fields, name, taken })
}

/// Receives a file at the end of a form that was being written: what was typed is there whatever became of the file, its name
/// and its bytes.
pub async fn receive_with_form(
    store: &Store,
    kind: &ContentType,
    data: Data<'_>,
    limit_mb: u64,
) -> (Vec<(String, String)>, Done<(String, Taken)>) {
    let mut fields = Vec::new();
    let file = in_time(received(store, kind, data, limit_mb, &FORM, &mut fields)).await;
    (fields, file)
}

async fn in_time<T>(whole: impl Future<Output = Done<T>>) -> Done<T> {
    let whole = tokio::time::timeout(WHOLE, whole).await;
    whole.unwrap_or(Err(Refusal::BrokenOff.into()))
}

/// What comes within the time that a browser may be silent.
async fn soon<T>(next: impl Future<Output = Result<T, multer::Error>>) -> Result<T, Failure> {
    match tokio::time::timeout(SILENCE, next).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(_)) | Err(_) => Err(Refusal::BrokenOff.into()),
    }
}

async fn received(
    store: &Store,
    kind: &ContentType,
    data: Data<'_>,
    limit_mb: u64,
    room: &Room,
    fields: &mut Vec<(String, String)>,
) -> Done<(String, Taken)> {
    let boundary = kind
        .params()
        .find(|(name, _)| *name == "boundary")
        .map(|(_, value)| value.to_owned());
    let boundary = boundary.ok_or(Failure::Refused(Refusal::NoFile))?;
    // The sealer, not the connection, finds that a file is too large.
    let stream = data.open(ByteUnit::Byte(READ_ON * limit_mb * 1_000_000 + 256 * 1024));
    let mut multipart = Multipart::with_reader(stream, boundary);
    while let Some(field) = soon(multipart.next_field()).await? {
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(str::to_owned) {
            None if fields.len() >= room.fields => break,
            None => fields.push((name, text(field, room.bytes).await?)),
            Some(file_name) => {
                // Each piece has its own time; the sealer sees a stream that broke off.
                let pieces = futures_util::stream::try_unfold(field, |mut field| async {
                    let piece = tokio::time::timeout(SILENCE, field.chunk()).await;
                    match piece.map_err(io::Error::other)?.map_err(io::Error::other)? {
                        Some(bytes) => Ok::<_, io::Error>(Some((bytes, field))),
                        None => Ok(None),
                    }
                });
                let reader = Box::pin(StreamReader::new(Box::pin(pieces)));
                let taken = match files::take(store, reader, limit_mb).await {
                    // A browser sends an empty part without a name where no file was chosen.
                    Err(Failure::Refused(Refusal::EmptyFile)) if file_name.is_empty() => {
                        return Err(Refusal::NoFile.into());
                    }
                    // A browser listens when it has sent everything.
                    Err(Failure::Refused(Refusal::TooLarge(mb))) => {
                        while soon(multipart.next_field())
                            .await
                            .is_ok_and(|rest| rest.is_some())
                        {}
                        return Err(Refusal::TooLarge(mb).into());
                    }
                    taken => taken?,
                };
                return Ok((file_name.chars().take(300).collect(), taken));
            }
        }
    }
    Err(Refusal::NoFile.into())
}

/// Receives a multipart form whose file is a text that is read at once, such as a list: the fields, and the file's bytes
/// under `file`. Refused if it is larger than `limit` bytes in all.
pub async fn receive_small(kind: &ContentType, data: Data<'_>, limit: usize) -> Done<Vec<(String, Vec<u8>)>> {
    let parts = small(kind, data, limit).await?;
    Ok(parts.into_iter().map(|part| (part.name, part.bytes)).collect())
}

/// The fields of text of a multipart form, without its files. Refused if the form is larger than `limit` bytes in all.
pub async fn texts(kind: &ContentType, data: Data<'_>, limit: usize) -> Done<Vec<(String, String)>> {
    let parts = small(kind, data, limit).await?;
    let text = |part: Part| {
        let text = String::from_utf8_lossy(&part.bytes).replace("\r\n", "\n");
        (part.name, text)
    };
    Ok(parts.into_iter().filter(|part| !part.file).map(text).collect())
}

/// A part of a small multipart form.
struct Part {
    name: String,
    /// Whether it is a file.
    file: bool,
    bytes: Vec<u8>,
}

async fn small(kind: &ContentType, data: Data<'_>, limit: usize) -> Done<Vec<Part>> {
    let whole = tokio::time::timeout(form::TIME, all_parts(kind, data, limit)).await;
    whole.unwrap_or(Err(Refusal::BrokenOff.into()))
}

async fn all_parts(kind: &ContentType, data: Data<'_>, limit: usize) -> Done<Vec<Part>> {
    let boundary = kind
        .params()
        .find(|(name, _)| *name == "boundary")
        .map(|(_, value)| value.to_owned());
    let boundary = boundary.ok_or(Failure::Refused(Refusal::NoFile))?;
    let constraints =
        multer::Constraints::new().size_limit(multer::SizeLimit::new().whole_stream(limit as u64));
    let stream = data.open(ByteUnit::Byte(limit as u64 + 1));
    let mut multipart = Multipart::with_reader_with_constraints(stream, boundary, constraints);
    let broken = |error: multer::Error| {
        Failure::Refused(match error {
            multer::Error::StreamSizeExceeded { .. } => Refusal::TooLarge(limit as u64 / 1_000_000),
            _ => Refusal::BrokenOff,
        })
    };
    let mut out = Vec::new();
    while let Some(field) = multipart.next_field().await.map_err(broken)? {
        if out.len() >= form::FIELDS {
            return Err(Refusal::TooLarge(limit as u64 / 1_000_000).into());
        }
        out.push(Part {
            name: field.name().unwrap_or_default().to_owned(),
            file: field.file_name().is_some(),
            bytes: field.bytes().await.map_err(broken)?.to_vec(),
        });
    }
    Ok(out)
}

/// A field of text; what is longer than any of ours is cut.
async fn text(mut field: multer::Field<'_>, longest: usize) -> Done<String> {
    let mut bytes = Vec::new();
    while let Some(piece) = soon(field.chunk()).await? {
        let room = longest.saturating_sub(bytes.len());
        bytes.extend_from_slice(&piece[..piece.len().min(room)]);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

//! The words this crate shares with its callers: who is hidden, what was removed, what is left to settle.

mod format;
mod refusal;
mod report;

pub use format::Format;
pub use refusal::Refusal;
pub use report::{Finding, FindingKind, Removed, Report, What};

use serde::{Deserialize, Serialize};

/// One author, as the submission form knows them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// The name in Latin letters, in whatever order the author writes it.
    pub name: String,
    /// The name in its own script, empty when that is Latin.
    pub native_name: String,
    /// The e-mail address.
    pub email: String,
    /// The ORCID, with or without the address in front.
    pub orcid: String,
    /// Where the person works, one line each.
    pub affiliations: Vec<String>,
}

/// Everything that must not be seen by a reviewer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Identity {
    /// The authors (or, for a reviewer's attachment, the reviewer).
    pub people: Vec<Person>,
    /// Funding, ethics and trial numbers, accounts, and any words the author asked to remove.
    pub terms: Vec<String>,
    /// Keys of findings the author has said are no identity.
    pub keep: Vec<String>,
}

/// A cleaned file and its report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blind {
    /// The format, the same as the input's.
    pub format: Format,
    /// The cleaned file.
    pub bytes: Vec<u8>,
    /// What was done.
    pub report: Report,
}

/// A rendered page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The page as a PNG.
    pub png: Vec<u8>,
}

/// A piece of the plain reading view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A heading.
    Heading {
        /// 1 is the highest.
        level: u8,
        /// Its words.
        text: String,
    },
    /// A paragraph.
    Paragraph(String),
    /// An entry of a list.
    ListItem(String),
    /// A table, row by row.
    Table(Vec<Vec<String>>),
    /// A picture.
    Picture {
        /// Its media type.
        media_type: String,
        /// The picture itself.
        bytes: Vec<u8>,
    },
}

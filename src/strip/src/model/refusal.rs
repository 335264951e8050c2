//! The reasons for which a file is refused.

use serde::{Deserialize, Serialize};

/// Why there is no blind copy. Callers translate the variant; the English text is for logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// There is nothing in the file.
    #[error("the file is empty")]
    Empty,
    /// The file is larger than we take.
    #[error("the file is too large")]
    TooLarge,
    /// The file is locked with a password.
    #[error("the file is encrypted")]
    Encrypted,
    /// The file carries a digital signature, which names the signer and would break.
    #[error("the file is digitally signed")]
    Signed,
    /// The file carries macros.
    #[error("the file contains macros")]
    Macros,
    /// A format of the past that cannot be cleaned with certainty (.doc, .rtf).
    #[error("a legacy format (.doc or .rtf) that cannot be cleaned with certainty")]
    Legacy,
    /// A picture of a kind that cannot be cleaned (HEIC, AVIF, BMP, EMF, WMF, EPS, Photoshop …).
    #[error("a picture format that cannot be cleaned")]
    PictureFormat,
    /// A spreadsheet, presentation or other office file that is no text document.
    #[error("an office format that is no text document")]
    OfficeFormat,
    /// An archive that holds no LaTeX paper, or one of a kind we do not open.
    #[error("an archive that is no LaTeX paper")]
    ArchiveFormat,
    /// A LaTeX archive without a file that begins a document.
    #[error("no main LaTeX file")]
    NoMainFile,
    /// A format we do not read.
    #[error("the format is not supported")]
    Unsupported,
    /// The file does not hold together.
    #[error("the file is broken")]
    Broken,
    /// The file unpacks to far more than it weighs.
    #[error("the file unpacks to far more than it should")]
    Bomb,
    /// The text's encoding cannot be told, or the file's fonts say nothing about their letters.
    #[error("the text cannot be decoded")]
    Undecodable,
    /// The check from outside still found an author in the cleaned copy.
    #[error("an author can still be found in the cleaned copy")]
    IdentityRemains,
}

//! The words this crate shares with its callers: who is hidden, what was removed, what is left to settle.

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

/// The formats that can be cleaned, told from the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// A WordprocessingML package.
    Docx,
    /// A PDF.
    Pdf,
    /// A PNG picture.
    Png,
    /// A JPEG picture.
    Jpeg,
    /// A GIF picture or film.
    Gif,
    /// A TIFF picture, of one page or several.
    Tiff,
    /// A WebP picture or film.
    Webp,
    /// A drawing in SVG.
    Svg,
    /// An OpenDocument text package.
    Odt,
    /// An OpenDocument text in one XML file.
    Fodt,
    /// One LaTeX file.
    Tex,
    /// A LaTeX paper with its figures, as a zip or a tarball; its copy is a zip.
    TexArchive,
    /// Markdown, R Markdown or Quarto.
    Markdown,
    /// Plain text in any encoding we can decode.
    Text,
}

impl Format {
    /// The extension a blind copy of this format gets, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Docx => "docx",
            Format::Pdf => "pdf",
            Format::Png => "png",
            Format::Jpeg => "jpg",
            Format::Gif => "gif",
            Format::Tiff => "tif",
            Format::Webp => "webp",
            Format::Svg => "svg",
            Format::Odt => "odt",
            Format::Fodt => "fodt",
            Format::Tex => "tex",
            Format::TexArchive => "zip",
            Format::Markdown => "md",
            Format::Text => "txt",
        }
    }

    /// The format whose blind copies have this extension.
    pub fn from_extension(extension: &str) -> Option<Format> {
        use Format::{
            Docx, Fodt, Gif, Jpeg, Markdown, Odt, Pdf, Png, Svg, Tex, TexArchive, Text, Tiff, Webp,
        };
        const ALL: [Format; 14] = [
            Docx, Pdf, Png, Jpeg, Gif, Tiff, Webp, Svg, Odt, Fodt, Tex, TexArchive, Markdown, Text,
        ];
        ALL.into_iter().find(|f| f.extension() == extension)
    }

    /// The media type to send a file of this format with.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Format::Pdf => "application/pdf",
            Format::Png => "image/png",
            Format::Jpeg => "image/jpeg",
            Format::Gif => "image/gif",
            Format::Tiff => "image/tiff",
            Format::Webp => "image/webp",
            Format::Svg => "image/svg+xml",
            Format::Odt => "application/vnd.oasis.opendocument.text",
            Format::Fodt => "application/vnd.oasis.opendocument.text-flat-xml",
            // A browser must not run or guess at these: they are read as text.
            Format::Tex => "text/x-tex; charset=utf-8",
            Format::TexArchive => "application/zip",
            Format::Markdown => "text/markdown; charset=utf-8",
            Format::Text => "text/plain; charset=utf-8",
        }
    }
}

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

/// What kind of thing was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// An author's name in any spelling.
    Name,
    /// An e-mail address.
    Email,
    /// An ORCID.
    Orcid,
    /// An institution an author works at.
    Affiliation,
    /// A funding, ethics or trial number.
    Number,
    /// A word the author asked to remove.
    Term,
    /// The lines between title and abstract that say who wrote it.
    AuthorBlock,
    /// A section that can only be identity and is none of those below: correspondence, dates of receipt, a server's stamp.
    Section,
    /// Who paid.
    Funding,
    /// Who did what.
    Contributions,
    /// Conflicts of interest.
    Conflicts,
    /// Thanks.
    Acknowledgements,
    /// Who the authors are.
    Biography,
    /// A running head that names an author.
    RunningHead,
    /// Document properties and other metadata.
    Properties,
    /// Comments.
    Comments,
    /// Tracked changes, now resolved.
    TrackedChanges,
    /// Revision and paragraph ids that tie files of one author together.
    RevisionIds,
    /// Parts of the file that are not shown.
    HiddenParts,
    /// Files inside the file.
    Attachments,
    /// Scripts and actions.
    Scripts,
    /// Metadata inside pictures.
    PictureMetadata,
    /// Earlier states of the file kept inside it.
    EarlierRevisions,
    /// Links that lead to a person or a private place.
    Links,
    /// Field codes, replaced by what they show.
    Fields,
    /// Paths and file names.
    Paths,
}

/// Something taken out, how often, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// The kind.
    pub what: What,
    /// A neutral key: `page:3`, `document`, `body`, `header`, `footer`, `footnotes`, `properties`, `pictures`.
    #[serde(rename = "where", alias = "place")]
    pub place: String,
    /// How many times.
    pub count: u32,
}

/// What kind of thing the author should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// Own work cited in the first person.
    SelfCitation,
    /// An entry of the reference list that shares an author.
    OwnReference,
    /// Own work in press or unpublished.
    InPress,
    /// A named hospital, university or committee.
    Institution,
    /// An author's initials.
    Initials,
    /// A code or data address, a web page.
    Address,
    /// A picture, whose pixels nobody has read.
    Picture,
    /// Text whose letters the file does not tell.
    UndecodableText,
    /// A page that is only a picture.
    ScannedPage,
    /// A name that the form does not list.
    PossibleName,
    /// A sentence that says who paid, in the midst of the text.
    Funding,
    /// A sentence that says who of the authors did what.
    Contributions,
    /// A sentence about the authors' interests.
    Conflicts,
    /// A statement of ethics or consent, which names a committee, a hospital or a number.
    Ethics,
}

impl FindingKind {
    /// Whether its words can be taken out. What no words say, a picture or letters without a meaning, can only be looked at, or
    /// sent anew.
    pub fn can_go(self) -> bool {
        !matches!(
            self,
            FindingKind::Picture | FindingKind::UndecodableText | FindingKind::ScannedPage
        )
    }
}

/// Something that might betray an author and is the author's to settle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable: the same input and identity give the same key. Put it into [`Identity::keep`] to keep the words.
    pub key: String,
    /// The kind.
    pub kind: FindingKind,
    /// Where, as in [`Removed::place`].
    #[serde(rename = "where", alias = "place")]
    pub place: String,
    /// The words with what stands around them, at most 160 characters.
    pub excerpt: String,
    /// The very words; adding them to [`Identity::terms`] removes them.
    pub matched: String,
}

/// What was done to a file and what is left to settle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What was taken out, sorted by place and kind.
    pub removed: Vec<Removed>,
    /// What the author should look at.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Counts something taken out, adding to an entry of the same kind and place.
    pub(crate) fn add(&mut self, what: What, place: &str, count: usize) {
        if count == 0 {
            return;
        }
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        match self
            .removed
            .iter_mut()
            .find(|r| r.what == what && r.place == place)
        {
            Some(entry) => entry.count = entry.count.saturating_add(count),
            None => self.removed.push(Removed {
                what,
                place: place.to_owned(),
                count,
            }),
        }
    }
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

//! The formats of files.

use serde::{Deserialize, Serialize};

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

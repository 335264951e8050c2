//! Every format an author may send: taken, made blind, shown in the reading view, and sent out under a neutral name as what it is.

use std::io::{Cursor, Write};

use bauta::actions::files;
use bauta::actions::strip::{self, Limits};
use bauta::domain::person::Lang;
use bauta::store::files::FileRole;

use crate::support::Town;

/// The author of the draft, whose name must go.
const AUTHOR: &str = "author";

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(data).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn odt() -> Vec<u8> {
    let content = "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text><text:h text:outline-level=\"1\">Walking in the hills</text:h><text:p>It was walked.</text:p></office:text></office:body></office:document-content>";
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", b"<manifest/>"),
    ])
}

const TEX: &[u8] = b"\\documentclass{article}\n\\title{Walking in the hills}\n\\begin{document}\n\\maketitle\nIt was walked.\n\\end{document}\n";

/// A manuscript of each format, how its name ends, and the type it is sent with.
fn manuscripts() -> Vec<(Vec<u8>, &'static str, &'static str)> {
    vec![
        (odt(), "odt", "application/vnd.oasis.opendocument.text"),
        (TEX.to_vec(), "tex", "text/x-tex; charset=utf-8"),
        (zip(&[("paper/main.tex", TEX)]), "zip", "application/zip"),
        (
            b"---\ntitle: Walking in the hills\n---\n\nIt was walked.\n".to_vec(),
            "md",
            "text/markdown; charset=utf-8",
        ),
        (
            b"Walking in the hills\n\nIt was walked.\n".to_vec(),
            "txt",
            "text/plain; charset=utf-8",
        ),
    ]
}

fn figures() -> Vec<(Vec<u8>, &'static str, &'static str, bool)> {
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3B";
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>";
    let mut tiff = b"II*\0\x08\0\0\0\x08\0".to_vec();
    for (tag, value) in [
        (256_u16, 1_u32),
        (257, 1),
        (258, 8),
        (259, 1),
        (262, 1),
        (273, 110),
        (278, 1),
        (279, 1),
    ] {
        tiff.extend(tag.to_le_bytes());
        tiff.extend([4, 0, 1, 0, 0, 0]);
        tiff.extend(value.to_le_bytes());
    }
    tiff.extend([0, 0, 0, 0, 9]);
    vec![
        (gif.to_vec(), "gif", "image/gif", true),
        (
            b"RIFF\x16\0\0\0WEBPVP8L\x05\0\0\0\x2F\0\0\0\0\0".to_vec(),
            "webp",
            "image/webp",
            true,
        ),
        (svg.to_vec(), "svg", "image/svg+xml", true),
        (tiff, "tif", "image/tiff", false),
    ]
}

/// A file of an author, with its blind copy made.
pub async fn add(town: &Town, author: &str, number: &str, role: FileRole, bytes: &[u8]) -> i64 {
    let author = town.who(author).await;
    let proof = town.store.author(&author, number).await.unwrap();
    let taken = files::take(&town.store, bytes, 50).await.unwrap();
    let id = files::add(&town.store, &proof, role, &taken, "walk.bin")
        .await
        .unwrap();
    let limits = Limits {
        program: None,
        seconds: 60,
        megabytes: 1024,
    };
    while strip::next(&town.store, &limits, town.store.clock.now())
        .await
        .unwrap()
    {}
    id
}

#[rocket::async_test]
async fn manuscripts_of_every_format_are_read_and_sent_out() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let (number, token) = (town.number("draft"), town.token(AUTHOR).await);
    for (bytes, end, kind) in manuscripts() {
        let id = add(&town, AUTHOR, &number, FileRole::Manuscript, &bytes).await;
        let at = format!("/author/manuscripts/{number}/blind/{id}");
        let download = format!("{at}/download");
        for lang in [Lang::Zh, Lang::En] {
            let html = browser.page(&at, Some(&token), lang).await;
            assert!(
                html.contains("It was walked.") && html.contains("Walking in the hills"),
                "{end}: {html}"
            );
        }
        let copy = browser.get(&download, Some(&token), Lang::En).await;
        let header = |name: &str| copy.headers().get_one(name).unwrap_or_default().to_owned();
        assert_eq!(header("Content-Type"), kind);
        assert!(
            header("Content-Disposition").contains(&format!("\"manuscript.{end}\"")),
            "{}",
            header("Content-Disposition")
        );
    }
}

#[rocket::async_test]
async fn figures_of_every_format_are_shown_or_can_be_saved() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let (number, token) = (town.number("draft"), town.token(AUTHOR).await);
    for (bytes, end, kind, shown) in figures() {
        let id = add(&town, AUTHOR, &number, FileRole::Figure, &bytes).await;
        let at = format!("/author/manuscripts/{number}/blind/{id}");
        let download = format!("{at}/download");
        let html = browser.page(&at, Some(&token), Lang::En).await;
        assert_eq!(html.contains("/pictures/1\""), shown, "{end}: {html}");
        let copy = browser.get(&download, Some(&token), Lang::En).await;
        assert_eq!(copy.headers().get_one("Content-Type"), Some(kind));
        if shown {
            let address = format!("{at}/pictures/1");
            let picture = browser.get(&address, Some(&token), Lang::En).await;
            assert_eq!(picture.headers().get_one("Content-Type"), Some(kind));
            assert!(
                picture
                    .headers()
                    .get_one("Content-Security-Policy")
                    .unwrap()
                    .starts_with("sandbox; default-src 'none'")
            );
        }
    }
}

/// Whatever the stripper may answer, the author reads why and what to do.
#[test]
fn every_refusal_has_words_in_both_languages() {
    use bauta_strip::Refusal::*;
    let all = [
        Empty,
        TooLarge,
        Encrypted,
        Signed,
        Macros,
        Legacy,
        PictureFormat,
        OfficeFormat,
        ArchiveFormat,
        NoMainFile,
        Unsupported,
        Broken,
        Bomb,
        Undecodable,
        IdentityRemains,
    ];
    for refusal in all {
        // A new variant must be added to the list above.
        match refusal {
            Empty | TooLarge | Encrypted | Signed | Macros | Legacy | PictureFormat | OfficeFormat
            | ArchiveFormat | NoMainFile | Unsupported | Broken | Bomb | Undecodable | IdentityRemains => {}
        }
        let key = format!("author-refusal-{}", strip::reason(refusal));
        for lang in [Lang::Zh, Lang::En] {
            let words = bauta::words::lookup(lang, &key, &Default::default());
            assert!(words.is_some_and(|w| w.chars().count() > 8), "{key}");
        }
    }
}

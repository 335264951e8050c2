//! Letters for pages whose Chinese, Japanese or Korean fonts are not in the file: from a font of this machine, if it has one.
//!
//! Only pictures of pages are made with it. Blind copies do not depend on the machine.

use hayro_interpret::InterpreterSettings;
use hayro_interpret::font::{FontData, FontQuery};
use hayro_interpret::hayro_cmap::CidFamily;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

/// Where systems keep fonts.
const FOLDERS: &[&str] = &[
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:\\Windows\\Fonts",
];
/// Files that hold what Chinese pages need, best first.
const FILES: &[&str] = &[
    "notoserifcjk-regular.ttc",
    "notosanscjk-regular.ttc",
    "notoserifcjksc-regular.otf",
    "notosanscjksc-regular.otf",
    "sourcehanserifsc-regular.otf",
    "sourcehanserif-regular.ttc",
    "sourcehansanssc-regular.otf",
    "sourcehansans-regular.ttc",
    "wqy-zenhei.ttc",
    "wqy-microhei.ttc",
    "uming.ttc",
    "droidsansfallbackfull.ttf",
    "droidsansfallback.ttf",
    "songti.ttc",
    "simsun.ttc",
    "msyh.ttc",
];
const DEEPEST: usize = 4;

static FONT: LazyLock<Option<(FontData, bool)>> = LazyLock::new(|| {
    let mut found: Vec<(usize, PathBuf)> = Vec::new();
    FOLDERS.iter().for_each(|f| search(Path::new(f), 0, &mut found));
    found.sort();
    let (_, path) = found.into_iter().next()?;
    let bytes = std::fs::read(&path).ok()?;
    let collection = path.to_string_lossy().to_lowercase().contains("cjk");
    let data: FontData = Arc::new(bytes);
    Some((data, collection && path.extension().is_some_and(|e| e == "ttc")))
});

fn search(folder: &Path, depth: usize, found: &mut Vec<(usize, PathBuf)>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|e| e.path()) {
        if path.is_dir() {
            if depth < DEEPEST {
                search(&path, depth + 1, found);
            }
            continue;
        }
        let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase());
        if let Some(rank) = name.and_then(|n| FILES.iter().position(|f| *f == n)) {
            found.push((rank, path));
        }
    }
}

/// How pages are drawn: as usual, but with this machine's letters where a font of these scripts is missing.
pub(crate) fn settings() -> InterpreterSettings {
    let usual = InterpreterSettings::default();
    let other = Arc::clone(&usual.font_resolver);
    InterpreterSettings {
        font_resolver: Arc::new(move |query| match query {
            FontQuery::Fallback(wanted) => {
                let family = wanted.character_collection.as_ref().map(|c| &c.family);
                match (family.and_then(face), FONT.as_ref()) {
                    (Some(face), Some((data, collection))) => {
                        Some((Arc::clone(data), if *collection { face } else { 0 }))
                    }
                    _ => other(query),
                }
            }
            FontQuery::Standard(_) => other(query),
        }),
        ..usual
    }
}

/// Which face of a common collection has the shapes of a script.
fn face(family: &CidFamily) -> Option<u32> {
    match family {
        CidFamily::AdobeJapan1 => Some(0),
        CidFamily::AdobeKorea1 => Some(1),
        CidFamily::AdobeGB1 => Some(2),
        CidFamily::AdobeCNS1 => Some(3),
        _ => None,
    }
}

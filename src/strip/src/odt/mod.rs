//! OpenDocument text, as a package (.odt) and as one XML file (.fodt): unpack, keep the content, clean it, take the identity out,
//! pack again, look from outside.

mod check;
mod clean;
mod load;
mod names;
mod pack;
mod pictures;
mod redact;
mod styles;
mod view;

pub(crate) use check::{check_flat, probe};
pub(crate) use view::{blocks, visible_text};

use crate::docx::package::{self, Parts};
use crate::docx::xml::{self, Element};
use crate::matcher::Matcher;
use crate::model::{Identity, Refusal, Report, What};
use crate::{outside, tree};
use clean::Cleaner;
use load::load;
use pack::pack;
use pictures::{gather, inline_pictures};
use redact::redact;
use std::collections::BTreeMap;
use styles::Styles;

const TEXT: &str = "application/vnd.oasis.opendocument.text";

/// A tree on its way from the input to the copy.
struct Work {
    /// Its neutral name.
    name: String,
    tree: Element,
    /// The folder its addresses start from, in the input.
    folder: String,
    styles: Styles,
    /// Where its words stand, where its elements do not say.
    place: &'static str,
}

/// What is gathered on the way.
struct Gathered {
    /// Cleaned pictures by neutral name.
    pictures: Vec<(String, Vec<u8>)>,
    counts: BTreeMap<What, usize>,
    report: Report,
    /// How many pictures were met.
    number: usize,
}

impl Gathered {
    fn new() -> Self {
        Gathered {
            pictures: Vec::new(),
            counts: BTreeMap::new(),
            report: Report::default(),
            number: 0,
        }
    }
}

/// Makes the blind copy of a package.
pub(crate) fn strip(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    outside::until_unseen(identity, |identity| make(bytes, identity), outside::archive)
}

fn make(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    let matcher = Matcher::new(identity);
    let parts = package::read(bytes)?;
    if !probe(&parts)? {
        return Err(Refusal::Unsupported);
    }
    let mut gathered = Gathered::new();
    let mut works = Vec::new();
    load(&parts, "", "", 0, &mut works)?;
    let addresses = gather(&parts, &mut works, &matcher, &mut gathered);
    let settings = settings(&parts, &mut gathered);
    left_behind(&parts, &works, &mut gathered);
    drop(parts);
    for (work, addresses) in works.iter_mut().zip(&addresses) {
        clean_one(work, addresses, &matcher, &mut gathered);
    }
    let report = redact(&mut works, &matcher, gathered.report, &gathered.counts);
    let copy = package::write(pack(works, gathered.pictures, settings))?;
    Ok((copy, report))
}

/// Makes the blind copy of a flat file.
pub(crate) fn strip_flat(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    outside::until_unseen(identity, |identity| make_flat(bytes, identity), outside::xml)
}

fn make_flat(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    let matcher = Matcher::new(identity);
    let mut tree = xml::parse(bytes)?;
    check_flat(&tree)?;
    let mut gathered = Gathered::new();
    inline_pictures(&mut tree, &matcher, &mut gathered);
    let mut works = vec![Work {
        name: "document.fodt".into(),
        styles: Styles::of(&[&tree]),
        folder: String::new(),
        place: "body",
        tree,
    }];
    clean_one(&mut works[0], &BTreeMap::new(), &matcher, &mut gathered);
    let report = redact(&mut works, &matcher, gathered.report, &gathered.counts);
    let copy = works.pop().map(|w| xml::write(&w.tree)).ok_or(Refusal::Broken)?;
    Ok((copy, report))
}

/// Layout depends on some switches; nothing else of the settings is kept.
fn settings(parts: &Parts, gathered: &mut Gathered) -> Option<Vec<u8>> {
    let mut root = xml::parse(parts.get("settings.xml")?).ok()?;
    let mut gone = 0;
    tree::prune(&mut root, &mut |e| {
        let name = e.attr("config:name").unwrap_or_default();
        let kept = match &*e.tag {
            "office:settings" => true,
            "config:config-item-set" => name == "ooo:configuration-settings",
            "config:config-item" => {
                e.attr("config:type") == Some("boolean") && name.chars().all(|c| c.is_ascii_alphanumeric())
            }
            _ => false,
        };
        gone += usize::from(!kept);
        kept
    });
    gathered.report.add(What::Properties, "properties", gone);
    Some(xml::write(&root))
}

/// Counts the parts that stay behind.
fn left_behind(parts: &Parts, works: &[Work], gathered: &mut Gathered) {
    for name in parts.keys() {
        let lower = name.to_lowercase();
        let kept = matches!(
            lower.as_str(),
            "mimetype" | "settings.xml" | "meta-inf/manifest.xml"
        ) || lower.starts_with("pictures/")
            || works.iter().any(|w| {
                *name == format!("{}content.xml", w.folder) || *name == format!("{}styles.xml", w.folder)
            });
        if kept || parts[name].is_empty() {
            continue;
        }
        let what = if lower.ends_with("meta.xml") || lower.ends_with(".rdf") {
            What::Properties
        } else if lower.starts_with("versions/") || lower == "versionlist.xml" {
            What::EarlierRevisions
        } else if lower.starts_with("object") {
            What::Attachments
        } else if lower.starts_with("basic/") || lower.starts_with("dialogs/") {
            What::Scripts
        } else {
            What::HiddenParts
        };
        *gathered.counts.entry(what).or_default() += 1;
    }
}

fn clean_one(
    work: &mut Work,
    addresses: &BTreeMap<String, String>,
    matcher: &Matcher,
    gathered: &mut Gathered,
) {
    let mut cleaner = Cleaner {
        styles: &work.styles,
        matcher,
        parts: addresses,
        counts: std::mem::take(&mut gathered.counts),
    };
    cleaner.clean(&mut work.tree);
    gathered.counts = cleaner.counts;
}

//! OpenDocument text, as a package (.odt) and as one XML file (.fodt): unpack, keep the content, clean it, take the identity out,
//! pack again, look from outside.

mod clean;
mod styles;
mod view;

pub(crate) use view::{blocks, visible_text};

use crate::docx::package::{self, Parts};
use crate::docx::xml::{self, Element, Node};
use crate::matcher::Matcher;
use crate::model::{Identity, Refusal, Report, What};
use crate::plan::{self, Para, Plan};
use crate::tree::{self, Grammar};
use crate::{outside, picture};
use clean::{Cleaner, Namer};
use data_encoding::BASE64;
use std::collections::BTreeMap;
use styles::Styles;

const TEXT: &str = "application/vnd.oasis.opendocument.text";
/// Objects in objects nest this deep at most.
const DEEPEST: usize = 4;

/// Whether a package is an OpenDocument text; refuses other documents of the family.
pub(crate) fn probe(parts: &Parts) -> Result<bool, Refusal> {
    let kind = parts
        .get("mimetype")
        .map(|b| String::from_utf8_lossy(b).trim().to_owned());
    let content = parts.contains_key("content.xml") && parts.contains_key("META-INF/manifest.xml");
    match kind.as_deref() {
        Some(
            TEXT
            | "application/vnd.oasis.opendocument.text-template"
            | "application/vnd.oasis.opendocument.text-master",
        ) => {}
        Some(other) if other.starts_with("application/vnd.oasis.opendocument") => {
            return Err(Refusal::OfficeFormat);
        }
        Some(_) => return Err(Refusal::Unsupported),
        None if content => {}
        None => return Ok(false),
    }
    if parts.contains_key("encrypted-package") || manifest_says(parts, "encryption-data") {
        return Err(Refusal::Encrypted);
    }
    let signed = |n: &String| n.starts_with("META-INF/") && n.to_lowercase().contains("signature");
    if parts.keys().any(signed) {
        return Err(Refusal::Signed);
    }
    if parts.keys().any(|n| is_macro(n)) {
        return Err(Refusal::Macros);
    }
    if !parts.contains_key("content.xml") {
        return Err(Refusal::Broken);
    }
    Ok(true)
}

fn manifest_says(parts: &Parts, words: &str) -> bool {
    parts
        .get("META-INF/manifest.xml")
        .is_some_and(|b| String::from_utf8_lossy(b).contains(words))
}

/// Every file has an empty library; a module in it is a macro.
fn is_macro(name: &str) -> bool {
    (name.starts_with("Basic/") || name.starts_with("Dialogs/"))
        && name.ends_with(".xml")
        && !name.ends_with("script-lc.xml")
        && !name.ends_with("script-lb.xml")
        && !name.ends_with("dialog-lc.xml")
        && !name.ends_with("dialog-lb.xml")
        || name.starts_with("Scripts/") && !name.ends_with('/')
}

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

    fn picture(&mut self, bytes: &[u8], matcher: &Matcher) -> Option<(Vec<u8>, &'static str)> {
        let Some(clean) = picture::inside(bytes, matcher) else {
            // What we cannot clean we cannot vouch for: it stays out.
            self.report.add(What::HiddenParts, "pictures", 1);
            return None;
        };
        self.number += 1;
        clean.tell(self.number, matcher, &mut self.report);
        Some((clean.bytes, clean.kind))
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

/// Whether a tree is a flat text document that may be cleaned.
pub(crate) fn check_flat(tree: &Element) -> Result<(), Refusal> {
    if &*tree.tag != "office:document" {
        return Err(Refusal::Unsupported);
    }
    if tree.attr("office:mimetype").is_some_and(|m| !m.starts_with(TEXT)) {
        return Err(Refusal::OfficeFormat);
    }
    let body = tree.child("office:body").ok_or(Refusal::Broken)?;
    if body.child("office:text").is_none() {
        return Err(Refusal::OfficeFormat);
    }
    let mut macros = false;
    tree.walk(&mut |e| macros |= matches!(&*e.tag, "ooo:module" | "script:module"));
    if macros { Err(Refusal::Macros) } else { Ok(()) }
}

/// Reads the trees of a document and of the objects in it.
fn load(parts: &Parts, folder: &str, new: &str, depth: usize, works: &mut Vec<Work>) -> Result<(), Refusal> {
    let read = |name: &str| {
        parts
            .get(&format!("{folder}{name}"))
            .filter(|b| !b.is_empty())
            .map(|b| match xml::parse(b) {
                Err(Refusal::Undecodable) => Err(Refusal::Broken),
                other => other,
            })
            .transpose()
    };
    let content = read("content.xml")?.ok_or(Refusal::Broken)?;
    let styles = match read("styles.xml") {
        // Broken styles cost looks, not content.
        Err(Refusal::Broken) => None,
        other => other?,
    };
    let all: Vec<&Element> = styles.iter().chain([&content]).collect();
    let inside = Styles::of(&all);
    let outer = Styles::of(&styles.iter().collect::<Vec<_>>());
    let mut objects = Vec::new();
    content.walk(&mut |e| {
        if &*e.tag == "draw:object" {
            objects.extend(e.attr("xlink:href").map(|h| resolve(folder, h)));
        }
    });
    works.push(Work {
        name: format!("{new}content.xml"),
        tree: content,
        folder: folder.to_owned(),
        styles: inside,
        place: if depth == 0 { "body" } else { "figures" },
    });
    if let Some(tree) = styles {
        works.push(Work {
            name: format!("{new}styles.xml"),
            tree,
            folder: folder.to_owned(),
            styles: outer,
            place: "",
        });
    }
    objects.sort();
    objects.dedup();
    for (n, object) in objects.into_iter().enumerate() {
        let inner = format!("{object}/");
        if parts.contains_key(&format!("{inner}content.xml")) {
            if depth + 1 > DEEPEST {
                return Err(Refusal::Bomb);
            }
            let name = format!("{new}Object {}/", n + 1);
            // An object that does not hold together is left out; the document is more than it.
            let before = works.len();
            if let Err(refusal) = load(parts, &inner, &name, depth + 1, works) {
                works.truncate(before);
                if refusal == Refusal::Bomb {
                    return Err(refusal);
                }
            }
        }
    }
    Ok(())
}

/// The part an address means, seen from a folder.
fn resolve(folder: &str, href: &str) -> String {
    let bare = href.trim_start_matches("./").trim_end_matches('/');
    format!("{folder}{bare}")
}

/// Cleans the pictures that trees refer to; gives each tree the new addresses of what it refers to.
fn gather(
    parts: &Parts,
    works: &mut [Work],
    matcher: &Matcher,
    gathered: &mut Gathered,
) -> Vec<BTreeMap<String, String>> {
    let objects: BTreeMap<String, String> = works
        .iter()
        .filter_map(|w| {
            let old = w.folder.strip_suffix('/')?;
            let new = w.name.strip_suffix("/content.xml")?;
            Some((old.to_owned(), new.to_owned()))
        })
        .collect();
    let mut done: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut all = Vec::new();
    for work in works.iter_mut() {
        let mut hrefs = Vec::new();
        work.tree.walk(&mut |e| {
            if !matches!(&*e.tag, "text:a" | "draw:a") {
                hrefs.extend(
                    e.attr("xlink:href")
                        .map(|h| (h.to_owned(), &*e.tag == "draw:object")),
                );
            }
        });
        inline_pictures(&mut work.tree, matcher, gathered);
        let mut addresses = BTreeMap::new();
        for (href, object) in hrefs {
            let old = resolve(&work.folder, &href);
            if object {
                let home = work.name.rsplit_once('/').map_or("", |(f, _)| f);
                if let Some(new) = objects.get(&old) {
                    let seen = new.strip_prefix(home).unwrap_or(new).trim_start_matches('/');
                    addresses.insert(href, format!("./{seen}"));
                }
                continue;
            }
            let Some(bytes) = parts.get(&old) else { continue };
            let new = done.entry(old).or_insert_with(|| {
                let (bytes, kind) = gathered.picture(bytes, matcher)?;
                let name = format!(
                    "Pictures/picture{}.{}",
                    gathered.pictures.len() + 1,
                    picture::extension(kind)
                );
                gathered.pictures.push((name.clone(), bytes));
                Some(name)
            });
            if let Some(new) = new {
                // Objects reach pictures only through their own folder: a copy's folders are flat, so the address climbs.
                let up = "../".repeat(work.name.matches('/').count());
                addresses.insert(href, format!("{up}{new}"));
            }
        }
        all.push(addresses);
    }
    all
}

/// Cleans pictures that stand in the XML itself.
fn inline_pictures(element: &mut Element, matcher: &Matcher, gathered: &mut Gathered) {
    element.children.retain_mut(|node| {
        let Node::Element(child) = node else { return true };
        if &*child.tag == "office:binary-data" {
            let bare: String = child.text().chars().filter(|c| !c.is_whitespace()).collect();
            let clean = BASE64
                .decode(bare.as_bytes())
                .ok()
                .and_then(|bytes| gathered.picture(&bytes, matcher));
            if let Some((bytes, _)) = clean {
                child.children = vec![Node::Text(BASE64.encode(&bytes))];
                return true;
            }
            return false;
        }
        inline_pictures(child, matcher, gathered);
        true
    });
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

/// Plans over all paragraphs together, cuts, and names what is left.
fn redact(works: &mut [Work], matcher: &Matcher, report: Report, counts: &BTreeMap<What, usize>) -> Report {
    let mut paras = Vec::new();
    for work in works.iter() {
        collect(&work.tree, work, work.place, &mut paras);
    }
    let plan = plan::plan(&paras, matcher);
    let mut next = 0;
    for work in works.iter_mut() {
        apply(&mut work.tree, &work.styles, &plan, &mut next);
    }
    let mut namer = Namer::default();
    works.iter().for_each(|w| namer.learn(&w.tree, matcher));
    works.iter_mut().for_each(|w| namer.name(&mut w.tree));
    let mut whole = plan::report(&paras, &plan, matcher);
    for entry in report.removed {
        whole.add(entry.what, &entry.place, entry.count as usize);
    }
    for (what, count) in counts {
        let place = if *what == What::Properties {
            "properties"
        } else {
            "document"
        };
        whole.add(*what, place, *count);
    }
    whole.findings.extend(report.findings);
    plan::sort(&mut whole);
    whole
}

/// The paragraphs of a tree, in its order.
fn collect(element: &Element, work: &Work, place: &'static str, out: &mut Vec<Para>) {
    let place = match &*element.tag {
        "style:header" | "style:header-left" | "style:header-first" => "header",
        "style:footer" | "style:footer-left" | "style:footer-first" => "footer",
        "text:note" if element.attr("text:note-class") == Some("endnote") => "endnotes",
        "text:note" => "footnotes",
        "chart:chart" => "figures",
        _ => place,
    };
    if work.styles.is_para(element) {
        let words = tree::text(element, &work.styles);
        let heading = work.styles.level(element).is_some() || work.styles.is_bold(element, &words);
        out.push(Para {
            heading: heading && !words.trim().is_empty(),
            text: words,
            place: place.into(),
            head: matches!(place, "header" | "footer"),
            body: place == "body",
        });
    }
    for child in element.elements() {
        collect(child, work, place, out);
    }
}

/// Makes the cuts, in the order of [`collect`].
fn apply(element: &mut Element, styles: &Styles, plan: &Plan, next: &mut usize) {
    let own = styles.is_para(element).then_some(*next);
    *next += usize::from(own.is_some());
    let mut gone = Vec::new();
    for (at, node) in element.children.iter_mut().enumerate() {
        if let Node::Element(child) = node {
            let whole = styles.is_para(child) && plan.drops.get(*next).copied().flatten().is_some();
            apply(child, styles, plan, next);
            if whole && child.children.is_empty() {
                gone.push(at);
            }
        }
    }
    if matches!(&*element.tag, "office:text" | "text:section" | "text:list-item") {
        for at in gone.into_iter().rev() {
            element.children.remove(at);
        }
    }
    element.children.retain(|n| {
        !matches!(n, Node::Element(e) if matches!(&*e.tag, "text:list-item" | "text:list") && e.children.is_empty())
    });
    let Some(index) = own else { return };
    if plan.drops.get(index).copied().flatten().is_some() {
        // A note goes with the words it belongs to.
        element
            .children
            .retain(|n| !matches!(n, Node::Element(e) if &*e.tag == "text:note"));
        tree::prune(element, &mut |e| &*e.tag != "text:note");
        tree::erase(element, styles);
    } else if let Some(cuts) = plan.cuts.get(index) {
        tree::cut(element, styles, cuts);
    }
}

/// Lays the parts out under their neutral names, with a fresh manifest.
fn pack(
    works: Vec<Work>,
    pictures: Vec<(String, Vec<u8>)>,
    settings: Option<Vec<u8>>,
) -> Vec<(String, Vec<u8>)> {
    let mut used = Vec::new();
    for work in &works {
        work.tree.walk(&mut |e| {
            used.extend(
                e.attr("xlink:href")
                    .map(|h| h.trim_start_matches("../").to_owned()),
            )
        });
    }
    let mut out = vec![("mimetype".to_owned(), TEXT.as_bytes().to_vec())];
    out.extend(works.iter().map(|w| (w.name.clone(), xml::write(&w.tree))));
    out.extend(settings.map(|s| ("settings.xml".to_owned(), s)));
    out.extend(pictures.into_iter().filter(|(name, _)| used.contains(name)));
    let mut manifest = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.2\">",
    );
    let mut entry = |path: &str, kind: &str| {
        manifest.push_str(&format!(
            "<manifest:file-entry manifest:full-path=\"{path}\" manifest:media-type=\"{kind}\"/>"
        ));
    };
    entry("/", TEXT);
    for work in &works {
        if let Some(folder) = work.name.strip_suffix("content.xml").filter(|f| !f.is_empty()) {
            entry(folder, object_type(&work.tree));
        }
    }
    for (name, bytes) in out.iter().skip(1) {
        let kind = match picture::kind(bytes) {
            Some(kind) if name.starts_with("Pictures/") => picture::media_type(kind),
            _ => "text/xml".to_owned(),
        };
        entry(name, &kind);
    }
    manifest.push_str("</manifest:manifest>");
    out.push(("META-INF/manifest.xml".to_owned(), manifest.into_bytes()));
    out
}

fn object_type(tree: &Element) -> &'static str {
    let body = tree.child("office:body").and_then(|b| b.elements().next());
    match (&*tree.tag, body.map(|b| &*b.tag)) {
        (tag, _) if tag.starts_with("math:") || tag == "math" => "application/vnd.oasis.opendocument.formula",
        (_, Some("office:chart")) => "application/vnd.oasis.opendocument.chart",
        (_, Some("office:spreadsheet")) => "application/vnd.oasis.opendocument.spreadsheet",
        (_, Some("office:drawing")) => "application/vnd.oasis.opendocument.graphics",
        _ => TEXT,
    }
}

//! Takes out of a part's tree what is not content: revisions, comments, ids, names of drawings, private links, hidden text.

use super::revisions::merge_deleted_ends;
use super::xml::{Attr, Element, Node};
use crate::model::What;
use crate::token;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

/// What cleaning needs to know, and what it has counted.
#[derive(Default)]
pub(crate) struct Cleaner {
    /// Relation ids that still lead somewhere.
    pub live: HashSet<String>,
    pub counts: BTreeMap<What, usize>,
    /// What styles hide.
    pub unseen: Unseen,
    /// Tables and drawings around the element at hand: there white letters stand on a colour.
    depth: usize,
    /// The paragraph at hand is of a style that hides.
    hidden: bool,
}

enum Fate {
    Keep,
    Drop(Option<What>),
    Unwrap(Option<What>),
}

/// Elements that go with all that is in them.
const DROPPED: &[(&str, What)] = &[
    ("w:del", What::TrackedChanges),
    ("w:moveFrom", What::TrackedChanges),
    ("w:rPrChange", What::TrackedChanges),
    ("w:pPrChange", What::TrackedChanges),
    ("w:sectPrChange", What::TrackedChanges),
    ("w:tblPrChange", What::TrackedChanges),
    ("w:tblPrExChange", What::TrackedChanges),
    ("w:tblGridChange", What::TrackedChanges),
    ("w:trPrChange", What::TrackedChanges),
    ("w:tcPrChange", What::TrackedChanges),
    ("w:numberingChange", What::TrackedChanges),
    ("w:cellIns", What::TrackedChanges),
    ("w:cellDel", What::TrackedChanges),
    ("w14:conflictDel", What::TrackedChanges),
    ("w14:customXmlConflictInsRangeStart", What::TrackedChanges),
    ("w14:customXmlConflictInsRangeEnd", What::TrackedChanges),
    ("w14:customXmlConflictDelRangeStart", What::TrackedChanges),
    ("w14:customXmlConflictDelRangeEnd", What::TrackedChanges),
    ("w:cellMerge", What::TrackedChanges),
    ("w:moveFromRangeStart", What::TrackedChanges),
    ("w:moveFromRangeEnd", What::TrackedChanges),
    ("w:moveToRangeStart", What::TrackedChanges),
    ("w:moveToRangeEnd", What::TrackedChanges),
    ("w:customXmlInsRangeStart", What::TrackedChanges),
    ("w:customXmlInsRangeEnd", What::TrackedChanges),
    ("w:customXmlDelRangeStart", What::TrackedChanges),
    ("w:customXmlDelRangeEnd", What::TrackedChanges),
    ("w:customXmlMoveFromRangeStart", What::TrackedChanges),
    ("w:customXmlMoveFromRangeEnd", What::TrackedChanges),
    ("w:customXmlMoveToRangeStart", What::TrackedChanges),
    ("w:customXmlMoveToRangeEnd", What::TrackedChanges),
    ("w:delText", What::TrackedChanges),
    ("w:delInstrText", What::TrackedChanges),
    ("w:commentRangeStart", What::Comments),
    ("w:commentRangeEnd", What::Comments),
    ("w:commentReference", What::Comments),
    ("w:annotationRef", What::Comments),
    ("w:rsid", What::RevisionIds),
    ("w:rsids", What::RevisionIds),
    ("w:nsid", What::RevisionIds),
    ("w:tmpl", What::RevisionIds),
    ("w:proofErr", What::RevisionIds),
    ("w:permStart", What::HiddenParts),
    ("w:permEnd", What::HiddenParts),
    ("w:subDoc", What::Links),
    ("w:control", What::Scripts),
    ("w:contentPart", What::HiddenParts),
    ("o:OLEObject", What::Attachments),
    ("w:objectEmbed", What::Attachments),
    ("w:objectLink", What::Attachments),
    ("w:movie", What::Attachments),
    ("cx:externalData", What::Attachments),
    ("c:externalData", What::Attachments),
    ("c:lang", What::Properties),
    ("c:extLst", What::HiddenParts),
    ("c:printSettings", What::HiddenParts),
    ("a:hlinkClick", What::Links),
    ("a:hlinkHover", What::Links),
    ("a:extLst", What::HiddenParts),
    ("cx:extLst", What::HiddenParts),
    ("w:docPartObj", What::HiddenParts),
    ("w:webSettings", What::HiddenParts),
    ("w:tblCaption", What::HiddenParts),
    ("w:tblDescription", What::HiddenParts),
    ("w:embedRegular", What::HiddenParts),
    ("w:embedBold", What::HiddenParts),
    ("w:embedItalic", What::HiddenParts),
    ("w:embedBoldItalic", What::HiddenParts),
    ("w:printerSettings", What::HiddenParts),
    ("w:divId", What::RevisionIds),
    ("w:sdtPr", What::HiddenParts),
    ("w:sdtEndPr", What::HiddenParts),
    ("w:customXmlPr", What::HiddenParts),
    ("w:smartTagPr", What::HiddenParts),
    ("w:ffData", What::HiddenParts),
    ("w:fldData", What::HiddenParts),
];

/// Elements that go and leave what is in them.
const UNWRAPPED: &[(&str, What)] = &[
    ("w:ins", What::TrackedChanges),
    ("w:moveTo", What::TrackedChanges),
    ("w14:conflictIns", What::TrackedChanges),
    ("w:smartTag", What::HiddenParts),
    ("w:customXml", What::HiddenParts),
    ("w:sdt", What::HiddenParts),
    ("w:sdtContent", What::HiddenParts),
];

/// Both lists by name, and whether what is inside stays.
static FATES: LazyLock<HashMap<&str, (bool, What)>> = LazyLock::new(|| {
    let dropped = DROPPED.iter().map(|(tag, what)| (*tag, (false, *what)));
    let unwrapped = UNWRAPPED.iter().map(|(tag, what)| (*tag, (true, *what)));
    dropped.chain(unwrapped).collect()
});

impl Cleaner {
    /// A cleaner for a part with these relations.
    pub fn new(live: HashSet<String>, unseen: Unseen) -> Self {
        Cleaner {
            live,
            unseen,
            ..Cleaner::default()
        }
    }

    /// Cleans a whole tree.
    pub fn clean(&mut self, root: &mut Element) {
        self.attributes(root);
        self.children(root);
    }

    fn count(&mut self, what: What) {
        *self.counts.entry(what).or_default() += 1;
    }

    fn children(&mut self, element: &mut Element) {
        let before = std::mem::take(&mut element.children);
        let mut after = Vec::with_capacity(before.len());
        for node in before {
            let Node::Element(mut child) = node else {
                after.push(node);
                continue;
            };
            let bound = bound_to_identity(&child);
            match self.fate(element, &child) {
                Fate::Unwrap(what) if bound => {
                    what.into_iter().for_each(|w| self.count(w));
                    self.count(What::Properties);
                    self.children(&mut child);
                    blank(&mut child, &mut false);
                    after.append(&mut child.children);
                }
                Fate::Drop(what) => what.into_iter().for_each(|w| self.count(w)),
                Fate::Unwrap(what) => {
                    what.into_iter().for_each(|w| self.count(w));
                    self.children(&mut child);
                    after.append(&mut child.children);
                }
                Fate::Keep => {
                    let held = holds(&child);
                    self.attributes(&mut child);
                    self.inside(&mut child);
                    let emptied = &*child.tag == "w:r" && held && !holds(&child)
                        || &*child.tag == "w:tbl" && child.child("w:tr").is_none();
                    if !emptied {
                        after.push(Node::Element(child));
                    }
                }
            }
        }
        element.children = if matches!(
            &*element.tag,
            "w:body" | "w:tc" | "w:txbxContent" | "w:footnote" | "w:endnote" | "w:hdr" | "w:ftr"
        ) {
            merge_deleted_ends(after)
        } else {
            after
        };
    }

    /// The children of an element that stays, with what it means for whether they can be seen.
    fn inside(&mut self, child: &mut Element) {
        let coloured = matches!(&*child.tag, "w:tbl" | "w:drawing" | "w:pict" | "w:object");
        let before = (self.depth, self.hidden);
        self.depth += usize::from(coloured);
        if &*child.tag == "w:p" {
            let properties = child.child("w:pPr");
            self.hidden = properties
                .and_then(|p| p.child("w:pStyle"))
                .and_then(|s| s.attr("w:val"))
                .is_some_and(|s| self.unseen.styles.contains(s));
            let shaded = properties.is_some_and(|p| p.child("w:shd").is_some_and(is_shade));
            self.depth += usize::from(shaded);
        }
        self.children(child);
        (self.depth, self.hidden) = before;
    }

    /// Whether nobody sees a run: it is hidden, in white on white, or as small as a dot.
    fn is_unseen(&self, run: &Element) -> bool {
        if run
            .elements()
            .any(|e| matches!(&*e.tag, "w:fldChar" | "w:instrText"))
        {
            return false;
        }
        let Some(look) = run.child("w:rPr") else {
            return self.hidden;
        };
        let styled = look
            .child("w:rStyle")
            .and_then(|s| s.attr("w:val"))
            .is_some_and(|s| self.unseen.styles.contains(s));
        let hidden = look.child("w:vanish").map_or(styled || self.hidden, is_on);
        let white = self.depth == 0
            && !self.unseen.coloured_page
            && look
                .child("w:color")
                .and_then(|c| c.attr("w:val"))
                .is_some_and(|c| c.eq_ignore_ascii_case("FFFFFF"))
            && look
                .child("w:color")
                .is_some_and(|c| c.attr("w:themeColor").is_none_or(|t| t == "background1"))
            && look.child("w:highlight").is_none()
            && !look.child("w:shd").is_some_and(is_shade);
        let tiny = look
            .child("w:sz")
            .and_then(|s| s.attr("w:val"))
            .and_then(|s| s.parse::<u32>().ok())
            .is_some_and(|half_points| half_points <= 3);
        hidden || white || tiny
    }

    fn fate(&mut self, parent: &Element, child: &Element) -> Fate {
        let tag = &*child.tag;
        // In properties these say that a paragraph's end, a row or a run was inserted or deleted.
        if matches!(tag, "w:ins" | "w:del" | "w:moveTo" | "w:moveFrom")
            && matches!(&*parent.tag, "w:rPr" | "w:trPr" | "w:numPr")
        {
            let ends = matches!(tag, "w:del" | "w:moveFrom") && &*parent.tag == "w:rPr";
            self.count(What::TrackedChanges);
            return if ends { Fate::Keep } else { Fate::Drop(None) };
        }
        if tag == "w:tr" && child.child("w:trPr").is_some_and(|p| p.child("w:del").is_some()) {
            return Fate::Drop(Some(What::TrackedChanges));
        }
        if tag == "w:tc"
            && child
                .child("w:tcPr")
                .is_some_and(|p| p.child("w:cellDel").is_some())
        {
            return Fate::Drop(Some(What::TrackedChanges));
        }
        let says = |e: &Element| e.elements().any(|t| matches!(&*t.tag, "w:t" | "w:sym"));
        if tag == "w:r" && says(child) && self.is_unseen(child) {
            return Fate::Drop(Some(What::HiddenParts));
        }
        if tag == "w:hyperlink" {
            let id = child.attr("r:id");
            let dead = id.is_some_and(|id| !self.live.contains(id));
            return if dead || (id.is_none() && child.attr("w:anchor").is_none()) {
                Fate::Unwrap(dead.then_some(What::Links))
            } else {
                Fate::Keep
            };
        }
        let linked = !matches!(tag, "w:hyperlink" | "a:blip" | "v:imagedata" | "a:hlinkClick");
        let dead = linked
            && child
                .attrs
                .iter()
                .any(|a| a.key.starts_with("r:") && !self.live.contains(&a.value));
        if dead
            && matches!(
                tag,
                "w:headerReference"
                    | "w:footerReference"
                    | "c:chart"
                    | "cx:chart"
                    | "c:userShapes"
                    | "dgm:relIds"
                    | "w:attachedTemplate"
            )
        {
            return Fate::Drop(None);
        }
        match FATES.get(tag) {
            Some((false, what)) => Fate::Drop(Some(*what)),
            Some((true, what)) => Fate::Unwrap(Some(*what).filter(|_| tag != "w:sdtContent")),
            None => Fate::Keep,
        }
    }

    fn attributes(&mut self, element: &mut Element) {
        let tag = element.tag.clone();
        let before = element.attrs.len();
        element.attrs.retain(|a| !is_id(&a.key));
        if element.attrs.len() < before {
            self.count(What::RevisionIds);
        }
        element
            .attrs
            .retain(|a| !a.key.starts_with("r:") || self.live.contains(&a.value));
        match &*tag {
            tag if is_drawing(tag) => self.drawing(element),
            "w:lang" | "w:themeFontLang" => element.attrs.retain(|a| &*a.key == "w:eastAsia"),
            "v:shape" | "v:imagedata" | "v:rect" | "v:group" | "v:shapetype" | "v:textbox" | "v:line"
            | "v:oval" | "v:roundrect" => {
                element.attrs.retain(|a| {
                    !matches!(
                        &*a.key,
                        "alt"
                            | "title"
                            | "o:title"
                            | "o:href"
                            | "href"
                            | "o:gfxdata"
                            | "o:althref"
                            | "o:ole"
                            | "src"
                            | "target"
                    )
                });
            }
            "w:hyperlink" => {
                element
                    .attrs
                    .retain(|a| !matches!(&*a.key, "w:tooltip" | "w:docLocation" | "w:tgtFrame"));
            }
            "a:theme" | "a:clrScheme" | "a:fontScheme" | "a:fmtScheme" => {
                set(element, "name", "Office".into())
            }
            _ => {}
        }
    }

    /// A drawing's description in words stays, as text does; a path, a file's name or an address goes.
    fn drawing(&mut self, element: &mut Element) {
        let had = element.attrs.len();
        element
            .attrs
            .retain(|a| !matches!(&*a.key, "descr" | "title") || is_prose(&a.value));
        if element.attrs.len() < had {
            self.count(What::Paths);
        }
    }
}

/// Whether a description is made of words. Any one word of it may be the name of a file.
fn is_prose(text: &str) -> bool {
    let named = |w: &str| {
        let w = w.trim_matches(|c: char| !c.is_alphanumeric());
        w.rsplit_once('.').is_some_and(|(stem, end)| {
            !stem.is_empty()
                && (2..5).contains(&end.len())
                && end.chars().all(|c| c.is_ascii_alphanumeric())
                && end.chars().any(|c| c.is_ascii_alphabetic())
        })
    };
    let place =
        text.contains(['\\', '@']) || text.contains("://") || text.contains("www.") || text.starts_with('/');
    !place
        && !text.split_whitespace().any(named)
        && (text.contains(' ') || text.chars().any(|c| u32::from(c) >= 0x2E80))
}

/// Gives bookmarks and drawings neutral names, in the order of what is left, so that cleaning a clean copy changes nothing.
#[derive(Default)]
pub(crate) struct Namer {
    bookmarks: HashMap<String, String>,
    drawings: usize,
}

impl Namer {
    /// Names everything in a part.
    pub fn name(&mut self, element: &mut Element) {
        let tag = element.tag.clone();
        match &*tag {
            "w:bookmarkStart" => self.bookmark(element, "w:name"),
            "w:hyperlink" if element.attr("w:anchor").is_some() => self.bookmark(element, "w:anchor"),
            tag if is_drawing(tag) => {
                self.drawings += 1;
                set(element, "name", format!("Picture {}", self.drawings));
            }
            _ => {}
        }
        for node in &mut element.children {
            if let Node::Element(child) = node {
                self.name(child);
            }
        }
    }

    fn bookmark(&mut self, element: &mut Element, key: &str) {
        let old = element.attr(key).unwrap_or_default().to_owned();
        let next = self.bookmarks.len();
        let new = self
            .bookmarks
            .entry(old)
            .or_insert_with(|| format!("b{next}"))
            .clone();
        set(element, key, new);
    }
}

fn is_drawing(tag: &str) -> bool {
    matches!(
        tag,
        "wp:docPr"
            | "pic:cNvPr"
            | "wps:cNvPr"
            | "a:cNvPr"
            | "wpg:cNvPr"
            | "dsp:cNvPr"
            | "xdr:cNvPr"
            | "c:cNvPr"
            | "dgm:cNvPr"
    )
}

fn set(element: &mut Element, key: &str, value: String) {
    if let Some(attr) = element.attrs.iter_mut().find(|a| &*a.key == key) {
        attr.value = value;
    } else if !key.contains(':') {
        let key = std::rc::Rc::from(key);
        element.attrs.push(Attr {
            raw: std::rc::Rc::clone(&key),
            key,
            value,
        });
    }
}

/// Attributes that tie a file to the machine, the person or the sessions it was written in.
fn is_id(key: &str) -> bool {
    let local = key.rsplit(':').next().unwrap_or(key);
    (local.starts_with("rsid") && key.contains(':'))
        || matches!(
            key,
            "w14:paraId"
                | "w14:textId"
                | "w:author"
                | "w:date"
                | "w:initials"
                | "w14:anchorId"
                | "w14:editId"
                | "w16cid:durableId"
                | "w15:docId"
                | "w14:docId"
                | "w:userId"
        )
        || key.starts_with("w16du:")
        || (matches!(local, "paraId" | "textId" | "anchorId" | "editId") && key.contains(':'))
}

/// Whether a run holds anything but its properties.
fn holds(run: &Element) -> bool {
    run.children.iter().any(|n| {
        !matches!(n, Node::Element(e) if &*e.tag == "w:rPr")
            && !matches!(n, Node::Text(t) if t.trim().is_empty())
    })
}

fn is_on(toggle: &Element) -> bool {
    !matches!(toggle.attr("w:val"), Some("0" | "false" | "off"))
}

/// Whether a shading puts a colour behind letters.
fn is_shade(shading: &Element) -> bool {
    let clear = |v: Option<&str>| v.is_none_or(|c| c == "auto" || c.eq_ignore_ascii_case("FFFFFF"));
    !clear(shading.attr("w:fill"))
        || shading.attr("w:themeFill").is_some()
        || shading
            .attr("w:val")
            .is_some_and(|v| !matches!(v, "clear" | "nil"))
}

/// Properties of a document that name who wrote it and where; a content control bound to one shows its value.
const BOUND: &[&str] = &[
    "creator",
    "lastModifiedBy",
    "Company",
    "Manager",
    "CompanyAddress",
    "CompanyPhone",
    "CompanyFax",
    "CompanyEmail",
];

fn bound_to_identity(control: &Element) -> bool {
    if &*control.tag != "w:sdt" {
        return false;
    }
    let Some(properties) = control.child("w:sdtPr") else {
        return false;
    };
    properties
        .elements()
        .filter(|e| e.local() == "dataBinding")
        .any(|b| {
            let path = b.attr("w:xpath").unwrap_or_default();
            let last = path.rsplit('/').next().unwrap_or_default();
            let name = last.rsplit(':').next().unwrap_or_default();
            let name = name.split('[').next().unwrap_or_default();
            BOUND.contains(&name) || name == "Author"
        })
}

/// Replaces the words of a tree by one neutral token.
fn blank(element: &mut Element, placed: &mut bool) {
    for node in &mut element.children {
        let Node::Element(child) = node else { continue };
        if &*child.tag == "w:t" {
            let words = if *placed || child.text().trim().is_empty() {
                ""
            } else {
                token::LATIN
            };
            *placed |= !words.is_empty();
            child.children = vec![Node::Text(words.to_owned())];
        } else {
            blank(child, placed);
        }
    }
}

/// What a document hides by its styles.
#[derive(Clone, Default)]
pub(crate) struct Unseen {
    /// Styles whose letters are hidden.
    styles: HashSet<String>,
    /// The page has a colour, so that white letters can be seen.
    pub coloured_page: bool,
}

impl Unseen {
    /// Reads the styles part.
    pub fn new(styles: Option<&Element>) -> Self {
        let mut hidden: HashMap<&str, bool> = HashMap::new();
        let mut parents: HashMap<&str, &str> = HashMap::new();
        for style in styles
            .into_iter()
            .flat_map(Element::elements)
            .filter(|e| &*e.tag == "w:style")
        {
            let Some(id) = style.attr("w:styleId") else {
                continue;
            };
            let vanish = style.child("w:rPr").and_then(|p| p.child("w:vanish"));
            if let Some(vanish) = vanish {
                hidden.insert(id, is_on(vanish));
            }
            if let Some(parent) = style.child("w:basedOn").and_then(|b| b.attr("w:val")) {
                parents.insert(id, parent);
            }
        }
        let mut found = HashSet::new();
        for id in parents.keys().chain(hidden.keys()) {
            let line = std::iter::successors(Some(*id), |at| parents.get(at).copied());
            if line.take(30).find_map(|s| hidden.get(s)) == Some(&true) {
                found.insert((*id).to_owned());
            }
        }
        Unseen {
            styles: found,
            coloured_page: false,
        }
    }
}

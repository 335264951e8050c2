//! Takes out of a part's tree what is not content: revisions, comments, ids, names of drawings, private links, hidden text.

use super::revisions::merge_deleted_ends;
use super::xml::{Attr, Element, Node};
use crate::model::What;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What cleaning needs to know, and what it has counted.
#[derive(Default)]
pub(crate) struct Cleaner {
    /// Relation ids that still lead somewhere.
    pub live: HashSet<String>,
    pub counts: BTreeMap<What, usize>,
    /// The part holds foreign text (altChunk) that we do not read.
    pub foreign: bool,
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
    ("c:externalData", What::Attachments),
    ("c:userShapes", What::HiddenParts),
    ("c:printSettings", What::HiddenParts),
    ("a:hlinkClick", What::Links),
    ("a:hlinkHover", What::Links),
    ("a:extLst", What::HiddenParts),
    ("c:extLst", What::HiddenParts),
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
    ("w:smartTag", What::HiddenParts),
    ("w:customXml", What::HiddenParts),
    ("w:sdt", What::HiddenParts),
    ("w:sdtContent", What::HiddenParts),
];

impl Cleaner {
    /// A cleaner for a part with these relations.
    pub fn new(live: HashSet<String>) -> Self {
        Cleaner {
            live,
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
            match self.fate(element, &child) {
                Fate::Drop(what) => what.into_iter().for_each(|w| self.count(w)),
                Fate::Unwrap(what) => {
                    what.into_iter().for_each(|w| self.count(w));
                    self.children(&mut child);
                    after.append(&mut child.children);
                }
                Fate::Keep => {
                    let held = holds(&child);
                    self.attributes(&mut child);
                    self.children(&mut child);
                    if !(&*child.tag == "w:r" && held && !holds(&child)) {
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
        if tag == "w:altChunk" {
            self.foreign = true;
            return Fate::Drop(Some(What::HiddenParts));
        }
        if tag == "w:r" && is_hidden(child) {
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
        let dead = child
            .attrs
            .iter()
            .any(|a| a.key.starts_with("r:") && !self.live.contains(&a.value));
        if dead
            && matches!(
                tag,
                "w:headerReference" | "w:footerReference" | "c:chart" | "w:attachedTemplate"
            )
        {
            return Fate::Drop(None);
        }
        if let Some((_, what)) = DROPPED.iter().find(|(t, _)| *t == tag) {
            return Fate::Drop(Some(*what));
        }
        if let Some((_, what)) = UNWRAPPED.iter().find(|(t, _)| *t == tag) {
            return Fate::Unwrap(Some(*what).filter(|_| tag != "w:sdtContent"));
        }
        Fate::Keep
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

    fn drawing(&mut self, element: &mut Element) {
        let had = element.attrs.len();
        element.attrs.retain(|a| !matches!(&*a.key, "descr" | "title"));
        if element.attrs.len() < had {
            self.count(What::Paths);
        }
    }
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

fn is_hidden(run: &Element) -> bool {
    let on = |e: &Element| !matches!(e.attr("w:val"), Some("0" | "false" | "off"));
    let field = run
        .elements()
        .any(|e| matches!(&*e.tag, "w:fldChar" | "w:instrText"));
    !field
        && run
            .child("w:rPr")
            .and_then(|p| p.child("w:vanish"))
            .is_some_and(on)
}

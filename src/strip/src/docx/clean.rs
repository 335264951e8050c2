//! Takes out of a part's tree what is not content: revisions, comments, ids, names of drawings, private links, hidden text.

mod attributes;
mod bound;
mod unseen;

pub(crate) use unseen::Unseen;

use super::revisions::merge_deleted_ends;
use super::story::is_words;
use super::xml::{Element, Node};
use crate::flow;
use crate::model::What;
use bound::{blank, bound_to_identity};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;
use unseen::is_shade;

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
            let mut child = match node {
                Node::Element(child) => child,
                Node::Text(words) if is_words(&element.tag) && !words.is_ascii() => {
                    after.push(Node::Text(flow::visible(&words)));
                    continue;
                }
                text => {
                    after.push(text);
                    continue;
                }
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
}

/// Whether a run holds anything but its properties.
fn holds(run: &Element) -> bool {
    run.children.iter().any(|n| {
        !matches!(n, Node::Element(e) if &*e.tag == "w:rPr")
            && !matches!(n, Node::Text(t) if t.trim().is_empty())
    })
}

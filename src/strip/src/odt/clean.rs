//! Takes out of an ODF tree what is not content: changes, annotations, fields about people and files, scripts, ids, private links.

use super::styles::Styles;
use crate::docx::xml::{Element, Node};
use crate::flow;
use crate::forms;
use crate::matcher::Matcher;
use crate::model::What;
use std::collections::BTreeMap;

/// Elements that go with all that is in them.
const DROPPED: &[(&str, What)] = &[
    ("text:tracked-changes", What::TrackedChanges),
    ("table:tracked-changes", What::TrackedChanges),
    ("text:change", What::TrackedChanges),
    ("text:change-start", What::TrackedChanges),
    ("text:change-end", What::TrackedChanges),
    ("office:change-info", What::TrackedChanges),
    ("office:annotation", What::Comments),
    ("office:annotation-end", What::Comments),
    ("office:meta", What::Properties),
    ("office:settings", What::Properties),
    ("office:scripts", What::Scripts),
    ("office:event-listeners", What::Scripts),
    ("script:event-listener", What::Scripts),
    ("office:forms", What::Scripts),
    ("xforms:model", What::Scripts),
    ("text:script", What::Scripts),
    ("draw:control", What::Scripts),
    ("draw:applet", What::Attachments),
    ("draw:plugin", What::Attachments),
    ("draw:floating-frame", What::Links),
    ("draw:object-ole", What::Attachments),
    ("text:section-source", What::Links),
    ("office:dde-source", What::Links),
    ("table:dde-links", What::Links),
    ("table:table-source", What::Links),
    ("table:cell-range-source", What::Links),
    ("text:dde-connection-decls", What::Links),
    ("text:dde-connection", What::Links),
    ("text:alphabetical-index-auto-mark-file", What::Paths),
    ("svg:font-face-src", What::HiddenParts),
    ("svg:title", What::Paths),
    ("svg:desc", What::Paths),
    ("table:title", What::HiddenParts),
    ("table:desc", What::HiddenParts),
    ("text:hidden-text", What::HiddenParts),
    ("text:hidden-paragraph", What::HiddenParts),
    ("text:variable-decls", What::Fields),
    ("text:user-field-decls", What::Fields),
    ("text:sequence-decls", What::Fields),
    ("text:author-name", What::Fields),
    ("text:author-initials", What::Fields),
    ("text:initial-creator", What::Fields),
    ("text:creator", What::Fields),
    ("text:printed-by", What::Fields),
    ("text:user-defined", What::Fields),
    ("text:file-name", What::Fields),
    ("text:template-name", What::Fields),
    ("text:editing-cycles", What::Fields),
    ("text:editing-duration", What::Fields),
    ("text:creation-date", What::Fields),
    ("text:creation-time", What::Fields),
    ("text:modification-date", What::Fields),
    ("text:modification-time", What::Fields),
    ("text:print-date", What::Fields),
    ("text:print-time", What::Fields),
    ("text:database-name", What::Fields),
    ("text:database-next", What::Fields),
    ("text:database-row-select", What::Fields),
    ("text:reference-mark", What::Fields),
    ("text:reference-mark-start", What::Fields),
    ("text:reference-mark-end", What::Fields),
    ("text:toc-mark", What::HiddenParts),
    ("text:toc-mark-start", What::HiddenParts),
    ("text:toc-mark-end", What::HiddenParts),
    ("text:alphabetical-index-mark", What::HiddenParts),
    ("text:alphabetical-index-mark-start", What::HiddenParts),
    ("text:alphabetical-index-mark-end", What::HiddenParts),
    ("text:user-index-mark", What::HiddenParts),
    ("text:user-index-mark-start", What::HiddenParts),
    ("text:user-index-mark-end", What::HiddenParts),
    ("text:label", What::HiddenParts),
];

/// Fields that go and leave what they show.
const UNWRAPPED: &[&str] = &[
    "text:date",
    "text:time",
    "text:title",
    "text:subject",
    "text:keywords",
    "text:description",
    "text:meta",
    "text:meta-field",
    "text:placeholder",
    "text:conditional-text",
    "text:expression",
    "text:variable-set",
    "text:variable-get",
    "text:variable-input",
    "text:user-field-get",
    "text:user-field-input",
    "text:sequence",
    "text:sequence-ref",
    "text:bookmark-ref",
    "text:reference-ref",
    "text:note-ref",
    "text:bibliography-mark",
    "text:measure",
    "text:table-formula",
    "text:execute-macro",
    "text:text-input",
    "text:drop-down",
    "text:database-display",
    "text:database-row-number",
    "text:page-variable-set",
    "text:page-variable-get",
    "text:paragraph-count",
    "text:word-count",
    "text:character-count",
    "text:table-count",
    "text:image-count",
    "text:object-count",
    "loext:content-control",
];

/// What cleaning needs to know, and what it has counted.
pub(super) struct Cleaner<'c> {
    pub styles: &'c Styles,
    pub matcher: &'c Matcher,
    /// Pictures and objects by the address the input has for them, with their neutral one; what is missing goes.
    pub parts: &'c BTreeMap<String, String>,
    pub counts: BTreeMap<What, usize>,
}

enum Fate {
    Keep,
    Drop(What),
    Unwrap(What),
}

impl Cleaner<'_> {
    /// Cleans a whole tree.
    pub fn clean(&mut self, root: &mut Element) {
        self.attributes(root);
        self.children(root);
    }

    fn count(&mut self, what: What) {
        *self.counts.entry(what).or_default() += 1;
    }

    fn children(&mut self, element: &mut Element) {
        for node in std::mem::take(&mut element.children) {
            let mut child = match node {
                Node::Element(child) => child,
                Node::Text(words) => {
                    element.children.push(Node::Text(flow::visible(&words)));
                    continue;
                }
            };
            match self.fate(&child) {
                Fate::Drop(what) => self.count(what),
                Fate::Unwrap(what) => {
                    self.count(what);
                    self.children(&mut child);
                    element.children.append(&mut child.children);
                }
                Fate::Keep => {
                    self.attributes(&mut child);
                    self.children(&mut child);
                    // A frame whose content went is nothing.
                    if &*child.tag != "draw:frame"
                        || child
                            .elements()
                            .any(|e| e.tag.starts_with("draw:") || &*e.tag == "table:table")
                    {
                        element.children.push(Node::Element(child));
                    }
                }
            }
        }
        join_texts(element);
    }

    fn fate(&mut self, child: &Element) -> Fate {
        let tag = &*child.tag;
        if let Some((_, what)) = DROPPED.iter().find(|(t, _)| *t == tag) {
            return Fate::Drop(*what);
        }
        if tag.starts_with("text:sender-") || tag == "loext:sender-initials" || tag.starts_with("form:") {
            return Fate::Drop(What::Fields);
        }
        if tag.starts_with("presentation:") || tag.starts_with("anim:") || tag.starts_with("rdf:") {
            return Fate::Drop(What::HiddenParts);
        }
        if UNWRAPPED.contains(&tag) {
            return match child.attr("text:display") {
                Some("none") => Fate::Drop(What::HiddenParts),
                _ => Fate::Unwrap(What::Fields),
            };
        }
        if self.styles.hides(child)
            || tag == "text:section" && child.attr("text:display").is_some_and(|d| d != "true")
            || matches!(child.attr("text:is-hidden"), Some("true"))
        {
            return Fate::Drop(What::HiddenParts);
        }
        match (tag, child.attr("xlink:href")) {
            ("text:a" | "draw:a", href) => {
                let href = href.unwrap_or_default();
                let inside = href.starts_with('#') && !href.contains('|');
                if inside || self.is_public(href) && tag == "text:a" {
                    Fate::Keep
                } else {
                    Fate::Unwrap(What::Links)
                }
            }
            // The picture is written into the element itself.
            (_, None) => Fate::Keep,
            ("draw:object", Some(href)) if !self.parts.contains_key(href) => Fate::Drop(What::Attachments),
            (_, Some(href)) if self.parts.contains_key(href) || href.is_empty() => Fate::Keep,
            (_, Some(_)) => Fate::Drop(What::Links),
        }
    }

    /// Links to the open web that name nobody.
    fn is_public(&self, href: &str) -> bool {
        let lower = href.to_lowercase();
        (lower.starts_with("http://") || lower.starts_with("https://"))
            && self.matcher.find(href, false).is_empty()
            && forms::find(href).is_empty()
    }

    fn attributes(&mut self, element: &mut Element) {
        let before = element.attrs.len();
        let link = matches!(&*element.tag, "text:a");
        element
            .attrs
            .retain(|a| !(is_id(&a.key) || link && matches!(&*a.key, "office:name" | "office:title")));
        if element.attrs.len() < before {
            self.count(What::RevisionIds);
        }
        for attr in element.attrs.iter_mut().filter(|a| &*a.key == "xlink:href") {
            if let Some(new) = self.parts.get(&attr.value) {
                attr.value.clone_from(new);
            }
        }
    }
}

/// Text pieces side by side become one, so that cleaning a clean copy changes nothing.
pub(super) fn join_texts(element: &mut Element) {
    let mut out: Vec<Node> = Vec::with_capacity(element.children.len());
    for node in std::mem::take(&mut element.children) {
        match (out.last_mut(), node) {
            (_, Node::Text(t)) if t.is_empty() => {}
            (Some(Node::Text(last)), Node::Text(t)) => last.push_str(&t),
            (_, node) => out.push(node),
        }
    }
    element.children = out;
}

/// Attributes that tie a file to its machine, people or sessions, or repeat words where nobody sees them.
fn is_id(key: &str) -> bool {
    let (prefix, local) = key.split_once(':').unwrap_or(("", key));
    local.ends_with("rsid")
        || matches!(prefix, "xhtml" | "script" | "grddl" | "rdf" | "form")
        || matches!(
            key,
            "xlink:title"
                | "office:target-frame-name"
                | "text:protection-key"
                | "text:protection-key-digest-algorithm"
                | "table:protection-key"
                | "table:protection-key-digest-algorithm"
                | "office:string-value"
                | "text:string-value"
                | "text:condition"
                | "draw:notify-on-update-of-ranges"
                | "text:change-id"
                | "text:formula"
                | "draw:control"
                | "style:printer-name"
                | "loext:resolved"
        )
}

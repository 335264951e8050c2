//! Field codes: replaced by what they show. They hold libraries' ids, whole bibliographies, paths and user names.

use super::xml::{Element, Node};

/// What becomes of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Numbers of pages, figures and tables, and equations, which show nothing else.
    Keep,
    /// A button, which shows the words of its code.
    Button,
    /// The result stays as text.
    Flatten,
    /// The result is identity itself.
    Erase,
}

fn fate(instruction: &str) -> Fate {
    let word = instruction
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_uppercase();
    match word.as_str() {
        "PAGE" | "NUMPAGES" | "SECTIONPAGES" | "SEQ" | "EQ" => Fate::Keep,
        "MACROBUTTON" | "GOTOBUTTON" => Fate::Button,
        "AUTHOR" | "LASTSAVEDBY" | "USERNAME" | "USERINITIALS" | "USERADDRESS" | "FILENAME" | "TEMPLATE"
        | "COMMENTS" | "INFO" | "DOCPROPERTY" | "DOCVARIABLE" | "SAVEDATE" | "CREATEDATE" | "PRINTDATE"
        | "EDITTIME" | "REVNUM" => Fate::Erase,
        _ => Fate::Flatten,
    }
}

/// Flattens the fields of a part; returns how many.
pub(crate) fn flatten(root: &mut Element) -> usize {
    let mut codes = Codes::default();
    codes.gather(root);
    let mut state = State {
        fates: codes
            .instructions
            .iter()
            .zip(&codes.ends)
            .map(|(i, ended)| ended.then(|| fate(i)))
            .collect(),
        next: 0,
        open: Vec::new(),
        count: 0,
    };
    state.apply(root);
    state.count
}

/// First reading: the instructions, in the order the fields begin.
#[derive(Default)]
struct Codes {
    instructions: Vec<String>,
    /// Whether a field has an end; one that has none is no field.
    ends: Vec<bool>,
    open: Vec<(usize, bool)>,
}

impl Codes {
    fn gather(&mut self, element: &Element) {
        for child in element.elements() {
            match &*child.tag {
                "w:fldChar" => match child.attr("w:fldCharType") {
                    Some("begin") => {
                        self.open.push((self.instructions.len(), false));
                        self.instructions.push(String::new());
                        self.ends.push(false);
                    }
                    Some("separate") => self.open.last_mut().into_iter().for_each(|o| o.1 = true),
                    _ => {
                        if let Some((at, _)) = self.open.pop() {
                            self.ends[at] = true;
                        }
                    }
                },
                "w:instrText" => {
                    if let Some((at, false)) = self.open.last() {
                        self.instructions[*at].push_str(&child.text());
                    }
                }
                _ => self.gather(child),
            }
        }
    }
}

/// Second reading: takes out.
struct State {
    /// None for a field without an end.
    fates: Vec<Option<Fate>>,
    next: usize,
    open: Vec<Open>,
    count: usize,
}

/// A field that has begun: its fate, whether its result has begun, and how many words of a button's code were read.
struct Open(Fate, bool, usize);

impl Open {
    /// Whether words inside are not shown: those of a code, and those of a result that is identity.
    fn hides(&self) -> bool {
        self.0 == Fate::Erase || !self.1 && self.0 != Fate::Button
    }
}

/// The words a button shows: its code without the command, the macro's name and the switches.
fn button(code: Element, read: &mut usize) -> Option<Node> {
    let text = code.text();
    let mut shown = String::new();
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim();
        if *read < 2 {
            *read += usize::from(!bare.is_empty());
        } else if !(bare.starts_with('\\') || bare == "MERGEFORMAT") {
            shown.push_str(word);
        }
    }
    let prefix = code
        .raw
        .split_once(':')
        .map(|(p, _)| format!("{p}:"))
        .unwrap_or_default();
    (!shown.trim().is_empty()).then(|| {
        Node::Element(Element {
            raw: format!("{prefix}t").into(),
            tag: "w:t".into(),
            attrs: Vec::new(),
            children: vec![Node::Text(shown.trim().to_owned())],
        })
    })
}

impl State {
    fn apply(&mut self, element: &mut Element) {
        let before = std::mem::take(&mut element.children);
        for node in before {
            let Node::Element(mut child) = node else {
                element.children.push(node);
                continue;
            };
            match &*child.tag {
                "w:fldSimple" => {
                    let fate = fate(child.attr("w:instr").unwrap_or_default());
                    self.count += usize::from(fate != Fate::Keep);
                    self.apply(&mut child);
                    match fate {
                        Fate::Keep => element.children.push(Node::Element(child)),
                        Fate::Flatten | Fate::Button => element.children.append(&mut child.children),
                        Fate::Erase => {}
                    }
                }
                "w:fldChar" => {
                    if self.mark(&child) == Fate::Keep {
                        element.children.push(Node::Element(child));
                    }
                }
                "w:instrText" => {
                    if let Some(open) = self.open.last_mut() {
                        match open.0 {
                            Fate::Keep => element.children.push(Node::Element(child)),
                            Fate::Button if !open.1 => element.children.extend(button(child, &mut open.2)),
                            _ => {}
                        }
                    }
                }
                "w:t" | "w:tab" | "w:br" if self.open.iter().any(|o| o.hides()) => {}
                "w:r" => {
                    self.apply(&mut child);
                    if child.elements().any(|e| &*e.tag != "w:rPr") {
                        element.children.push(Node::Element(child));
                    }
                }
                _ => {
                    self.apply(&mut child);
                    element.children.push(Node::Element(child));
                }
            }
        }
    }

    /// A field's begin, separator or end.
    fn mark(&mut self, child: &Element) -> Fate {
        match child.attr("w:fldCharType") {
            Some("begin") => {
                let fate = self.fates.get(self.next).copied().flatten();
                self.next += 1;
                self.count += usize::from(fate != Some(Fate::Keep));
                if let Some(fate) = fate {
                    self.open.push(Open(fate, false, 0));
                }
                fate.unwrap_or(Fate::Flatten)
            }
            Some("separate") => self.open.last_mut().map_or(Fate::Flatten, |o| {
                o.1 = true;
                o.0
            }),
            _ => self.open.pop().map_or(Fate::Flatten, |o| o.0),
        }
    }
}

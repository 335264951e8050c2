//! Field codes: replaced by what they show. They hold libraries' ids, whole bibliographies, paths and user names.

use super::xml::{Element, Node};

/// What becomes of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Numbers of pages, and equations, which show nothing else.
    Keep,
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
        "PAGE" | "NUMPAGES" | "SECTIONPAGES" | "EQ" => Fate::Keep,
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
        fates: codes.instructions.iter().map(|i| fate(i)).collect(),
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
                    }
                    Some("separate") => self.open.last_mut().into_iter().for_each(|o| o.1 = true),
                    _ => drop(self.open.pop()),
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
    fates: Vec<Fate>,
    next: usize,
    open: Vec<(Fate, bool)>,
    count: usize,
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
                        Fate::Flatten => element.children.append(&mut child.children),
                        Fate::Erase => {}
                    }
                }
                "w:fldChar" => {
                    if self.mark(&child) == Fate::Keep {
                        element.children.push(Node::Element(child));
                    }
                }
                "w:instrText" => {
                    if self.open.last().is_some_and(|o| o.0 == Fate::Keep) {
                        element.children.push(Node::Element(child));
                    }
                }
                "w:t" | "w:tab" | "w:br" if self.open.iter().any(|o| o.0 == Fate::Erase || !o.1) => {}
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
                let fate = self.fates.get(self.next).copied().unwrap_or(Fate::Flatten);
                self.next += 1;
                self.count += usize::from(fate != Fate::Keep);
                self.open.push((fate, false));
                fate
            }
            Some("separate") => self.open.last_mut().map_or(Fate::Flatten, |o| {
                o.1 = true;
                o.0
            }),
            _ => self.open.pop().map_or(Fate::Flatten, |o| o.0),
        }
    }
}

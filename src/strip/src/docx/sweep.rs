//! A last look at every attribute and at text outside paragraphs: names of styles, word art, formulas, labels of numbers.

use super::xml::{Element, Node};
use crate::matcher::Matcher;
use crate::plan;
use crate::token;
use std::collections::HashMap;

/// Takes the identity out of whatever no paragraph holds; remembers what it has judged, since the same values come again and again.
pub(super) struct Sweep<'m> {
    matcher: &'m Matcher,
    judged: HashMap<String, Option<String>>,
    renamed: usize,
    pub count: usize,
}

impl<'m> Sweep<'m> {
    pub fn new(matcher: &'m Matcher) -> Self {
        Sweep {
            matcher,
            judged: HashMap::new(),
            renamed: 0,
            count: 0,
        }
    }

    /// Sweeps a tree. `told`: its paragraphs' words have been cut already.
    pub fn sweep(&mut self, element: &mut Element, told: bool) {
        for attr in &mut element.attrs {
            let plain = attr.value.len() < 4 || !(attr.key.starts_with("xmlns") || &*attr.key == "uri");
            if plain
                && has_words(&attr.value)
                && let Some(clean) = self.clean(&attr.value, true)
            {
                attr.value = clean;
            }
        }
        let words = matches!(&*element.tag, "w:t" | "m:t" | "a:t" | "c:v" | "cx:v" | "cx:pt");
        let formula = matches!(&*element.tag, "c:f" | "cx:f");
        for node in &mut element.children {
            match node {
                Node::Element(child) => self.sweep(child, told),
                Node::Text(text) if formula => {
                    if let Some(clean) = neutral(text) {
                        *text = clean;
                    }
                }
                Node::Text(text) if !(told && words) && has_words(text) => {
                    if let Some(clean) = self.clean(text, false) {
                        *text = clean;
                    }
                }
                Node::Text(_) => {}
            }
        }
    }

    /// A value without what betrays; None if nothing does. An identifier that holds a name among other letters becomes
    /// another one, the same wherever it stands.
    fn clean(&mut self, value: &str, identifier: bool) -> Option<String> {
        if let Some(known) = self.judged.get(value) {
            self.count += usize::from(known.is_some());
            return known.clone();
        }
        let hits = self.matcher.find(value, false);
        let mut clean = (!hits.is_empty()).then(|| {
            let para = plan::Para {
                text: value.to_owned(),
                ..plan::Para::default()
            };
            plan::apply(value, &plan::cuts(hits, &para))
        });
        if identifier && self.matcher.in_identifier(clean.as_deref().unwrap_or(value)) {
            self.renamed += 1;
            clean = Some(format!("x{}", self.renamed));
        }
        self.count += usize::from(clean.is_some());
        self.judged.insert(value.to_owned(), clean.clone());
        clean
    }
}

/// Nothing shorter than two letters of an alphabet, or one of another script, names anybody.
fn has_words(value: &str) -> bool {
    value.len() > 2
        && value.chars().any(|c| c.is_alphabetic())
        && !token::ALL.contains(&value.chars().next().unwrap_or(' '))
}

/// A chart's formula leads to a file and a sheet that are not here any more: their names say who made them.
fn neutral(formula: &str) -> Option<String> {
    let range = formula.rsplit_once('!').map(|(_, range)| range)?;
    let clean = format!("Sheet1!{range}");
    (clean != formula).then_some(clean)
}

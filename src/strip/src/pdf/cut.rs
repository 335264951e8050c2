//! Writes a content stream again without the glyphs that are identity. What is left of them is one gap, rounded so that it
//! does not tell how wide the name was.

use super::lexer::{Arg, Op};
use super::walk::{Glyph, Unit};
use std::collections::{BTreeMap, HashSet};

/// The glyphs of a unit by operator, array element and byte, and whether each goes.
pub(crate) type Marks<'g> = BTreeMap<(usize, usize, usize), (&'g Glyph, bool)>;

/// Gaps come in steps of one em.
const STEP: f64 = 1000.0;

/// A unit's new bytes, or nothing when nothing in it changes.
pub(crate) fn rewrite(unit: &Unit, glyphs: &Marks<'_>, held: &HashSet<usize>) -> Option<Vec<u8>> {
    let mut edits: Vec<(std::ops::Range<usize>, Vec<u8>)> = unit
        .parsed
        .comments
        .iter()
        .map(|c| (c.clone(), Vec::new()))
        .collect();
    let mut touched: Vec<usize> = glyphs
        .iter()
        .filter(|(_, (_, cut))| *cut)
        .map(|((op, ..), _)| *op)
        .collect();
    touched.dedup();
    let mut gaps = Gaps::default();
    let mut next = 0;
    for (index, op) in unit.parsed.ops.iter().enumerate() {
        match op.name.as_slice() {
            // The pen is put somewhere by itself: what a gap was short of no longer matters.
            b"Td" | b"TD" | b"Tm" | b"T*" | b"BT" | b"'" | b"\"" => gaps.carry = 0.0,
            b"BDC" | b"DP" => edits.extend(bare(unit, op)),
            _ => {}
        }
        if touched.get(next) == Some(&index) {
            next += 1;
            gaps.exact = held.contains(&index);
            edits.push((op.span.clone(), show(op, index, glyphs, &mut gaps)));
        }
    }
    if edits.is_empty() {
        return None;
    }
    edits.sort_by_key(|e| e.0.start);
    let mut out = Vec::with_capacity(unit.bytes.len());
    let mut at = 0;
    for (span, new) in edits {
        if span.start < at {
            continue;
        }
        out.extend_from_slice(&unit.bytes[at..span.start]);
        out.extend_from_slice(&new);
        at = span.end;
    }
    out.extend_from_slice(&unit.bytes[at..]);
    Some(out)
}

/// Marked content without the words that say again what is shown.
fn bare(unit: &Unit, op: &Op) -> Option<(std::ops::Range<usize>, Vec<u8>)> {
    let Some(Arg::Dict(span)) = op.args.get(1) else {
        return None;
    };
    let source = &unit.bytes[span.clone()];
    let has = |key: &[u8]| source.windows(key.len()).any(|w| w == key);
    if ![
        &b"/ActualText"[..],
        b"/Alt",
        b"/E",
        b"/T",
        b"/Contents",
        b"/Title",
        b"/Lang",
    ]
    .iter()
    .any(|k| has(k))
    {
        return None;
    }
    let mcid = source.windows(5).position(|w| w == b"/MCID").map(|at| {
        let digits: Vec<u8> = source[at + 5..]
            .iter()
            .copied()
            .skip_while(|b| b.is_ascii_whitespace())
            .take_while(u8::is_ascii_digit)
            .collect();
        String::from_utf8_lossy(&digits).into_owned()
    });
    let clean = mcid
        .filter(|m| !m.is_empty())
        .map_or("<<>>".to_owned(), |m| format!("<</MCID {m}>>"));
    (clean.as_bytes() != source).then(|| (span.clone(), clean.into_bytes()))
}

/// A showing operator as a TJ without the cut glyphs.
fn show(op: &Op, index: usize, glyphs: &Marks<'_>, gaps: &mut Gaps) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::new();
    let items: &[Arg] = match op.name.as_slice() {
        b"TJ" => match op.args.first() {
            Some(Arg::Arr(items)) => items,
            _ => &[],
        },
        b"'" => {
            out.extend_from_slice(b"T* ");
            &op.args
        }
        b"\"" => {
            out.extend_from_slice(format!("{} Tw {} Tc T* ", op.num(0), op.num(1)).as_bytes());
            op.args.get(2..).unwrap_or_default()
        }
        _ => &op.args,
    };
    let mut gap: Option<f64> = None;
    out.push(b'[');
    for (arg, item) in items.iter().enumerate() {
        match item {
            Arg::Num(n) => match &mut gap {
                Some(gap) => *gap -= n,
                None => out.extend_from_slice(format!("{} ", number(*n)).as_bytes()),
            },
            Arg::Str(bytes) => {
                let mut kept: Vec<u8> = Vec::new();
                for (_, (glyph, cut)) in glyphs.range((index, arg, 0)..=(index, arg, usize::MAX)) {
                    if *cut {
                        write_string(&mut kept, &mut out);
                        *gap.get_or_insert(0.0) += glyph.units;
                    } else {
                        gaps.write(&mut gap, &mut out);
                        kept.extend_from_slice(&bytes[glyph.from..glyph.to]);
                    }
                }
                write_string(&mut kept, &mut out);
            }
            _ => {}
        }
    }
    gaps.write(&mut gap, &mut out);
    out.extend_from_slice(b"] TJ");
    out
}

fn number(n: f64) -> String {
    let short = format!("{n:.4}");
    short.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn write_string(kept: &mut Vec<u8>, out: &mut Vec<u8>) {
    if kept.is_empty() {
        return;
    }
    out.push(b'<');
    for byte in kept.drain(..) {
        out.extend_from_slice(format!("{byte:02X}").as_bytes());
    }
    out.push(b'>');
}

/// Writes gaps, and remembers by how much the last one was rounded.
#[derive(Default)]
struct Gaps {
    carry: f64,
    /// The line goes on at a place of its own.
    exact: bool,
}

impl Gaps {
    fn write(&mut self, gap: &mut Option<f64>, out: &mut Vec<u8>) {
        let Some(width) = gap.take() else { return };
        let full = width + self.carry;
        let whole = if self.exact {
            full
        } else {
            (full / STEP).round() * STEP
        };
        self.carry = full - whole;
        out.extend_from_slice(format!("{} ", number(-whole)).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_whole_ems() {
        let (mut gaps, mut out) = (Gaps::default(), Vec::new());
        gaps.write(&mut Some(2333.0), &mut out);
        gaps.write(&mut Some(2333.0), &mut out);
        gaps.exact = true;
        gaps.write(&mut Some(334.0), &mut out);
        assert_eq!(out, b"-2000 -3000 -0 ");
        assert_eq!(number(-20.50), "-20.5");
    }
}

//! Writes a content stream again without the glyphs that are identity.
//!
//! Where they stood is a gap of a coarse measure, and the rest of the line moves with it: were it to stay where it was, its place would tell
//! the name's width, and the width the name. Operands that place the rest of the line are written anew for the same reason.

use super::lexer::{Arg, Lexer, Op};
use super::pen::{BT, IDENTITY, Matrix, Pen, State, T_STAR, TD, TD_LEADING, TM, text_state, times};
use super::shift::Fate;
use super::walk::{self, BDC, CM, DP, Glyph, Q_RESTORE, Q_SAVE, QUOTE, QUOTES, TJ_MANY, TJ_ONE};
use std::collections::BTreeMap;
use std::ops::Range;

/// A glyph of the stream, what becomes of it, and how far it moves along its line, in points.
pub(crate) struct Mark<'g> {
    pub glyph: &'g Glyph,
    pub fate: Fate,
    pub shift: f32,
}

/// The glyphs of a unit by operator, array element and byte.
pub(crate) type Marks<'g> = BTreeMap<(u32, u32, u32), Mark<'g>>;

type Edit = (Range<usize>, Vec<u8>);

/// A unit's new bytes, or nothing when nothing in it changes. `ctm` is what the unit was drawn with.
pub(crate) fn rewrite(bytes: &[u8], marks: &Marks<'_>, ctm: Matrix) -> Option<Vec<u8>> {
    let mut writer = Writer {
        bytes,
        marks,
        state: State::new(ctm),
        stack: Vec::new(),
        pen: Pen {
            matrix: IDENTITY,
            line: IDENTITY,
        },
        line_shift: 0.0,
        pen_shift: 0.0,
        edits: Vec::new(),
    };
    let mut lexer = Lexer::new(bytes);
    for (index, op) in (0..).zip(lexer.by_ref()) {
        writer.take(&op, index);
    }
    let mut edits = writer.edits;
    // In a stream with pictures, what looks like a remark may be pixels.
    if lexer.pictures == 0 {
        edits.extend(lexer.comments.iter().map(|c| (c.clone(), Vec::new())));
    }
    edits.extend(lexer.images.iter().filter_map(|i| super::inline::clean(bytes, i)));
    apply(bytes, edits)
}

fn apply(bytes: &[u8], mut edits: Vec<Edit>) -> Option<Vec<u8>> {
    if edits.is_empty() {
        return None;
    }
    edits.sort_by_key(|e| e.0.start);
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for (span, new) in edits {
        if span.start < at {
            continue;
        }
        out.extend_from_slice(&bytes[at..span.start]);
        out.extend_from_slice(&new);
        at = span.end;
    }
    out.extend_from_slice(&bytes[at..]);
    Some(out)
}

struct Writer<'b, 'g, 'm> {
    bytes: &'b [u8],
    marks: &'m Marks<'g>,
    state: State,
    stack: Vec<State>,
    pen: Pen,
    /// How far the line and the pen are, in what is written, from where they were, in points along the line.
    line_shift: f64,
    pen_shift: f64,
    edits: Vec<Edit>,
}

/// A shift that no eye and no measure can tell from none.
const NOTHING: f64 = 1e-4;

impl Writer<'_, '_, '_> {
    fn take(&mut self, op: &Op, index: u32) {
        match op.name {
            Q_SAVE if self.stack.len() < 512 => self.stack.push(self.state.clone()),
            Q_RESTORE => self.state = self.stack.pop().unwrap_or_else(|| self.state.clone()),
            CM => self.state.ctm = times(&op.matrix(), &self.state.ctm),
            BDC | DP => self.edits.extend(bare(self.bytes, op)),
            walk::TF => self.state.size = op.num(1),
            BT | TD | TD_LEADING | TM | T_STAR => self.place(op, index),
            TJ_ONE | TJ_MANY | QUOTE | QUOTES => self.show(op, index),
            _ => text_state(op, &mut self.state, &mut self.pen),
        }
    }

    /// How far the next shown glyph is to stand from where it stood.
    fn wanted(&self, index: u32) -> f64 {
        let next = self.marks.range((index, 0, 0)..).next();
        next.map_or(0.0, |(_, m)| f64::from(m.shift))
    }

    /// Points along the line for one unit of the line's own measure.
    fn scale(&self) -> f64 {
        let whole = times(&self.pen.line, &self.state.ctm);
        whole[0].hypot(whole[1])
    }

    fn place(&mut self, op: &Op, index: u32) {
        text_state(op, &mut self.state, &mut self.pen);
        if op.name == BT {
            (self.line_shift, self.pen_shift) = (0.0, 0.0);
            return;
        }
        let wanted = self.wanted(index);
        let before = if op.name == TM { 0.0 } else { self.line_shift };
        self.moved_by(wanted);
        if (wanted - before).abs() < NOTHING {
            return;
        }
        let scale = self.scale();
        if scale < 1e-9 {
            return;
        }
        let by = (wanted - before) / scale;
        // Where a line stands that moves would say how wide the name was, were it written as exactly as it was reckoned; and
        // what was written is what the line goes on from.
        let new = match op.name {
            TM => {
                let m = op.matrix();
                let (x, y) = (round(m[4] + by * m[0]), round(m[5] + by * m[1]));
                let went = if m[0].abs() >= m[1].abs() {
                    (x - m[4]) / m[0]
                } else {
                    (y - m[5]) / m[1]
                };
                self.moved_by(went * scale);
                format!("{} Tm", [m[0], m[1], m[2], m[3], x, y].map(fine).join(" "))
            }
            _ => {
                let (x, y) = match op.name {
                    T_STAR => (0.0, -self.state.leading),
                    _ => (op.num(0), op.num(1)),
                };
                // A line that goes back is to stand where it stood, to the pixel.
                let to = if wanted.abs() < NOTHING {
                    x + by
                } else {
                    round(x + by)
                };
                self.moved_by(before + (to - x) * scale);
                let verb = if op.name == TD_LEADING { "TD" } else { "Td" };
                format!("{} {} {verb}", fine(to), fine(y))
            }
        };
        self.edits.push((op.span.clone(), new.into_bytes()));
    }

    fn moved_by(&mut self, shift: f64) {
        (self.line_shift, self.pen_shift) = (shift, shift);
    }

    fn show(&mut self, op: &Op, index: u32) {
        let mut out: Vec<u8> = Vec::new();
        if op.name == QUOTES {
            self.state.word_space = op.num(0);
            self.state.char_space = op.num(1);
            out.extend_from_slice(format!("{} Tw {} Tc ", number(op.num(0)), number(op.num(1))).as_bytes());
        }
        let marks = self.marks;
        let own = || marks.range((index, 0, 0)..(index + 1, 0, 0)).map(|(_, m)| m);
        let mut turned = false;
        if matches!(op.name, QUOTE | QUOTES) {
            self.pen.next_line(0.0, -self.state.leading);
            let wanted = self.wanted(index);
            let by = (wanted - self.line_shift) / self.scale().max(1e-9);
            turned = (wanted - self.line_shift).abs() >= NOTHING;
            let turn = if turned {
                format!("{} {} Td ", number(by), number(-self.state.leading))
            } else {
                "T* ".to_owned()
            };
            out.extend_from_slice(turn.as_bytes());
            self.moved_by(wanted);
        }
        let moves =
            own().any(|m| m.fate != Fate::Stays || (f64::from(m.shift) - self.pen_shift).abs() >= NOTHING);
        if !(moves || turned) {
            return;
        }
        self.items(walk::shown(op), index, &mut out);
        self.edits.push((op.span.clone(), out));
    }

    /// What a showing operator shows, without the glyphs that go.
    fn items(&mut self, items: &[Arg], index: u32, out: &mut Vec<u8>) {
        let marks = self.marks;
        let mut kept: Vec<u8> = Vec::new();
        // Numbers within a cut are part of the gap.
        let mut cutting = false;
        out.push(b'[');
        for (arg, item) in items.iter().enumerate() {
            let Ok(arg) = u32::try_from(arg) else { break };
            match item {
                Arg::Num(n) if cutting => {
                    let em = marks
                        .range(..(index, arg, 0))
                        .next_back()
                        .map_or(0.0, |(_, m)| f64::from(m.glyph.em));
                    self.pen_shift += n / 1000.0 * em;
                }
                Arg::Num(n) => {
                    write_string(&mut kept, out);
                    out.extend_from_slice(format!("{} ", number(*n)).as_bytes());
                }
                Arg::Str(bytes) => {
                    for (_, mark) in marks.range((index, arg, 0)..(index, arg + 1, 0)) {
                        cutting = mark.fate != Fate::Stays;
                        if cutting {
                            write_string(&mut kept, out);
                            self.pen_shift -= advance(mark.glyph);
                        } else {
                            self.step(mark, &mut kept, out);
                            kept.extend_from_slice(&bytes[mark.glyph.from as usize..mark.glyph.to as usize]);
                        }
                    }
                }
                _ => {}
            }
        }
        write_string(&mut kept, out);
        if out.ends_with(b"[") {
            out.pop();
        } else {
            out.extend_from_slice(b"] TJ");
        }
    }

    /// Brings the pen to where a glyph is to stand.
    fn step(&mut self, mark: &Mark<'_>, kept: &mut Vec<u8>, out: &mut Vec<u8>) {
        let (wanted, em) = (f64::from(mark.shift), f64::from(mark.glyph.em));
        let by = wanted - self.pen_shift;
        if by.abs() < NOTHING || em < 1e-6 {
            return;
        }
        write_string(kept, out);
        out.extend_from_slice(format!("{} ", number(-by / em * 1000.0)).as_bytes());
        self.pen_shift = wanted;
    }
}

/// How far a glyph moves the pen, in points.
fn advance(glyph: &Glyph) -> f64 {
    let (dx, dy) = (glyph.end_x - glyph.x, glyph.end_y - glyph.y);
    if glyph.vertical {
        // Down the page is forward, and forward is what a negative number in an array does.
        f64::from(-dx.hypot(dy))
    } else {
        f64::from(dx * glyph.dir.0 + dy * glyph.dir.1)
    }
}

/// Marked content without the words that say again what is shown.
fn bare(bytes: &[u8], op: &Op) -> Option<Edit> {
    let Some(Arg::Dict(span)) = op.args.get(1) else {
        return None;
    };
    let source = &bytes[span.clone()];
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

/// To four digits: coarser than what is left of a width after an em was rounded.
fn round(n: f64) -> f64 {
    (n * 1e4).round() / 1e4
}

/// A number to four digits.
pub(crate) fn number(n: f64) -> String {
    written(format!("{n:.4}"))
}

/// A number to six digits: a page moves by less than any eye or measure tells.
fn fine(n: f64) -> String {
    written(format!("{n:.6}"))
}

fn written(digits: String) -> String {
    let short = digits.as_str();
    let short = short.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" {
        "0".to_owned()
    } else {
        short.to_owned()
    }
}

fn write_string(kept: &mut Vec<u8>, out: &mut Vec<u8>) {
    if kept.is_empty() {
        return;
    }
    out.push(b'<');
    for byte in kept.drain(..) {
        out.push(HEX[usize::from(byte >> 4)]);
        out.push(HEX[usize::from(byte & 15)]);
    }
    out.push(b'>');
}

const HEX: &[u8; 16] = b"0123456789ABCDEF";

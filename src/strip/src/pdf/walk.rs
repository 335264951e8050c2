//! Runs the text of every page and form, and notes for each glyph what it says, where it stands and which bytes drew it.

mod forms;
mod glyph;
mod operators;
mod stream;

pub(crate) use glyph::Glyph;
pub(crate) use operators::{
    BDC, BMC, CM, DO, DP, GS, MP, Q_RESTORE, Q_SAVE, QUOTE, QUOTES, TF, TJ_MANY, TJ_ONE, shown,
};
pub(crate) use stream::{LARGEST_STREAM, form_content, is_bomb};

use super::font::Fonts;
use super::lexer::{Arg, Lexer, Op, all_names};
use super::pen::{IDENTITY, Matrix, Pen, State, text_state, times};
use super::{rename, weight};
use crate::model::Refusal;
use glyph::glyph;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

/// A content stream: a page's, or a form's.
pub(crate) struct Unit {
    pub id: ObjectId,
    /// The page's number, when it is a page's.
    pub page: Option<usize>,
    /// Something in it besides glyphs goes in any case: comments, words in marked content, pictures' metadata.
    pub impure: bool,
    /// How often it was shown, and where first.
    pub shown: u32,
    pub ctm: Matrix,
    /// The names of forms and pictures that it invokes.
    pub invoked: BTreeSet<Vec<u8>>,
}

/// The page of what no page shows.
pub(crate) const NO_PAGE: u32 = u32::MAX;

/// What a page shows besides letters.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Drawn {
    pub pictures: usize,
    /// Whether one of them fills most of the page.
    pub whole: bool,
    /// Lines and areas.
    pub marks: usize,
    /// Letters that are there but not seen.
    pub hidden: usize,
}

/// More glyphs, forms or depth than any manuscript has.
const MOST_GLYPHS: usize = 2_500_000;
const MOST_FORMS: usize = 50_000;
const MOST_STEPS: usize = 20_000_000;
const DEEPEST: usize = 16;
/// More different names than this no content invokes.
const MOST_INVOKED: usize = 100_000;
/// The most all content may unpack to.
const LARGEST_CONTENT: usize = 256 << 20;
/// Unpacked forms kept for the next time they are shown.
const LARGEST_CACHE: usize = 24 << 20;

/// The whole document, walked.
pub(crate) struct Walk<'d, 'p> {
    doc: &'d Document,
    pub fonts: Fonts<'p>,
    pub units: Vec<Unit>,
    by_id: HashMap<ObjectId, usize>,
    pub glyphs: Vec<Glyph>,
    /// The tags of marked content.
    pub tags: BTreeSet<Vec<u8>>,
    /// What pages show besides letters.
    pub drawn: HashMap<u32, Drawn>,
    /// Not all was understood that was read: what it invokes and which letters it shows is not known.
    pub unsure: bool,
    invoked: usize,
    unpacked: HashMap<usize, Rc<Vec<u8>>>,
    cached: usize,
    /// Forms in which nothing was found that matters here.
    silent: HashSet<usize>,
    forms: usize,
    steps: usize,
    page: u32,
    /// The page's area, in square points.
    area: f64,
    total: usize,
}

impl<'d, 'p> Walk<'d, 'p> {
    pub fn new(doc: &'d Document, fonts: Fonts<'p>) -> Self {
        Walk {
            doc,
            fonts,
            units: Vec::new(),
            by_id: HashMap::new(),
            glyphs: Vec::new(),
            tags: BTreeSet::new(),
            drawn: HashMap::new(),
            unsure: false,
            invoked: 0,
            unpacked: HashMap::new(),
            cached: 0,
            silent: HashSet::new(),
            forms: 0,
            steps: 0,
            page: 0,
            area: 1.0,
            total: 0,
        }
    }

    /// Walks a page of the given area.
    pub fn page(
        &mut self,
        number: usize,
        id: ObjectId,
        content: &[u8],
        resources: &Dictionary,
        area: f64,
    ) -> Result<(), Refusal> {
        self.page = u32::try_from(number).map_err(|_| Refusal::TooLarge)?;
        self.area = area.max(1.0);
        let unit = self.unit(id, Some(number), content.len())?;
        self.run(unit, content, resources, State::new(IDENTITY), 0)
    }

    /// Walks a form that no page showed (a pattern, a mask, an appearance) or a letter's drawing.
    pub fn stray(&mut self, id: ObjectId, outer: &Dictionary) -> Result<(), Refusal> {
        self.page = NO_PAGE;
        self.form(id, outer, &State::new(IDENTITY), 0)
    }

    /// Whether a form has been walked.
    pub fn knows(&self, id: ObjectId) -> bool {
        self.by_id.contains_key(&id)
    }

    /// How many pages and forms have been walked.
    pub fn size(&self) -> usize {
        self.units.len()
    }

    fn unit(&mut self, id: ObjectId, page: Option<usize>, size: usize) -> Result<usize, Refusal> {
        self.total += size;
        if self.total > LARGEST_CONTENT {
            return Err(Refusal::Bomb);
        }
        self.units.push(Unit {
            id,
            page,
            impure: false,
            shown: 0,
            ctm: IDENTITY,
            invoked: BTreeSet::new(),
        });
        self.by_id.insert(id, self.units.len() - 1);
        Ok(self.units.len() - 1)
    }

    fn run(
        &mut self,
        unit: usize,
        bytes: &[u8],
        resources: &Dictionary,
        start: State,
        depth: usize,
    ) -> Result<(), Refusal> {
        if self.units[unit].shown == 0 {
            weight::inline(bytes)?;
            self.units[unit].ctm = start.ctm;
        }
        self.units[unit].shown += 1;
        let mut state = start;
        let mut stack: Vec<State> = Vec::new();
        let mut pen = Pen {
            matrix: IDENTITY,
            line: IDENTITY,
        };
        let mut lexer = Lexer::new(bytes);
        for (index, op) in (0_u32..).zip(lexer.by_ref()) {
            self.steps += 1;
            if self.steps > MOST_STEPS {
                return Err(Refusal::Bomb);
            }
            match op.name {
                Q_SAVE => {
                    if stack.len() < 512 {
                        stack.push(state.clone());
                    }
                }
                Q_RESTORE => state = stack.pop().unwrap_or(state),
                CM => state.ctm = times(&op.matrix(), &state.ctm),
                DO => {
                    let names = op.args.iter().filter_map(|a| match a {
                        Arg::Name(name) => Some(name.clone()),
                        _ => None,
                    });
                    self.note_invoked(unit, names);
                    self.invoke(&op, resources, &state, depth)?;
                }
                GS => self.graphics(&op, resources, &mut state),
                TF => self.choose_font(&op, resources, &mut state),
                BDC | DP | BMC | MP => {
                    rename::note_tags(&op, &mut self.tags);
                    self.units[unit].impure |= matches!(op.args.get(1), Some(Arg::Dict(_)));
                }
                TJ_ONE | QUOTE | QUOTES | TJ_MANY => self.show_op(unit, index, &op, &mut state, &mut pen)?,
                _ => text_state(&op, &mut state, &mut pen),
            }
        }
        let remarks = lexer.pictures == 0 && !lexer.comments.is_empty();
        self.units[unit].impure |= remarks || !lexer.images.is_empty();
        // Pixels may have been taken for operators, or operators for pixels.
        if lexer.lost || lexer.pictures > 0 {
            self.note_invoked(unit, all_names(bytes));
        }
        self.unsure |= lexer.lost;
        let drawn = self.drawn.entry(self.page).or_default();
        drawn.marks += lexer.marks;
        drawn.pictures += lexer.pictures;
        Ok(())
    }

    fn note_invoked(&mut self, unit: usize, names: impl Iterator<Item = Vec<u8>>) {
        // A form says the same each time.
        if self.units[unit].shown > 1 {
            return;
        }
        for name in names {
            if self.invoked >= MOST_INVOKED {
                self.unsure = true;
                return;
            }
            self.invoked += usize::from(self.units[unit].invoked.insert(name));
        }
    }

    fn show_op(
        &mut self,
        unit: usize,
        index: u32,
        op: &Op,
        state: &mut State,
        pen: &mut Pen,
    ) -> Result<(), Refusal> {
        if op.name == QUOTES {
            state.word_space = op.num(0);
            state.char_space = op.num(1);
        }
        if matches!(op.name, QUOTE | QUOTES) {
            pen.next_line(0.0, -state.leading);
        }
        self.show(unit, index, shown(op), state, pen)
    }

    fn choose_font(&mut self, op: &Op, resources: &Dictionary, state: &mut State) {
        state.font = op
            .name_arg(0)
            .and_then(|name| self.resource(resources, b"Font", name))
            .and_then(|font| self.fonts.load(self.doc, &font));
        state.size = op.num(1);
    }

    fn resource(&self, resources: &Dictionary, kind: &[u8], name: &[u8]) -> Option<Object> {
        let group = resources.get_deref(kind, self.doc).ok()?.as_dict().ok()?;
        group.get(name).ok().cloned()
    }

    fn graphics(&mut self, op: &Op, resources: &Dictionary, state: &mut State) {
        let Some(dict) = op
            .name_arg(0)
            .and_then(|n| self.resource(resources, b"ExtGState", n))
        else {
            return;
        };
        let font = self
            .doc
            .dereference(&dict)
            .ok()
            .and_then(|(_, d)| d.as_dict().ok())
            .and_then(|d| d.get(b"Font").ok())
            .and_then(|f| f.as_array().ok())
            .cloned();
        if let Some([font, size]) = font.as_deref() {
            state.font = self.fonts.load(self.doc, font);
            state.size = f64::from(size.as_float().unwrap_or(0.0));
        }
    }

    fn show(
        &mut self,
        unit: usize,
        op: u32,
        items: &[Arg],
        state: &State,
        pen: &mut Pen,
    ) -> Result<(), Refusal> {
        let font = state.font.unwrap_or_else(|| self.fonts.unknown());
        let horizontal = self.fonts.get(font).horizontal;
        let mut hidden = 0;
        let small = |n: usize| u32::try_from(n).map_err(|_| Refusal::TooLarge);
        let (unit, font_number) = (small(unit)?, small(font)?);
        for (arg, item) in items.iter().enumerate() {
            match item {
                Arg::Num(n) => pen.along(-n / 1000.0 * state.size, horizontal, state),
                Arg::Str(bytes) => {
                    let arg = small(arg)?;
                    let mut at = 0;
                    while at < bytes.len() {
                        let code = self.fonts.get(font).read(bytes, at);
                        let to = at + code.size;
                        let glyph = Glyph {
                            page: self.page,
                            unit,
                            op,
                            arg,
                            from: small(at)?,
                            to: small(to)?,
                            font: font_number,
                            code: code.code,
                            ..glyph(code, horizontal, state, pen)
                        };
                        hidden += usize::from(state.hidden);
                        self.glyphs.push(glyph);
                        at = to;
                    }
                    if self.glyphs.len() > MOST_GLYPHS {
                        return Err(Refusal::TooLarge);
                    }
                }
                _ => {}
            }
        }
        if hidden > 0 {
            self.drawn.entry(self.page).or_default().hidden += hidden;
        }
        Ok(())
    }
}

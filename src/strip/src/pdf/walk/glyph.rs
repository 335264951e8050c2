//! A glyph: what it says, where it stands, which bytes drew it.

use crate::pdf::font::Code;
use crate::pdf::pen::{Pen, State};
use std::rc::Rc;

/// A glyph as it was drawn. A long file has millions, so it is kept small.
#[derive(Clone, Debug)]
pub(crate) struct Glyph {
    pub text: Rc<str>,
    pub page: u32,
    pub unit: u32,
    pub op: u32,
    /// Which element of the array, and which bytes of its string.
    pub arg: u32,
    pub from: u32,
    pub to: u32,
    pub x: f32,
    pub y: f32,
    /// Where the pen is after it.
    pub end_x: f32,
    pub end_y: f32,
    /// Its height, in points.
    pub size: f32,
    /// How many points an em is along the line.
    pub em: f32,
    /// The direction of writing.
    pub dir: (f32, f32),
    pub font: u32,
    pub code: u32,
    /// No letter is known for it.
    pub mute: bool,
    /// Drawn from above to below.
    pub vertical: bool,
}

impl Glyph {
    /// The place of its very bytes: the same each time a form is shown.
    pub fn source(&self) -> (u32, u32, u32, u32) {
        (self.unit, self.op, self.arg, self.from)
    }

    /// How far along its line a point lies from its start.
    pub fn along(&self, x: f32, y: f32) -> f32 {
        (x - self.x) * self.dir.0 + (y - self.y) * self.dir.1
    }
}

/// What a code draws and where, and moves the pen on.
pub(super) fn glyph(code: Code, horizontal: bool, state: &State, pen: &mut Pen) -> Glyph {
    let spacing = state.char_space + if code.blank { state.word_space } else { 0.0 };
    let units = if horizontal {
        code.advance.0
    } else {
        code.advance.1
    };
    let shown = pen.place(state);
    pen.along(units / 1000.0 * state.size + spacing, horizontal, state);
    let after = pen.place(state);
    let length = shown[0].hypot(shown[1]).max(1e-9);
    #[allow(clippy::cast_possible_truncation)]
    let f = |n: f64| n as f32;
    Glyph {
        mute: code.mute,
        text: code.text,
        x: f(shown[4]),
        y: f(shown[5]),
        end_x: f(after[4]),
        end_y: f(after[5]),
        size: f(shown[2].hypot(shown[3])),
        em: f(length),
        dir: (f(shown[0] / length), f(shown[1] / length)),
        vertical: !horizontal,
        page: 0,
        unit: 0,
        op: 0,
        arg: 0,
        from: 0,
        to: 0,
        font: 0,
        code: 0,
    }
}

//! The arithmetic of text: matrices, the text state, the pen.

use super::lexer::{Op, OpName, op};
use lopdf::Object;

/// A transformation, as PDF writes it.
pub(crate) type Matrix = [f64; 6];

pub(crate) const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

pub(crate) fn times(a: &Matrix, b: &Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// The graphics state, as far as text needs it.
#[derive(Clone)]
pub(crate) struct State {
    pub ctm: Matrix,
    pub font: Option<usize>,
    pub size: f64,
    pub char_space: f64,
    pub word_space: f64,
    pub scale: f64,
    pub leading: f64,
    pub rise: f64,
    /// Text is neither filled nor stroked.
    pub hidden: bool,
}

impl State {
    pub fn new(ctm: Matrix) -> Self {
        State {
            ctm,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            hidden: false,
        }
    }
}

/// Where the next glyph goes.
pub(crate) struct Pen {
    pub matrix: Matrix,
    pub line: Matrix,
}

impl Pen {
    pub fn next_line(&mut self, x: f64, y: f64) {
        self.line = times(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line);
        self.matrix = self.line;
    }

    /// Moves along the line.
    pub fn along(&mut self, shift: f64, horizontal: bool, state: &State) {
        let (x, y) = if horizontal {
            (shift * state.scale, 0.0)
        } else {
            (0.0, shift)
        };
        self.matrix = times(&[1.0, 0.0, 0.0, 1.0, x, y], &self.matrix);
    }

    /// Where a glyph drawn now stands, and how large.
    pub fn place(&self, state: &State) -> Matrix {
        let glyph = [state.size * state.scale, 0.0, 0.0, state.size, 0.0, state.rise];
        times(&glyph, &times(&self.matrix, &state.ctm))
    }
}

pub(crate) const BT: OpName = op(b"BT");
pub(crate) const TD: OpName = op(b"Td");
pub(crate) const TD_LEADING: OpName = op(b"TD");
pub(crate) const T_STAR: OpName = op(b"T*");
pub(crate) const TM: OpName = op(b"Tm");
const TC: OpName = op(b"Tc");
const TW: OpName = op(b"Tw");
const TZ: OpName = op(b"Tz");
const TL: OpName = op(b"TL");
const TR: OpName = op(b"Tr");
const TS: OpName = op(b"Ts");

/// Applies an operator that sets the text state or moves the pen.
pub(crate) fn text_state(op: &Op, state: &mut State, pen: &mut Pen) {
    match op.name {
        BT => {
            *pen = Pen {
                matrix: IDENTITY,
                line: IDENTITY,
            }
        }
        TC => state.char_space = op.num(0),
        TW => state.word_space = op.num(0),
        TZ => state.scale = op.num(0) / 100.0,
        TL => state.leading = op.num(0),
        TR => state.hidden = (op.num(0) - 3.0).abs() < 0.5,
        TS => state.rise = op.num(0),
        TD => pen.next_line(op.num(0), op.num(1)),
        TD_LEADING => {
            state.leading = -op.num(1);
            pen.next_line(op.num(0), op.num(1));
        }
        T_STAR => pen.next_line(0.0, -state.leading),
        TM => {
            pen.line = op.matrix();
            pen.matrix = pen.line;
        }
        _ => {}
    }
}

pub(crate) fn matrix(array: &[Object]) -> Option<Matrix> {
    let numbers: Vec<f64> = array
        .iter()
        .filter_map(|o| o.as_float().ok())
        .map(f64::from)
        .collect();
    numbers.try_into().ok()
}

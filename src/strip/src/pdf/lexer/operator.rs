//! An operator with its operands.

use super::operands::Arg;
use std::ops::Range;

/// An operator's name: none is longer than three letters.
pub(crate) type OpName = [u8; 3];

/// Makes a name of letters.
pub(crate) const fn op(letters: &[u8]) -> OpName {
    let mut name = [0; 3];
    let mut at = 0;
    while at < letters.len() && at < 3 {
        name[at] = letters[at];
        at += 1;
    }
    name
}

/// An operator with its operands; `span` reaches from the first operand to the operator's end.
#[derive(Clone, Debug)]
pub(crate) struct Op {
    pub name: OpName,
    pub args: Vec<Arg>,
    pub span: Range<usize>,
}

impl Op {
    /// A numeric operand.
    pub fn num(&self, at: usize) -> f64 {
        if let Some(Arg::Num(n)) = self.args.get(at) {
            *n
        } else {
            0.0
        }
    }

    /// Six numbers as a matrix.
    pub fn matrix(&self) -> [f64; 6] {
        std::array::from_fn(|at| self.num(at))
    }

    /// A name operand.
    pub fn name_arg(&self, at: usize) -> Option<&[u8]> {
        if let Some(Arg::Name(n)) = self.args.get(at) {
            Some(n)
        } else {
            None
        }
    }
}

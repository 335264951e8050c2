//! The names of operators that a walk heeds, and what they show.

use crate::pdf::lexer::{Arg, Op, op};

pub(crate) const Q_SAVE: [u8; 3] = op(b"q");
pub(crate) const Q_RESTORE: [u8; 3] = op(b"Q");
pub(crate) const CM: [u8; 3] = op(b"cm");
pub(crate) const DO: [u8; 3] = op(b"Do");
pub(crate) const GS: [u8; 3] = op(b"gs");
pub(crate) const TF: [u8; 3] = op(b"Tf");
pub(crate) const BDC: [u8; 3] = op(b"BDC");
pub(crate) const BMC: [u8; 3] = op(b"BMC");
pub(crate) const MP: [u8; 3] = op(b"MP");
pub(crate) const DP: [u8; 3] = op(b"DP");
pub(crate) const TJ_ONE: [u8; 3] = op(b"Tj");
pub(crate) const TJ_MANY: [u8; 3] = op(b"TJ");
pub(crate) const QUOTE: [u8; 3] = op(b"'");
pub(crate) const QUOTES: [u8; 3] = op(b"\"");

/// The strings and numbers that a showing operator shows.
pub(crate) fn shown(op: &Op) -> &[Arg] {
    match op.name {
        TJ_MANY => match op.args.first() {
            Some(Arg::Arr(items)) => items,
            _ => &[],
        },
        QUOTES => op.args.get(2..).unwrap_or_default(),
        _ => &op.args,
    }
}

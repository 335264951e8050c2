//! The tables as SeaORM sees them. Nothing outside of the store names them.

mod manuscripts;
mod office;
mod people;
mod reviewing;

pub use manuscripts::*;
pub use office::*;
pub use people::*;
pub use reviewing::*;

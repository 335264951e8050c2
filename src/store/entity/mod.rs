//! The tables as SeaORM sees them. Nothing outside of the store names them.

mod import;
mod manuscripts;
mod office;
mod people;
mod reviewing;

pub use import::*;
pub use manuscripts::*;
pub use office::*;
pub use people::*;
pub use reviewing::*;

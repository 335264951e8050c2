//! The web: handlers by audience, each six lines: proof, load, show; or proof, form, action, redirect.
//!
//! No handler decides who may: the guards of `session` say who asks, the store's proofs say whether.

pub mod account;
pub mod admin;
pub mod again;
pub mod assets;
pub mod audience;
pub mod author;
pub mod changes;
pub mod demo;
pub mod editor;
pub mod error;
pub mod form;
pub mod markdown;
pub mod page;
pub mod public;
pub mod reading;
pub mod reviewer;
pub mod serve_file;
pub mod session;
pub mod slips;
pub mod upload;

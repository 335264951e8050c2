//! The journal's rules as plain functions and types: no database, no web, no clock of its own.

pub mod calendar;
pub mod changes;
pub mod conflict;
pub mod decision;
pub mod entering;
pub mod event;
pub mod figures;
pub mod findable;
pub mod journal;
pub mod kin;
pub mod label;
pub mod manuscript;
pub mod network;
pub mod password;
pub mod person;
pub mod relation;
pub mod replay;
pub mod request;
pub mod review;
pub mod roster;
pub mod rules;
pub mod slips;
pub mod stage;
pub mod verdict;
pub mod window;

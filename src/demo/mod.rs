//! The invented journal, played through the actions.

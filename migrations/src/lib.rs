//! The database's schema, one change a file, append-only. An old migration never sees today's entities.

pub use sea_orm_migration::prelude::*;

mod m2026_11_21_first;
mod m2026_11_25_law;
mod m2026_11_25_office;
mod m2026_11_26_import;
mod m2026_11_26_secrets;
mod m2026_11_26_speed;
mod m2026_11_26_strangers;
mod m2026_11_28_windows;

/// Runs the migrations in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m2026_11_21_first::Migration),
            Box::new(m2026_11_25_law::Migration),
            Box::new(m2026_11_25_office::Migration),
            Box::new(m2026_11_26_speed::Migration),
            Box::new(m2026_11_26_strangers::Migration),
            Box::new(m2026_11_26_secrets::Migration),
            Box::new(m2026_11_26_import::Migration),
            Box::new(m2026_11_28_windows::Migration),
        ]
    }
}

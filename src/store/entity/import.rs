//! Rows about what came from elsewhere. Private to the store.

pub mod entered {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "entered")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub manuscript_id: i64,
        #[sea_orm(column_type = "Text")]
        pub former: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

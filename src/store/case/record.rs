//! The chain of events of a case, and its end: everything happened, or nothing.

use super::*;

impl Case<'_> {
    /// Writes an event into the manuscript's chain.
    pub async fn record(&mut self, kind: EventKind, note: &str) -> Result<(), Fault> {
        self.record_full(kind, note, None, None).await
    }

    /// Writes an event that concerns a reviewer.
    pub async fn record_about(&mut self, kind: EventKind, label: Label, note: &str) -> Result<(), Fault> {
        self.record_full(kind, note, Some(label), None).await
    }

    /// Writes an event of the clock with the instant at which it was due.
    pub async fn record_due(&mut self, kind: EventKind, note: &str, due: Timestamp) -> Result<(), Fault> {
        self.record_full(kind, note, None, Some(due)).await
    }

    /// Whether an event of this kind was written since the manuscript came to its stage.
    pub async fn happened_since_stage(&self, kind: EventKind) -> Result<bool, Fault> {
        let found = event::Entity::find()
            .filter(event::Column::ManuscriptId.eq(self.row.id))
            .filter(event::Column::Kind.eq(key_of(&kind)?))
            .filter(event::Column::At.gte(self.row.stage_at))
            .count(&self.txn)
            .await?;
        Ok(found > 0)
    }

    async fn record_full(
        &mut self,
        kind: EventKind,
        note: &str,
        label: Option<Label>,
        due: Option<Timestamp>,
    ) -> Result<(), Fault> {
        let id = self.store.vault.id("event");
        let actor = self.actor.filter(|_| due.is_none());
        // An editor answers for what was done by name; whoever is of a blind side stands there as what nobody can
        // read once that person's own secret is destroyed.
        let by = match actor {
            Some(actor) if self.role != "editor" => self.store.deed(&self.txn, actor, self.row.id).await?,
            _ => String::new(),
        };
        let body = EventBody {
            actor: actor.filter(|_| self.role == "editor"),
            by,
            role: if due.is_some() {
                "clock".to_owned()
            } else {
                self.role.to_owned()
            },
            note: note.to_owned(),
            label,
            due: due.map(Timestamp::as_microsecond),
        };
        let (seq, at) = (self.row.events + 1, self.now.as_microsecond());
        let sealed = self.store.vault.seal(Cell::new("event", "sealed", id), &body)?;
        let mac = self
            .store
            .vault
            .chain_link(&self.row.head, self.row.id, seq, at, &sealed);
        let kind = key_of(&kind)?;
        let row = event::ActiveModel {
            id: Set(id),
            manuscript_id: Set(self.row.id),
            seq: Set(seq),
            at: Set(at),
            kind: Set(kind),
            sealed: Set(sealed),
            mac: Set(mac.clone()),
        };
        event::Entity::insert(row)
            .exec_without_returning(&self.txn)
            .await?;
        self.row.events = seq;
        self.row.head = mac;
        Ok(())
    }

    /// Makes everything of this case happen at once.
    pub async fn commit(self) -> Result<(), Fault> {
        self.finish(1).await
    }

    pub(super) async fn finish(mut self, versions: i64) -> Result<(), Fault> {
        self.refresh_due().await?;
        self.row.office_list = self.office_list().await?;
        if self.findable {
            self.make_findable().await?;
        }
        self.row.version += versions;
        let model = self.row.clone();
        manuscript::Entity::update(model.into_active_model().reset_all())
            .exec(&self.txn)
            .await?;
        self.txn.commit().await?;
        self.store.bell.notify_one();
        Ok(())
    }

    /// Makes what has happened so far final and goes on with the same person at the same instant.
    /// A reminder moves nothing: forms that are open stay good.
    pub(crate) async fn go_on(self, moved: bool) -> Result<Self, Denied> {
        let (store, id, now) = (self.store, self.row.id, self.now);
        let (actor, role) = (self.actor, self.role);
        self.finish(i64::from(moved)).await?;
        let case = match (actor, role) {
            (Some(account), "author") => store.case(id, Some((account, &[Relation::Author], role))).await?,
            (Some(account), "reviewer") => {
                store
                    .case(id, Some((account, &[Relation::Reviewer], role)))
                    .await?
            }
            (Some(account), _) => {
                store
                    .case(
                        id,
                        Some((account, &[Relation::HandlingEditor, Relation::Editor], role)),
                    )
                    .await?
            }
            (None, _) => store.case(id, None).await?,
        };
        Ok(Case { now, role, ..case })
    }

    /// Commits without a new version, for what no form depends on (saving a draft of a review, of answers).
    pub async fn commit_quietly(self) -> Result<(), Fault> {
        Ok(self.txn.commit().await?)
    }

    /// Undoes everything of this case.
    pub async fn abandon(self) -> Result<(), Fault> {
        Ok(self.txn.rollback().await?)
    }
}

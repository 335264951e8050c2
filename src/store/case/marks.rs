//! Marks on a case: who saw the authors, who was typed in, who declared a conflict.

use super::*;

impl Case<'_> {
    /// Marks the typed addresses: whoever has one of them sees nothing of this manuscript as an editor or reviewer.
    pub async fn mark_typed(&self, emails: &[Email]) -> Result<(), Fault> {
        for email in emails {
            let vault = &self.store.vault;
            let slot = |n| vault.typed_slot(email, n);
            self.mark(vault.typed_tag(email, self.row.id), &slot).await?;
        }
        Ok(())
    }

    /// Makes somebody who was typed in an author, with an account if the address has none. Returns the account.
    pub async fn add_coauthor(&mut self, proof: &AsCoauthor, lang: Lang) -> Result<i64, Denied> {
        self.store.still_typed(&self.txn, proof).await?;
        let entry = self
            .submission()?
            .authors
            .into_iter()
            .find(|a| Email::parse(&a.email).as_ref() == Some(proof.email()));
        let profile = entry.as_ref().map(typed_profile).unwrap_or_default();
        // The letter reached the address, so it is confirmed; an account that is there already is left as it is, since
        // its password may be somebody else's.
        let (account, _) = self
            .store
            .ensure_account_in(&self.txn, proof.email(), profile, lang, true)
            .await?;
        self.store.add_author(&self.txn, account, self.row.id).await?;
        self.actor = Some(account);
        Ok(account)
    }

    /// Marks that an account declared a conflict.
    pub(in crate::store) async fn mark_declared(&self, account: i64) -> Result<(), Fault> {
        self.mark_account(Tie::Declared, account).await
    }

    /// Marks and records that the acting person has opened the authors' names, and makes it final.
    pub async fn open_names(mut self, reason: &str) -> Result<NamesOpened, Fault> {
        if let Some(actor) = self.actor {
            self.mark_account(Tie::Opened, actor).await?;
        }
        self.record(EventKind::NamesShown, reason).await?;
        let opened = NamesOpened {
            manuscript: self.row.id,
        };
        self.commit().await?;
        Ok(opened)
    }

    /// Records that the acting person found it by an author's name, which is as good as having opened the names, and
    /// makes it final. Forms that are open stay good.
    pub(crate) async fn found_by_author(mut self, reason: &str) -> Result<(), Fault> {
        if let Some(actor) = self.actor {
            self.mark_account(Tie::Opened, actor).await?;
        }
        self.record(EventKind::AuthorSearched, reason).await?;
        self.finish(0).await
    }

    pub(in crate::store) async fn mark_account(&self, tie: Tie, account: i64) -> Result<(), Fault> {
        let vault = &self.store.vault;
        let slot = |n| vault.slot_tag(tie, account, n);
        self.mark(vault.access_tag(tie, account, self.row.id), &slot)
            .await
    }

    /// Marks once, in the first slot that its holder has free. Marks are never taken away, so slots have no gaps.
    async fn mark(&self, tag: Vec<u8>, slot: &impl Fn(u32) -> Vec<u8>) -> Result<(), Fault> {
        if self.has_mark(&tag).await? {
            return Ok(());
        }
        let taken = slots::<mark::Entity>(&self.txn, mark::Column::SlotTag, slot).await?;
        let row = mark::ActiveModel {
            id: Set(self.store.vault.id("mark")),
            manuscript_id: Set(self.row.id),
            tag: Set(tag),
            slot_tag: Set(Some(slot(taken.len() as u32))),
        };
        mark::Entity::insert(row)
            .exec_without_returning(&self.txn)
            .await?;
        Ok(())
    }

    pub(in crate::store) async fn has_mark(&self, tag: &[u8]) -> Result<bool, Fault> {
        Ok(mark::Entity::find()
            .filter(mark::Column::Tag.eq(tag))
            .count(&self.txn)
            .await?
            > 0)
    }
}

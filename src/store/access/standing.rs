//! How proofs are made: from what a person is to a manuscript, looked up each time.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::*;

pub(in crate::store) struct Standing {
    pub relation: Relation,
    pub manuscript: i64,
    pub assignment: Option<assignment::Model>,
    /// Whether the person handles it in the place of an editor-in-chief who is an author.
    pub guest: bool,
}

impl Store {
    /// What a person is to the manuscript of a number. The same look-ups are made whether it exists or not.
    async fn standing(
        &self,
        conn: &impl ConnectionTrait,
        who: &Who,
        manuscript: Option<i64>,
    ) -> Result<Standing, Fault> {
        let id = manuscript.unwrap_or(0);
        let tag = |tie| self.vault.access_tag(tie, who.account, id);
        let author = authorship::Entity::find()
            .select_only()
            .column(authorship::Column::Id)
            .filter(authorship::Column::AccessTag.eq(tag(Tie::Author)))
            .into_tuple::<i64>()
            .one(conn)
            .await?;
        let conflict = mark::Entity::find()
            .filter(mark::Column::Tag.is_in([self.vault.typed_tag(&who.email, id), tag(Tie::Declared)]))
            .one(conn)
            .await?;
        let handles = handling::Entity::find()
            .filter(handling::Column::AccessTag.eq(tag(Tie::Handling)))
            .one(conn)
            .await?;
        let assignment = assignment::Entity::find()
            .filter(assignment::Column::AccessTag.eq(tag(Tie::Reviewer)))
            .filter(assignment::Column::State.is_in(OPEN_ASSIGNMENTS))
            .one(conn)
            .await?;
        let guest = handles.as_ref().is_some_and(|row| row.guest);
        let ties = Ties {
            author: author.is_some(),
            conflicted: conflict.is_some(),
            handling: handles.is_some(),
            reviewer: assignment.is_some(),
            office: who.roles.office(),
        };
        let relation = if manuscript.is_some() {
            Relation::of(ties)
        } else {
            Relation::Stranger
        };
        Ok(Standing {
            relation,
            manuscript: id,
            assignment,
            guest,
        })
    }

    async fn find(&self, conn: &impl ConnectionTrait, number: &str) -> Result<Option<(i64, String)>, Fault> {
        Ok(manuscript::Entity::find()
            .select_only()
            .columns([manuscript::Column::Id, manuscript::Column::Stage])
            .filter(manuscript::Column::Number.eq(number))
            .into_tuple()
            .one(conn)
            .await?)
    }

    /// The proof of an author of manuscript `number`.
    pub async fn author(&self, who: &Who, number: &str) -> Result<AsAuthor, Denied> {
        let found = self.find(&self.db.read, number).await?;
        let standing = self.standing(&self.db.read, who, found.map(|(id, _)| id)).await?;
        match standing.relation {
            Relation::Author => Ok(AsAuthor {
                account: who.account,
                manuscript: standing.manuscript,
                number: number.to_owned(),
            }),
            _ => Err(Denied::NotFound),
        }
    }

    /// The proof of a reviewer of manuscript `number`.
    pub async fn reviewer(&self, who: &Who, number: &str) -> Result<AsReviewer, Denied> {
        let found = self.find(&self.db.read, number).await?;
        let standing = self.standing(&self.db.read, who, found.map(|(id, _)| id)).await?;
        match (standing.relation, standing.assignment) {
            (Relation::Reviewer, Some(row)) => Ok(AsReviewer {
                account: who.account,
                manuscript: standing.manuscript,
                number: number.to_owned(),
                assignment: row.id,
                label: label_of(row.label)?,
                state: row.state,
            }),
            _ => Err(Denied::NotFound),
        }
    }

    /// The proof of a reviewer who holds the link of an invitation that is unspent: as good as signing in for this
    /// one assignment, as long as the person's relation to the manuscript is that of a reviewer.
    pub async fn reviewer_by_link(&self, link: &Link) -> Result<AsReviewer, Denied> {
        let (LinkPurpose::Invitation, Some(account), Some(id)) =
            (link.purpose, link.body.account, link.body.manuscript)
        else {
            return Err(Denied::NotFound);
        };
        let who = self
            .who_of(&self.db.read, account)
            .await?
            .ok_or(Denied::NotFound)?;
        let number: String = manuscript::Entity::find_by_id(id)
            .select_only()
            .column(manuscript::Column::Number)
            .into_tuple()
            .one(&self.db.read)
            .await?
            .ok_or(Denied::NotFound)?;
        let proof = self.reviewer(&who, &number).await?;
        if Some(proof.assignment) == link.body.assignment {
            Ok(proof)
        } else {
            Err(Denied::NotFound)
        }
    }

    /// The proof of somebody who was typed in as an author, has not confirmed it, and holds the letter's link.
    pub async fn coauthor_by_link(&self, link: &Link) -> Result<AsCoauthor, Denied> {
        let (LinkPurpose::Authorship, Some(manuscript), Some(email)) =
            (link.purpose, link.body.manuscript, link.body.email.clone())
        else {
            return Err(Denied::NotFound);
        };
        let proof = AsCoauthor { manuscript, email };
        self.still_typed(&self.db.read, &proof).await?;
        Ok(proof)
    }

    /// The proof of somebody who was typed in as an author, has not confirmed it, and has signed in.
    pub async fn coauthor(&self, who: &Who, number: &str) -> Result<AsCoauthor, Denied> {
        let found = self.find(&self.db.read, number).await?;
        let draft = found.as_ref().is_none_or(|(_, stage)| stage == "draft");
        let proof = AsCoauthor {
            manuscript: found.map_or(0, |(id, _)| id),
            email: who.email.clone(),
        };
        self.still_typed(&self.db.read, &proof).await?;
        if draft { Err(Denied::NotFound) } else { Ok(proof) }
    }

    /// The proof of somebody who holds the link of a letter about a change of authors.
    pub async fn concerned_by_link(&self, link: &Link) -> Result<AsConcerned, Denied> {
        let body = &link.body;
        let (LinkPurpose::AuthorsChange, Some(manuscript), Some(request), Some(email)) =
            (link.purpose, body.manuscript, body.request, body.email.clone())
        else {
            return Err(Denied::NotFound);
        };
        Ok(AsConcerned {
            manuscript,
            request,
            email,
        })
    }

    /// Whether the address is still among the typed ones, and its holder no author yet.
    pub(in crate::store) async fn still_typed(
        &self,
        conn: &impl ConnectionTrait,
        proof: &AsCoauthor,
    ) -> Result<(), Denied> {
        let typed = mark::Entity::find()
            .filter(mark::Column::Tag.eq(self.vault.typed_tag(&proof.email, proof.manuscript)))
            .one(conn)
            .await?;
        let account = self
            .account_row(conn, &proof.email)
            .await?
            .map_or(0, |row| row.id);
        let author = authorship::Entity::find()
            .select_only()
            .column(authorship::Column::Id)
            .filter(authorship::Column::AccessTag.eq(self.vault.access_tag(
                Tie::Author,
                account,
                proof.manuscript,
            )))
            .into_tuple::<i64>()
            .one(conn)
            .await?;
        match (typed, author) {
            (Some(_), None) => Ok(()),
            _ => Err(Denied::NotFound),
        }
    }

    /// Those of the manuscripts in which the person has no tie that is stronger than a reviewer's: for lists.
    pub(in crate::store) async fn nothing_stronger(
        &self,
        who: &Who,
        manuscripts: &[i64],
    ) -> Result<Vec<i64>, Fault> {
        let tags = |tie: Tie| -> Vec<Vec<u8>> {
            let of = |id: &i64| self.vault.access_tag(tie, who.account, *id);
            manuscripts.iter().map(of).collect()
        };
        let mut gone: Vec<i64> = authorship::Entity::find()
            .select_only()
            .column(authorship::Column::ManuscriptId)
            .filter(authorship::Column::AccessTag.is_in(tags(Tie::Author)))
            .into_tuple()
            .all(&self.db.read)
            .await?;
        let typed = manuscripts.iter().map(|id| self.vault.typed_tag(&who.email, *id));
        let marks = tags(Tie::Declared).into_iter().chain(typed);
        gone.extend(
            mark::Entity::find()
                .select_only()
                .column(mark::Column::ManuscriptId)
                .filter(mark::Column::Tag.is_in(marks))
                .into_tuple::<i64>()
                .all(&self.db.read)
                .await?,
        );
        if who.roles.office() {
            let handled: Vec<i64> = handling::Entity::find()
                .select_only()
                .column(handling::Column::ManuscriptId)
                .filter(handling::Column::AccessTag.is_in(tags(Tie::Handling)))
                .into_tuple()
                .all(&self.db.read)
                .await?;
            gone.extend(handled);
        }
        Ok(manuscripts
            .iter()
            .copied()
            .filter(|id| !gone.contains(id))
            .collect())
    }

    /// The proof of somebody of the office for manuscript `number`. A draft does not exist for the office.
    pub async fn editor(&self, who: &Who, number: &str) -> Result<AsEditor, Denied> {
        let found = self.find(&self.db.read, number).await?;
        let draft = found.as_ref().is_none_or(|(_, stage)| stage == "draft");
        let standing = self.standing(&self.db.read, who, found.map(|(id, _)| id)).await?;
        let handling = standing.relation == Relation::HandlingEditor;
        if draft || !(handling || standing.relation == Relation::Editor) {
            return Err(Denied::NotFound);
        }
        let mut roles = who.roles.clone();
        if handling && standing.guest {
            roles.add(Role::EditorInChief);
        }
        Ok(AsEditor {
            account: who.account,
            manuscript: standing.manuscript,
            number: number.to_owned(),
            roles,
            handling,
        })
    }

    /// The proof of somebody of the office.
    pub fn staff(&self, who: &Who) -> Result<AsStaff, Denied> {
        if who.roles.office() {
            Ok(AsStaff { who: who.clone() })
        } else {
            Err(Denied::NotFound)
        }
    }

    /// The proof of somebody who decides on manuscripts.
    pub fn decider(&self, who: &Who) -> Result<AsDecider, Denied> {
        if who.roles.decides() {
            Ok(AsDecider { who: who.clone() })
        } else {
            Err(Denied::NotFound)
        }
    }

    /// The proof of an administrator; the editor-in-chief looks after people as well.
    pub fn administrator(&self, who: &Who) -> Result<AsAdministrator, Denied> {
        let may = who.roles.has(Role::Administrator) || who.roles.chief();
        if may {
            Ok(AsAdministrator { account: who.account })
        } else {
            Err(Denied::NotFound)
        }
    }

    /// Whether what was proved still holds, asked again inside a transaction.
    pub(in crate::store) async fn still(
        &self,
        conn: &impl ConnectionTrait,
        account: i64,
        manuscript: i64,
        wanted: &[Relation],
    ) -> Result<Who, Denied> {
        let who = self.who_of(conn, account).await?.ok_or(Denied::NotFound)?;
        let standing = self.standing(conn, &who, Some(manuscript)).await?;
        if wanted.contains(&standing.relation) {
            Ok(who)
        } else {
            Err(Denied::NotFound)
        }
    }
}

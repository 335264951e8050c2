//! To whom the letters of a case go, one each; never a list of addresses.

use super::Fault;
use super::access::Denied;
use super::case::Case;
use super::links::{LinkBody, LinkPurpose};
use super::people::Person;
use super::roles::Capacity;
use crate::domain::manuscript::AuthorEntry;
use crate::domain::person::{Email, Lang};
use crate::domain::relation::Relation::{Editor, HandlingEditor};
use crate::letters::Letter;

/// To whom a letter of a case goes.
#[derive(Clone, Copy, Debug)]
pub enum To<'a> {
    /// All corresponding authors.
    Authors,
    /// The co-authors who have not said yet that they are authors: for confirming.
    Coauthors,
    /// The corresponding authors of a manuscript that was entered for them: each takes it over by the letter's link.
    TakeOver,
    /// The other co-authors who have not said yet that they are authors.
    OtherCoauthors,
    /// The holders of some addresses who must agree to a change of authors, with the request.
    Concerned(&'a [String], i64),
    /// The reviewer of an assignment.
    Reviewer(i64),
    /// The handling editor; without one, all editors and assistants who have no part in the manuscript.
    Office,
    /// The editors-in-chief who have no part in the manuscript; without one, its handling editor.
    Chief,
}

/// A recipient with the one-time link that the letter holds.
pub(super) struct Addressee {
    pub email: Email,
    pub name: String,
    pub lang: Lang,
    pub link: Option<(LinkPurpose, LinkBody)>,
}

impl From<&Person> for Addressee {
    fn from(person: &Person) -> Self {
        let (email, name, lang) = recipient(person);
        Addressee {
            email,
            name,
            lang,
            link: None,
        }
    }
}

impl Case<'_> {
    pub(super) async fn recipients(&self, letter: &Letter, to: To<'_>) -> Result<Vec<Addressee>, Fault> {
        match to {
            To::Authors => self.corresponding().await,
            To::Coauthors => self.to_confirm(|_| true).await,
            To::TakeOver => self.to_confirm(|a| a.corresponding).await,
            To::OtherCoauthors => self.to_confirm(|a| !a.corresponding).await,
            To::Concerned(addresses, request) => {
                let link = |email: Email| {
                    let body = LinkBody {
                        manuscript: Some(self.id()),
                        email: Some(email),
                        request: Some(request),
                        ..LinkBody::default()
                    };
                    (LinkPurpose::AuthorsChange, body)
                };
                let emails = addresses.iter().filter_map(|a| Email::parse(a)).collect();
                self.by_address(emails, link).await
            }
            To::Reviewer(assignment) => self.reviewer(letter, assignment).await,
            To::Office => self.office().await,
            To::Chief => self.chiefs().await,
        }
    }

    /// Those who were typed in as authors and have not said yet that they are: with the link for it.
    async fn to_confirm(&self, wanted: impl Fn(&AuthorEntry) -> bool) -> Result<Vec<Addressee>, Fault> {
        let link = |email: Email| {
            let body = LinkBody {
                manuscript: Some(self.id()),
                email: Some(email),
                ..LinkBody::default()
            };
            (LinkPurpose::Authorship, body)
        };
        let submission = self.submission()?;
        let authors = submission.authors;
        let mut silent = self.silent_coauthors().await?;
        silent.retain(|email| {
            if submission.denied.iter().any(|d| d == email.as_str()) {
                return false;
            }
            let own = |a: &&AuthorEntry| Email::parse(&a.email).as_ref() == Some(email);
            authors.iter().find(own).is_some_and(&wanted)
        });
        self.by_address(silent, link).await
    }

    async fn corresponding(&self) -> Result<Vec<Addressee>, Fault> {
        let authors = self.submission()?.authors;
        let corresponding = authors.iter().filter(|a| a.corresponding);
        let emails = corresponding.filter_map(|a| Email::parse(&a.email)).collect();
        let mut out = self
            .by_address(emails, |_| (LinkPurpose::Authorship, LinkBody::default()))
            .await?;
        out.iter_mut().for_each(|a| a.link = None);
        Ok(out)
    }

    /// The holders of addresses, by the names that were typed for them, in their own language or the manuscript's.
    async fn by_address(
        &self,
        emails: Vec<Email>,
        link: impl Fn(Email) -> (LinkPurpose, LinkBody),
    ) -> Result<Vec<Addressee>, Fault> {
        let mut typed = self.submission()?.authors;
        typed.extend(self.requests().await?.into_iter().flat_map(|r| r.body.authors));
        let mut out = Vec::new();
        for email in emails {
            let person = self.store.person_at(&self.txn, &email).await?;
            let lang = person.map_or(self.lang(), |p| p.lang);
            let entry = typed
                .iter()
                .find(|a| Email::parse(&a.email).as_ref() == Some(&email));
            let name = entry.map_or("", |a| match lang {
                Lang::Zh if !a.native_name.is_empty() => &a.native_name,
                _ => &a.latin_name,
            });
            out.push(Addressee {
                name: name.to_owned(),
                lang,
                link: Some(link(email.clone())),
                email,
            });
        }
        Ok(out)
    }

    async fn reviewer(&self, letter: &Letter, assignment: i64) -> Result<Vec<Addressee>, Fault> {
        let Some(account) = self.reviewer_account(assignment).await? else {
            return Ok(Vec::new());
        };
        let Some(person) = self.store.person_of(&self.txn, account).await? else {
            return Ok(Vec::new());
        };
        let answers = matches!(
            letter,
            Letter::Invitation { .. } | Letter::InvitationReminder { .. }
        );
        let body = LinkBody {
            account: Some(account),
            manuscript: Some(self.id()),
            assignment: Some(assignment),
            ..LinkBody::default()
        };
        Ok(vec![Addressee {
            link: answers.then_some((LinkPurpose::Invitation, body)),
            ..Addressee::from(&person)
        }])
    }

    async fn office(&self) -> Result<Vec<Addressee>, Fault> {
        if let Some(handler) = self.handler().await? {
            let person = self.store.person_of(&self.txn, handler).await?;
            let person = person.filter(|p| p.roles.office());
            if let Some(person) = person
                && self.unconflicted(person.id).await?
            {
                return Ok(vec![Addressee::from(&person)]);
            }
        }
        self.of_the_office(|_| true).await
    }

    async fn chiefs(&self) -> Result<Vec<Addressee>, Fault> {
        let chiefs = self.of_the_office(|p| p.roles.chief()).await?;
        if chiefs.is_empty() {
            self.office().await
        } else {
            Ok(chiefs)
        }
    }

    async fn of_the_office(&self, wanted: impl Fn(&Person) -> bool) -> Result<Vec<Addressee>, Fault> {
        let mut out = Vec::new();
        for person in self.store.people_in(&self.txn, Capacity::Office).await? {
            if wanted(&person) && self.unconflicted(person.id).await? {
                out.push(Addressee::from(&person));
            }
        }
        Ok(out)
    }

    async fn unconflicted(&self, account: i64) -> Result<bool, Fault> {
        match self
            .store
            .still(&self.txn, account, self.row.id, &[HandlingEditor, Editor])
            .await
        {
            Ok(_) => Ok(true),
            Err(Denied::NotFound) => Ok(false),
            Err(Denied::Fault(fault)) => Err(fault),
        }
    }

    /// Whether an editor-in-chief remains who has no part in the manuscript.
    pub async fn has_chief(&self) -> Result<bool, Fault> {
        Ok(!self.of_the_office(|p| p.roles.chief()).await?.is_empty())
    }
}

/// The person of an account as a recipient: address, profile, language.
fn recipient(person: &Person) -> (Email, String, Lang) {
    (
        person.email.clone(),
        person.profile.name(person.lang).to_owned(),
        person.lang,
    )
}

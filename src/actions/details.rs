//! What was written at submission, corrected later: with the revision, on the proof, and the trial's registration as long
//! as it stands in the way of acceptance (`RULES.md` 2 and 6).

use super::{Done, Refusal, begin, need};
use crate::domain::event::EventKind;
use crate::domain::manuscript::Submission;
use crate::domain::stage::Stage;
use crate::domain::window::WindowKind;
use crate::letters::Letter;
use crate::store::Store;
use crate::store::access::AsAuthor;
use crate::store::case::Case;
use crate::store::outbox::{To, When};

/// What of a submission its author can correct now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Nothing.
    Nothing,
    /// The trial's registration.
    Trial,
    /// Title, abstract, keywords, how names and institutions are written, statements, the trial.
    All,
}

/// What can be corrected at a stage; `proof` says whether the proof waits for the author.
pub fn part(stage: Stage, proof: bool, submission: &Submission) -> Part {
    match stage {
        Stage::Revising => Part::All,
        Stage::Accepted if proof => Part::All,
        Stage::Screening | Stage::InReview | Stage::ReReview => {
            let hurdles = super::trial::read(submission).hurdles;
            match hurdles.iter().any(|gate| !gate.is_open()) {
                true => Part::Trial,
                false => Part::Nothing,
            }
        }
        _ => Part::Nothing,
    }
}

/// How often a manuscript can be corrected in a day: each time the forms that the office has open go stale, and a month of
/// that would be a release.
const PER_DAY: i32 = 10;

/// Corrects what was written; `change` alters it. Who the authors are, their order and addresses stay: that is a change of
/// authors. A correction of the proof ends the proof: the office looks at it and sends a new one.
pub async fn correct(
    store: &Store,
    proof: &AsAuthor,
    version: i64,
    change: impl FnOnce(&mut Submission, Part) + Send,
) -> Done {
    let day = jiff::SignedDuration::from_hours(24);
    let few = store.within_rate("details", proof.number(), PER_DAY, day);
    need(few.await?, Refusal::Often)?;
    let mut case = begin(store.case_as_author(proof).await?, Some(version)).await?;
    let before = case.submission()?;
    let waits = case.window(WindowKind::Proof).await?.is_some();
    let part = part(case.stage(), waits, &before);
    need(part != Part::Nothing, Refusal::NotHere)?;
    let mut after = before.clone();
    change(&mut after, part);
    let after = within(part, &before, after);
    let fields = changed(&before, &after);
    if fields.is_empty() {
        return Ok(case.abandon().await?);
    }
    case.keep_submission(&after)?;
    // What reviewers and editors read changes with the revision, not while it is written.
    if case.stage() != Stage::Revising {
        super::submit::reads_as(&mut case, &after).await?;
    }
    strip_again(&case, &before, &after).await?;
    case.record(EventKind::DetailsChanged, &fields.join(", ")).await?;
    if case.stage() == Stage::Accepted {
        case.end(WindowKind::Proof).await?;
    }
    // A revision has its own letter when it comes.
    if case.stage() != Stage::Revising {
        let trial = part == Part::Trial;
        case.post(&Letter::DetailsChanged { trial }, To::Office, When::Now)
            .await?;
    }
    Ok(case.commit().await?)
}

/// `after`, with everything that cannot be corrected as it was before.
fn within(part: Part, before: &Submission, after: Submission) -> Submission {
    if part == Part::Trial {
        return Submission {
            trial: after.trial,
            ..before.clone()
        };
    }
    let mut authors = before.authors.clone();
    if after.authors.len() == authors.len() {
        for (own, said) in authors.iter_mut().zip(after.authors) {
            own.native_name = said.native_name;
            own.latin_name = said.latin_name;
            own.affiliations = said.affiliations;
            own.orcid = said.orcid;
        }
    }
    Submission {
        title_zh: after.title_zh,
        title_en: after.title_en,
        abstract_zh: after.abstract_zh,
        abstract_en: after.abstract_en,
        keywords_zh: after.keywords_zh,
        keywords_en: after.keywords_en,
        funding: after.funding,
        ethics: after.ethics,
        conflicts: after.conflicts,
        data_statement: after.data_statement,
        giveaways: after.giveaways,
        trial: after.trial,
        authors,
        ..before.clone()
    }
}

/// The keys of what differs.
fn changed(before: &Submission, after: &Submission) -> Vec<&'static str> {
    let pairs = [
        ("title_zh", &before.title_zh, &after.title_zh),
        ("title_en", &before.title_en, &after.title_en),
        ("abstract_zh", &before.abstract_zh, &after.abstract_zh),
        ("abstract_en", &before.abstract_en, &after.abstract_en),
        ("keywords_zh", &before.keywords_zh, &after.keywords_zh),
        ("keywords_en", &before.keywords_en, &after.keywords_en),
        ("funding", &before.funding, &after.funding),
        ("ethics", &before.ethics, &after.ethics),
        ("conflicts", &before.conflicts, &after.conflicts),
        ("data_statement", &before.data_statement, &after.data_statement),
        ("giveaways", &before.giveaways, &after.giveaways),
    ];
    let mut out: Vec<&'static str> = pairs
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(key, _, _)| key)
        .collect();
    if before.authors != after.authors {
        out.push("authors");
    }
    if before.trial != after.trial {
        out.push("trial");
    }
    out
}

/// The blind copies are made again if other words must go out of them.
async fn strip_again(case: &Case<'_>, before: &Submission, after: &Submission) -> Done {
    let terms = |s: &Submission| serde_json::to_value(crate::store::terms::identity_of(s)).ok();
    if terms(before) != terms(after) {
        for round in 1..=case.round() + 1 {
            case.strip_again(round).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::manuscript::{AuthorEntry, TrialReport};

    #[test]
    fn what_can_be_corrected_where() {
        let plain = Submission::default();
        let trial = Submission {
            trial: TrialReport {
                interventional: Some(true),
                ..TrialReport::default()
            },
            ..Submission::default()
        };
        for stage in Stage::ALL {
            let expected = match stage {
                Stage::Revising => (Part::All, Part::All, Part::All),
                Stage::Accepted => (Part::Nothing, Part::All, Part::Nothing),
                Stage::Screening | Stage::InReview | Stage::ReReview => {
                    (Part::Nothing, Part::Nothing, Part::Trial)
                }
                _ => (Part::Nothing, Part::Nothing, Part::Nothing),
            };
            let found = (
                part(stage, false, &plain),
                part(stage, true, &plain),
                part(stage, false, &trial),
            );
            assert_eq!(found, expected, "{stage:?}");
        }
    }

    #[test]
    fn who_the_authors_are_stays() {
        let author = |name: &str, email: &str| AuthorEntry {
            latin_name: name.into(),
            email: email.into(),
            corresponding: true,
            ..AuthorEntry::default()
        };
        let before = Submission {
            authors: vec![author("Tamsin Quil", "tq@x.example")],
            ..Submission::default()
        };
        let said = Submission {
            authors: vec![author("Tamsin Quill", "other@x.example")],
            section: "basic".into(),
            title_en: "A title".into(),
            ..Submission::default()
        };
        let after = within(Part::All, &before, said.clone());
        assert_eq!(after.authors, vec![author("Tamsin Quill", "tq@x.example")]);
        assert_eq!((after.section.as_str(), after.title_en.as_str()), ("", "A title"));
        assert_eq!(changed(&before, &after), ["title_en", "authors"]);
        assert!(changed(&before, &within(Part::Trial, &before, said)).is_empty());
    }
}

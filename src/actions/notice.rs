//! What happens to an article after it is published: a dated notice, linked both ways; the page stays (`RULES.md` 2).

use super::settle::step;
use super::{Done, Failure, Refusal, begin, need};
use crate::domain::event::EventKind;
use crate::domain::person::Lang;
use crate::domain::stage::Step;
use crate::letters::Letter;
use crate::store::Store;
use crate::store::access::AsEditor;
use crate::store::outbox::{To, When};
use crate::store::publication::Notice;

/// The notices there are: key and step.
const NOTICES: [(&str, Step); 3] = [
    ("correct", Step::Correct),
    ("concern", Step::ExpressConcern),
    ("retract", Step::Retract),
];

/// Publishes a notice of a kind (`correct`, `concern`, `retract`) with its words in Chinese, English or both.
pub async fn publish(store: &Store, proof: &AsEditor, version: i64, kind: &str, text: [String; 2]) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    need(proof.roles().chief(), Refusal::ChiefOnly)?;
    let (key, how) = NOTICES
        .into_iter()
        .find(|(key, _)| *key == kind)
        .ok_or(Failure::Refused(Refusal::NotHere))?;
    let text = text.map(|words| words.trim().to_owned());
    need(text.iter().any(|words| !words.is_empty()), Refusal::Reason)?;
    step(&mut case, how)?;
    case.record(
        EventKind::NoticePublished,
        &format!("{key}: {}", text.join(" ").trim()),
    )
    .await?;
    let own = usize::from(case.lang() == Lang::En);
    let message = if text[own].is_empty() {
        &text[1 - own]
    } else {
        &text[own]
    }
    .clone();
    let notice = Notice {
        kind: key.to_owned(),
        day: case.today(),
        text,
    };
    case.add_notice(notice).await?;
    case.post(
        &Letter::NoticePublished { notice: key, message },
        To::Authors,
        When::Now,
    )
    .await?;
    Ok(case.commit().await?)
}

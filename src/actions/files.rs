//! Files come, go, and have their findings settled.

use super::{Done, Failure, Refusal, begin, need};
use crate::domain::stage::Stage;
use crate::store::Store;
use crate::store::access::{AsAuthor, AsReviewer};
use crate::store::blobs::{TakeError, Taken};
use crate::store::case::Case;
use crate::store::files::{FileRole, NewFile};
use jiff::SignedDuration;
use tokio::io::AsyncRead;

/// Files of one round: the largest of ours, a trial with its protocol and forms in two languages, has some thirty.
const FILES: usize = 60;
/// Files that one person may send in an hour.
const PER_HOUR: i32 = 200;

/// Takes an upload into the sealer. What becomes of it is decided by `add`.
pub async fn take(store: &Store, from: impl AsyncRead + Unpin + Send, limit_mb: u64) -> Done<Taken> {
    match store.blobs.take(from, limit_mb * 1_000_000).await {
        Ok(taken) if taken.size == 0 => {
            store.blobs.remove(&taken.name);
            Err(Refusal::EmptyFile.into())
        }
        Ok(taken) => Ok(taken),
        Err(TakeError::TooLarge) => Err(Refusal::TooLarge(limit_mb).into()),
        Err(TakeError::BrokenOff(_)) => Err(Refusal::BrokenOff.into()),
        Err(TakeError::Fault(fault)) => Err(fault.into()),
    }
}

/// What an uploaded file is: its role, and which of the journal's papers an office paper is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct What {
    /// The role.
    pub role: FileRole,
    /// The key of one of the journal's papers, or empty.
    pub paper: String,
}

impl From<FileRole> for What {
    fn from(role: FileRole) -> Self {
        What {
            role,
            paper: String::new(),
        }
    }
}

impl What {
    /// Reads what a form says: a role, or `office:` with the key of a paper. A supplement, if it says neither.
    pub fn read(text: &str) -> What {
        match text.split_once(':') {
            Some(("office", paper)) => What {
                role: FileRole::Office,
                paper: paper.chars().take(40).collect(),
            },
            _ => FileRole::from_key(text).unwrap_or(FileRole::Supplement).into(),
        }
    }
}

/// Adds a file that was taken in to the draft, the returned submission or the revision.
pub async fn add(
    store: &Store,
    proof: &AsAuthor,
    what: impl Into<What>,
    taken: &Taken,
    original_name: &str,
) -> Done<i64> {
    let many = !store
        .within_rate(
            "file",
            &proof.account().to_string(),
            PER_HOUR,
            SignedDuration::from_mins(60),
        )
        .await?;
    let result = match many {
        true => Err(Refusal::ManyFiles.into()),
        false => add_inner(store, proof, what.into(), taken, original_name).await,
    };
    if result.is_err() {
        store.blobs.remove(&taken.name);
    }
    result
}

async fn add_inner(
    store: &Store,
    proof: &AsAuthor,
    what: What,
    taken: &Taken,
    original_name: &str,
) -> Done<i64> {
    let case = begin(store.case_as_author(proof).await?, None).await?;
    let round = open_round(&case, what.role).await?;
    let format = recognise(store, what.role, taken)?;
    add_for(case, round, &what, taken, &format, original_name).await
}

/// Adds a file to a round. A better manuscript takes the place of the one before.
pub(crate) async fn add_for(
    case: Case<'_>,
    round: i32,
    what: &What,
    taken: &Taken,
    (format, refusal): &(String, String),
    original: &str,
) -> Done<i64> {
    let (blobs, role) = (case.store().blobs.clone(), what.role);
    need(role != FileRole::Attachment, Refusal::NotHere)?;
    let there = case.files().await?.iter().filter(|f| f.round == round).count();
    need(there < FILES, Refusal::ManyFiles)?;
    let mut gone = Vec::new();
    if role == FileRole::Manuscript {
        for old in case
            .files()
            .await?
            .iter()
            .filter(|f| f.round == round && f.role == role.key())
        {
            gone.extend(case.remove_file(old.id, round, None).await?.into_iter().flatten());
        }
    }
    let new = NewFile {
        role,
        round,
        taken,
        format,
        refusal,
        original,
        assignment: None,
        paper: &what.paper,
    };
    let id = case.add_file(&new).await?;
    case.commit().await?;
    gone.iter().for_each(|blob| blobs.remove(blob));
    Ok(id)
}

/// The format's extension and, if there can be no blind copy, why; nothing for an office paper. The whole file is
/// looked at: a format is told from its bytes, never its name.
pub(crate) fn recognise(store: &Store, role: FileRole, taken: &Taken) -> Done<(String, String)> {
    if !role.is_blinded() {
        return Ok((String::new(), String::new()));
    }
    let bytes = store.blobs.get(&taken.name)?;
    Ok(match bauta_strip::recognise(&bytes) {
        Ok(format) => (format.extension().to_owned(), String::new()),
        Err(refusal) => (String::new(), super::strip::reason(refusal)),
    })
}

/// Takes a file away.
pub async fn remove(store: &Store, proof: &AsAuthor, file: i64) -> Done {
    let case = begin(store.case_as_author(proof).await?, None).await?;
    let role = case
        .files()
        .await?
        .into_iter()
        .find(|f| f.id == file)
        .map(|f| f.role);
    let role = role
        .and_then(|key| FileRole::from_key(&key))
        .ok_or(Failure::NotFound)?;
    let round = open_round(&case, role).await?;
    let gone = case
        .remove_file(file, round, None)
        .await?
        .ok_or(Failure::NotFound)?;
    case.commit().await?;
    gone.iter().for_each(|blob| store.blobs.remove(blob));
    Ok(())
}

/// Settles findings of one file: `keep` says that one is no identity; otherwise its words are removed and the file is
/// stripped again.
pub async fn settle_findings(store: &Store, proof: &AsAuthor, file: i64, settled: &[(String, bool)]) -> Done {
    let case = begin(store.case_as_author(proof).await?, None).await?;
    let own = (open_round(&case, FileRole::Manuscript).await?, None);
    for (key, keep) in settled {
        let done = case.settle_finding(file, own, key, *keep).await?;
        need(done, Refusal::NotHere)?;
    }
    Ok(case.commit().await?)
}

/// Settles one finding.
pub async fn settle_finding(store: &Store, proof: &AsAuthor, file: i64, key: &str, keep: bool) -> Done {
    settle_findings(store, proof, file, &[(key.to_owned(), keep)]).await
}

/// The most attachments of one review.
pub const MOST_ATTACHMENTS: usize = 5;

/// Adds an attachment to the review that is being written. The blind copy is made without the reviewer's identity.
pub async fn attach(store: &Store, proof: &AsReviewer, taken: &Taken, original_name: &str) -> Done<i64> {
    let result = attach_inner(store, proof, taken, original_name).await;
    if result.is_err() {
        store.blobs.remove(&taken.name);
    }
    result
}

async fn attach_inner(store: &Store, proof: &AsReviewer, taken: &Taken, original_name: &str) -> Done<i64> {
    let case = begin(store.case_as_reviewer(proof).await?, None).await?;
    writing(&case, proof).await?;
    let own = case.attachments(proof.assignment()).await?;
    need(own.len() < MOST_ATTACHMENTS, Refusal::Enough)?;
    let (format, refusal) = recognise(store, FileRole::Attachment, taken)?;
    let new = NewFile {
        role: FileRole::Attachment,
        round: case.round(),
        taken,
        format: &format,
        refusal: &refusal,
        original: original_name,
        assignment: Some(proof.assignment()),
        paper: "",
    };
    let id = case.add_file(&new).await?;
    case.commit_quietly().await?;
    store.bell.notify_one();
    Ok(id)
}

/// Takes an attachment away.
pub async fn detach(store: &Store, proof: &AsReviewer, file: i64) -> Done {
    let case = own_attachment(store, proof, file).await?;
    let round = case.round();
    let gone = case
        .remove_file(file, round, Some(proof.assignment()))
        .await?
        .ok_or(Failure::NotFound)?;
    case.commit_quietly().await?;
    gone.iter().for_each(|blob| store.blobs.remove(blob));
    Ok(())
}

/// Settles findings of an attachment: kept as no identity, or its words removed and the file stripped again.
pub async fn settle_attachment(
    store: &Store,
    proof: &AsReviewer,
    file: i64,
    settled: &[(String, bool)],
) -> Done {
    let case = own_attachment(store, proof, file).await?;
    let own = (case.round(), Some(proof.assignment()));
    for (key, keep) in settled {
        let done = case.settle_finding(file, own, key, *keep).await?;
        need(done, Refusal::NotHere)?;
    }
    case.commit_quietly().await?;
    store.bell.notify_one();
    Ok(())
}

async fn own_attachment<'s>(store: &'s Store, proof: &AsReviewer, file: i64) -> Done<Case<'s>> {
    let case = begin(store.case_as_reviewer(proof).await?, None).await?;
    writing(&case, proof).await?;
    let own = case.attachments(proof.assignment()).await?;
    match own.iter().any(|f| f.id == file) {
        true => Ok(case),
        false => Err(Failure::NotFound),
    }
}

/// Whether the review of this round can still be written or amended.
async fn writing(case: &Case<'_>, proof: &AsReviewer) -> Done {
    need(
        proof.accepted() && case.stage() == Stage::InReview,
        Refusal::NotHere,
    )?;
    need(case.pending().await?.is_none(), Refusal::TooLate)
}

/// The round whose files the author may change now. A revision that was received with a file that could not be
/// made blind is mended afterwards.
async fn open_round(case: &Case<'_>, role: FileRole) -> Done<i32> {
    match case.stage() {
        Stage::Draft | Stage::Returned => Ok(case.round()),
        Stage::Revising => Ok(case.round() + 1),
        // After a change of authors the files are stripped again, and may have new findings.
        Stage::ReReview | Stage::Screening | Stage::InReview if mendable(case).await? => Ok(case.round()),
        // The copyright form comes after acceptance.
        Stage::Accepted if role == FileRole::Office && case.rules().copyright_form => Ok(case.round()),
        // Entered by the office, and now in its author's hands.
        Stage::Screening | Stage::InReview | Stage::ReReview => {
            let ready = super::submit::files_ready(&case.files().await?, case.round()).is_ok();
            need(case.began_elsewhere().await? && !ready, Refusal::NotHere)?;
            Ok(case.round())
        }
        _ => Err(Refusal::NotHere.into()),
    }
}

/// Whether the round's manuscript is missing, or a file has no blind copy that can be used and waits for its author.
async fn mendable(case: &Case<'_>) -> Done<bool> {
    let files = case.files().await?;
    let own: Vec<_> = files
        .iter()
        .filter(|f| f.round == case.round() && f.role != FileRole::Attachment.key())
        .collect();
    let manuscript = own.iter().any(|f| f.role == FileRole::Manuscript.key());
    Ok(!manuscript || own.iter().any(|f| f.state == "refused" || f.open_findings > 0))
}

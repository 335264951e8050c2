//! Making blind copies: a resumable job in a child process with limits, so that no file can take the office down.

use bauta_strip::{Blind, Identity, Refusal};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Done, Failure, child};
use crate::domain::event::EventKind;
use crate::domain::stage::Stage;
use crate::letters::Letter;
use crate::store::files::{FileRole, Stripped};
use crate::store::jobs::Job;
use crate::store::outbox::{To, When};
use crate::store::{Fault, Store};

/// Limits of one child.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The program that is started as the child; None strips in this process, for tests without a binary.
    pub program: Option<std::path::PathBuf>,
    /// Seconds.
    pub seconds: u64,
    /// Memory in MB.
    pub megabytes: u64,
}

/// What the child reads: one line of JSON, then the file's bytes.
#[derive(Serialize, Deserialize)]
pub struct Request {
    /// What must go out.
    pub identity: Identity,
    /// Memory in MB that it allows itself.
    pub megabytes: u64,
}

/// What the child writes: one line of JSON, then the blind copy's bytes.
#[derive(Serialize, Deserialize)]
pub struct Response {
    /// The report, or the reason why there is no blind copy.
    pub result: Result<bauta_strip::Report, Refusal>,
}

/// After so many attempts that took the program with them a file is given up: it is the file, not the machine.
const ATTEMPTS: i32 = 10;
/// How long a job waits after a fault of the machine.
const AGAIN: SignedDuration = SignedDuration::from_secs(20);

/// Makes the next blind copy that waits; false if none does.
pub async fn next(store: &Store, limits: &Limits, now: Timestamp) -> Done<bool> {
    let lease = SignedDuration::from_secs(limits.seconds as i64 + 30);
    let Some(job) = store.claim_job(now, lease).await? else {
        return Ok(false);
    };
    let done = make(store, limits, &job).await;
    if let Err(Failure::Fault(fault)) = &done
        && fault.passing()
    {
        // The disk or the database, not the file. If this cannot be written either, the lease ends by itself.
        store.give_back(&job, now + AGAIN).await.ok();
    }
    done.map(|()| true)
}

async fn make(store: &Store, limits: &Limits, job: &Job) -> Done {
    let identity = match job.assignment {
        Some(_) => store.reviewer_terms(job.manuscript, job.assignment).await?,
        None => store.terms(job.manuscript).await?,
    };
    let original = store.blobs.get(&job.blob)?;
    let result = if job.attempts > ATTEMPTS {
        Err("killed".to_owned())
    } else {
        strip(limits, original, identity).await?
    };
    let stripped = match result {
        Ok(blind) => {
            let blob = store.blobs.put(&blind.bytes)?;
            Stripped::Blind {
                blob,
                size: blind.bytes.len() as u64,
                report: blind.report,
            }
        }
        Err(reason) => Stripped::Refused(reason),
    };
    let asks = match &stripped {
        Stripped::Blind { report, .. } => !report.findings.is_empty(),
        Stripped::Refused(_) => true,
    };
    let made = match &stripped {
        Stripped::Blind { blob, .. } => blob.clone(),
        Stripped::Refused(_) => String::new(),
    };
    if let Err(fault) = store.keep_stripped(job.id, job.file, stripped).await {
        // No row names it.
        store.blobs.remove(&made);
        return Err(fault.into());
    }
    if asks {
        tell(store, job.manuscript, job.file).await?;
    }
    Ok(())
}

/// A file that was received in time and could not be made blind, or in which something is to be settled, is mended
/// afterwards: the author gets a letter. While the author still has the manuscript, or has not taken over what the office
/// entered, the page says it.
async fn tell(store: &Store, manuscript: i64, file: i64) -> Done {
    let mut case = super::begin(store.case_as_clock(manuscript).await?, None).await?;
    let found = case
        .files()
        .await?
        .into_iter()
        .find(|f| f.id == file && f.round == case.round() && f.role != FileRole::Attachment.key());
    let with_office = match case.stage() {
        Stage::ReReview => true,
        Stage::Screening | Stage::InReview => !case.began_elsewhere().await?,
        _ => false,
    };
    let Some(found) = found.filter(|_| with_office) else {
        return Ok(case.abandon().await?);
    };
    let failed = found.state == "refused";
    if !failed && found.open_findings == 0 {
        return Ok(case.abandon().await?);
    }
    if failed {
        case.record(EventKind::BlindCopyFailed, &found.name).await?;
    }
    let letter = Letter::BlindCopyFailed {
        file: found.name,
        settle: !failed,
    };
    case.post(&letter, To::Authors, When::Now).await?;
    Ok(case.commit().await?)
}

struct Copy {
    bytes: Vec<u8>,
    report: bauta_strip::Report,
}

async fn strip(
    limits: &Limits,
    original: Vec<u8>,
    identity: Identity,
) -> Result<Result<Copy, String>, Fault> {
    let Some(program) = &limits.program else {
        let result = tokio::task::spawn_blocking(move || bauta_strip::strip(&original, &identity)).await;
        return Ok(match result {
            Ok(Ok(Blind { bytes, report, .. })) => Ok(Copy { bytes, report }),
            Ok(Err(refusal)) => Err(reason(refusal)),
            Err(_) => Err("killed".to_owned()),
        });
    };
    let request = Request {
        identity,
        megabytes: limits.megabytes,
    };
    let fed = child::fed(program, "strip-one", &request, original, limits.seconds);
    let Some(output) = fed.await? else {
        return Ok(Err("too-slow".to_owned()));
    };
    let Some(end) = output.stdout.iter().position(|b| *b == b'\n') else {
        return Ok(Err("killed".to_owned()));
    };
    let response: Response = serde_json::from_slice(&output.stdout[..end])?;
    Ok(match response.result {
        Ok(report) => Ok(Copy {
            bytes: output.stdout[end + 1..].to_vec(),
            report,
        }),
        Err(refusal) => Err(reason(refusal)),
    })
}

/// The stored name of a refusal: a key of translations.
pub fn reason(refusal: Refusal) -> String {
    match serde_json::to_value(refusal) {
        Ok(serde_json::Value::String(key)) => key,
        _ => "broken".to_owned(),
    }
}

//! The worker: closes windows, makes blind copies, sends letters. Each pass is a plain function of the present
//! instant; the loop only waits.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::actions::strip::Limits;
use crate::actions::{Done, receive, settle, strip};
use crate::letters::LINK;
use crate::post::{Outgoing, Post};
use crate::store::Store;
use crate::store::outbox::Claimed;

/// A wish to let a span go by (the demo alone has a clock that can be moved), and whom to tell when everything that
/// was due by then has been done.
pub type Wish = (SignedDuration, tokio::sync::oneshot::Sender<()>);

/// What the worker works with.
pub struct Worker {
    /// The office's memory.
    pub store: Store,
    /// The way letters go.
    pub post: Post,
    /// Limits of a stripping child.
    pub limits: Limits,
    /// Whether a written letter counts as received: with a mail server, and in the demo.
    pub delivers: bool,
}

/// How often it is tried to note that a letter went, about a second apart: less than its lease.
const PATIENCE: usize = 60;
/// How often a letter is tried before it is given up; with the delays below that is about four days.
const ATTEMPTS: i32 = 20;

impl Worker {
    /// Runs until `stop` is notified, and lets time go by whenever that is wished for. One task does both, so that
    /// no letter is claimed twice because its lease ended too soon.
    pub async fn run(self, stop: Arc<tokio::sync::Notify>, mut wishes: tokio::sync::mpsc::Receiver<Wish>) {
        let this = &self;
        let office = async {
            loop {
                if let Err(failure) = this.pass().await {
                    tracing::error!(%failure, "worker");
                }
                let bell = tokio::time::timeout(Duration::from_secs(3), this.store.bell.notified());
                tokio::select! {
                    _ = bell => {}
                    Some((span, done)) = wishes.recv() => {
                        if let Err(failure) = this.live_through(span).await {
                            tracing::error!(%failure, "worker, letting time go by");
                        }
                        // Whoever wished may have gone.
                        done.send(()).ok();
                    }
                }
            }
        };
        // Blind copies take their time; letters and windows do not wait for them.
        let copies = async {
            loop {
                match strip::next(&this.store, &this.limits, this.store.clock.now()).await {
                    Ok(true) => {}
                    Ok(false) => tokio::time::sleep(Duration::from_millis(150)).await,
                    Err(failure) => {
                        tracing::error!(%failure, "blind copy");
                        tokio::time::sleep(Duration::from_secs(2)).await;
                    }
                }
            }
        };
        tokio::select! {
            () = stop.notified() => {}
            () = office => {}
            () = copies => {}
        }
    }

    /// One pass over windows and letters.
    pub async fn pass(&self) -> Done {
        self.store.refresh_settings().await?;
        settle::all(&self.store, self.store.clock.now()).await?;
        self.store.refresh_soonest().await?;
        self.letters().await?;
        self.store.keep_faults().await?;
        self.store.sweep().await?;
        self.findable().await?;
        Ok(())
    }

    /// Makes older manuscripts findable, once after the start: what is submitted later is at once.
    async fn findable(&self) -> Done {
        while !self.store.all_findable() {
            self.store.make_older_findable().await?;
        }
        Ok(())
    }

    /// Lets a span go by on a clock that can be moved, from one due instant to the next, so that windows close, reminders
    /// go and letters arrive in the order in which they would in life.
    pub async fn live_through(&self, span: SignedDuration) -> Done {
        let end = self.store.clock.now() + span;
        loop {
            let now = self.store.clock.now();
            if now >= end {
                return Ok(());
            }
            let next = self.store.next_event(now).await?;
            let at = next.map_or(end, |at| at.min(end));
            self.store.clock.advance(at.duration_since(now));
            self.pass().await?;
        }
    }

    /// Sends every letter that is to go by now; returns how many went.
    pub async fn letters(&self) -> Done<usize> {
        let mut sent = 0;
        while let Some(claimed) = self.store.claim_letter(self.store.clock.now()).await? {
            match self.letter(&claimed).await? {
                Fate::Sent => sent += 1,
                Fate::Kept => {}
                Fate::NoServer => break,
            }
        }
        Ok(sent)
    }

    /// Notes that the server took a letter. While the database does not, this is tried again, so that the letter does
    /// not go a second time; when the lease has ended it is given up.
    async fn note_sent(&self, id: i64, now: Timestamp) -> Done {
        for _ in 0..PATIENCE {
            match self.store.letter_sent(id, now, self.delivers).await {
                Err(fault) if fault.passing() => tokio::time::sleep(Duration::from_secs(1)).await,
                other => return Ok(other?),
            }
        }
        Ok(self.store.letter_sent(id, now, self.delivers).await?)
    }

    async fn letter(&self, claimed: &Claimed) -> Done<Fate> {
        let forbidden = self.store.forbidden(claimed).await?;
        let words = format!("{}\n{}", claimed.stored.subject, claimed.stored.text);
        if !bauta_strip::mentions(&words, &forbidden).is_empty() {
            tracing::warn!("a letter is held: it names somebody whom its recipient must not learn");
            self.store.letter_held(claimed.id).await?;
            return Ok(Fate::Kept);
        }
        let mut text = claimed.stored.text.clone();
        if let Some((purpose, body)) = &claimed.stored.link {
            let token = self.store.mint(*purpose, body).await?;
            text = text.replace(LINK, &format!("{}/link/{token}", self.store.journal().site));
        }
        let now = self.store.clock.now();
        let letter = Outgoing {
            id: claimed.id,
            from: self.store.journal_name(claimed.stored.lang),
            to: claimed.stored.to.clone(),
            lang: claimed.stored.lang,
            subject: claimed.stored.subject.clone(),
            text,
            at: now,
            site: self.store.journal().site.clone(),
        };
        match self.post.send(&letter).await {
            Ok(()) => {
                if let (Some(manuscript), Some(decision), true) =
                    (claimed.manuscript, claimed.decision, self.delivers)
                {
                    receive::by_mail(&self.store, manuscript, decision).await?;
                }
                self.note_sent(claimed.id, now).await?;
                Ok(Fate::Sent)
            }
            Err(error) => {
                tracing::warn!(why = %error, "a letter could not be sent");
                let give_up = error.permanent || claimed.attempts >= ATTEMPTS;
                let again = (!give_up).then(|| now + back_off(claimed.attempts));
                self.store.letter_failed(claimed.id, &error.why, again).await?;
                Ok(if error.no_server {
                    Fate::NoServer
                } else {
                    Fate::Kept
                })
            }
        }
    }
}

/// What became of a letter.
enum Fate {
    Sent,
    /// Held, put off or given up: the next one may fare better.
    Kept,
    /// The mail server does not answer at all: windows are not kept waiting for the others.
    NoServer,
}

/// How long to wait after a failed attempt: a minute, doubling, six hours at most.
fn back_off(attempts: i32) -> SignedDuration {
    let minutes = 1i64 << attempts.clamp(1, 9).saturating_sub(1);
    SignedDuration::from_mins(minutes.min(360))
}

/// The instant of a pass, for tests that run one by hand.
pub async fn pass_at(worker: &Worker, at: Timestamp) -> Done {
    worker.store.clock.put(at);
    worker.pass().await
}

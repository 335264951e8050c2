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

/// How often a letter is tried before it is given up; with the delays below that is about four days.
const ATTEMPTS: i32 = 20;

impl Worker {
    /// Runs until `stop` is notified.
    pub async fn run(self, stop: Arc<tokio::sync::Notify>) {
        let this = &self;
        let office = async {
            loop {
                if let Err(failure) = this.pass().await {
                    tracing::error!(%failure, "worker");
                }
                let bell = this.store.bell.notified();
                let _ = tokio::time::timeout(Duration::from_secs(3), bell).await;
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

    /// Sends every letter that is to go by now; returns how many went.
    pub async fn letters(&self) -> Done<usize> {
        let mut sent = 0;
        while let Some(claimed) = self.store.claim_letter(self.store.clock.now()).await? {
            if self.letter(&claimed).await? {
                sent += 1;
            }
        }
        Ok(sent)
    }

    async fn letter(&self, claimed: &Claimed) -> Done<bool> {
        let forbidden = self.store.forbidden(claimed).await?;
        let words = format!("{}\n{}", claimed.stored.subject, claimed.stored.text);
        if !bauta_strip::mentions(&words, &forbidden).is_empty() {
            tracing::warn!("a letter is held: it names somebody whom its recipient must not learn");
            self.store.letter_held(claimed.id).await?;
            return Ok(false);
        }
        let mut text = claimed.stored.text.clone();
        if let Some((purpose, body)) = &claimed.stored.link {
            let token = self.store.mint(*purpose, body).await?;
            text = text.replace(LINK, &format!("{}/link/{token}", self.store.journal().site));
        }
        let letter = Outgoing {
            id: claimed.id,
            to: claimed.stored.to.clone(),
            lang: claimed.stored.lang,
            subject: claimed.stored.subject.clone(),
            text,
        };
        let now = self.store.clock.now();
        match self.post.send(&letter).await {
            Ok(()) => {
                if let (Some(manuscript), Some(decision), true) =
                    (claimed.manuscript, claimed.decision, self.delivers)
                {
                    receive::by_mail(&self.store, manuscript, decision).await?;
                }
                self.store.letter_sent(claimed.id, now).await?;
                Ok(true)
            }
            Err(error) => {
                tracing::warn!(why = %error, "a letter could not be sent");
                let give_up = error.permanent || claimed.attempts >= ATTEMPTS;
                let again = (!give_up).then(|| now + back_off(claimed.attempts));
                self.store.letter_failed(claimed.id, &error.why, again).await?;
                Ok(false)
            }
        }
    }
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

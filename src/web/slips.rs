//! Before a text goes to the other side: what it says of its sender is shown, with the place marked, and goes all the
//! same after one more click. What was typed is kept.

use serde::Serialize;

use crate::domain::slips::{SlipKind, slips};
use crate::store::access::Who;

/// Characters shown before and after a place.
const AROUND: usize = 40;
/// As many places as are shown; the sender looks for more where there are so many.
const SHOWN: usize = 12;

/// A place, with a few words around it.
#[derive(Clone, Debug, Serialize)]
pub struct Place {
    kind: SlipKind,
    before: String,
    words: String,
    after: String,
}

/// The places of the texts of one form.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Slips {
    /// The places.
    pub places: Vec<Place>,
    /// What the sender says to go on: it stands for these places and no others.
    pub token: String,
}

impl Slips {
    /// Looks through the texts.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>, sender: &bauta_strip::Identity) -> Slips {
        let mut places = Vec::new();
        let mut hasher = blake3::Hasher::new();
        for text in texts {
            for slip in slips(text, sender) {
                let words = &text[slip.at.clone()];
                hasher.update(words.as_bytes()).update(b"\0");
                let before: Vec<char> = text[..slip.at.start].chars().rev().take(AROUND).collect();
                places.push(Place {
                    kind: slip.kind,
                    before: before.into_iter().rev().collect(),
                    words: words.to_owned(),
                    after: text[slip.at.end..].chars().take(AROUND).collect(),
                });
            }
        }
        let token = match places.is_empty() {
            true => String::new(),
            false => hasher.finalize().to_hex()[..24].to_owned(),
        };
        places.truncate(SHOWN);
        Slips { places, token }
    }

    /// Whether the form must be shown again first: there are places that its sender has not seen.
    pub fn unseen(&self, said: &str) -> bool {
        !self.token.is_empty() && self.token != said
    }
}

/// What is known of somebody who has signed in.
pub fn identity_of(who: &Who) -> bauta_strip::Identity {
    let profile = who.profile();
    let lines = profile
        .affiliation
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty());
    bauta_strip::Identity {
        people: vec![bauta_strip::Person {
            name: profile.latin_name.clone(),
            native_name: profile.native_name.clone(),
            email: who.email().to_string(),
            orcid: profile.orcid.clone(),
            affiliations: lines.map(str::to_owned).collect(),
        }],
        ..bauta_strip::Identity::default()
    }
}

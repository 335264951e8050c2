//! Codes of an authenticator app: RFC 6238 with the figures that every app takes (HMAC-SHA-1, six digits, 30 seconds).

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// Length of a secret in bytes: the 160 bits that RFC 4226, section 4 recommends.
pub const SECRET: usize = 20;
/// Seconds for which a code is shown.
const STEP: i64 = 30;
/// Digits of a code.
const DIGITS: usize = 6;

/// The number of the step in which an instant lies.
pub fn step_at(unix_seconds: i64) -> u64 {
    u64::try_from(unix_seconds.div_euclid(STEP)).unwrap_or(0)
}

/// The code of one step.
///
/// # Panics
/// Never: HMAC takes keys of any length.
pub fn code(secret: &[u8], step: u64) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    // RFC 4226, section 5.3: the low half of the last byte says where the four bytes stand.
    let at = usize::from(hash[19] & 0x0f);
    let word = u32::from_be_bytes([hash[at] & 0x7f, hash[at + 1], hash[at + 2], hash[at + 3]]);
    format!("{:06}", word % 1_000_000)
}

/// The step whose code was typed, if it is the present one, the one before or the one after (RFC 6238, section 5.2, and a clock
/// that is half a minute wrong), and later than the last one that was taken: a code is good once.
pub fn accept(secret: &[u8], typed: &str, now: u64, last: Option<u64>) -> Option<u64> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != DIGITS {
        return None;
    }
    let steps = now.saturating_sub(1)..=now.saturating_add(1);
    // All three are computed and compared whole, whichever fits.
    let fits =
        steps.filter(|step| blake3::hash(code(secret, *step).as_bytes()) == blake3::hash(digits.as_bytes()));
    fits.filter(|step| last.is_none_or(|last| *step > last)).min()
}

/// A secret as apps and people write it.
pub fn text(secret: &[u8]) -> String {
    data_encoding::BASE32_NOPAD.encode(secret)
}

/// Reads a secret as `text` writes it.
pub fn secret(text: &str) -> Option<Vec<u8>> {
    let secret = data_encoding::BASE32_NOPAD.decode(text.as_bytes()).ok()?;
    (secret.len() == SECRET).then_some(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RFC: &[u8] = b"12345678901234567890";

    #[test]
    fn the_vectors_of_rfc_6238() {
        for (seconds, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(RFC, step_at(seconds)), expected, "{seconds}");
        }
    }

    #[test]
    fn a_code_is_good_for_its_time_and_once() {
        let (now, typed) = (1000, code(RFC, 1000));
        assert_eq!(accept(RFC, &typed, now, None), Some(1000));
        assert_eq!(
            accept(RFC, &format!("{} {}", &typed[..3], &typed[3..]), now, None),
            Some(1000)
        );
        assert_eq!(accept(RFC, &typed, now + 1, None), Some(1000));
        assert_eq!(accept(RFC, &typed, now - 1, None), Some(1000));
        assert_eq!(accept(RFC, &typed, now + 2, None), None, "too old");
        assert_eq!(accept(RFC, &typed, now - 2, None), None, "too early");
        assert_eq!(accept(RFC, &typed, now, Some(1000)), None, "taken already");
        assert_eq!(
            accept(RFC, &code(RFC, 999), now, Some(1000)),
            None,
            "older than one that was taken"
        );
        for bad in ["", "12345", "1234567", "abcdef", "０００００0"] {
            assert_eq!(accept(RFC, bad, now, None), None, "{bad}");
        }
    }

    #[test]
    fn a_secret_as_text() {
        assert_eq!(secret(&text(RFC)).as_deref(), Some(RFC));
        for bad in ["", "GEZDGNBV", "1nonsense", &format!("{}AA", text(RFC))] {
            assert_eq!(secret(bad), None, "{bad}");
        }
    }
}

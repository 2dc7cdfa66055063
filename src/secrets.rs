//! Randomness, hashes and passwords: everything that must not be guessed.

use std::sync::{Condvar, Mutex, PoisonError};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// A token in a form that is different each time: its length in a compressed
/// page then tells nothing (BREACH). [`unmask`] gives it back.
#[must_use]
pub fn mask(token: &str) -> String {
    let mut masked = vec![0_u8; token.len()];
    if token.is_empty() || getrandom::fill(&mut masked).is_err() {
        return String::new();
    }
    let veiled: Vec<u8> = token.bytes().zip(&masked).map(|(own, veil)| own ^ veil).collect();
    masked.extend(veiled);
    URL_SAFE_NO_PAD.encode(masked)
}

/// The token that [`mask`] made it of; empty when it did not.
#[must_use]
pub fn unmask(masked: &str) -> String {
    let bytes = URL_SAFE_NO_PAD.decode(masked).unwrap_or_default();
    let (veil, veiled) = bytes.split_at(bytes.len() / 2);
    let token = veil.iter().zip(veiled).map(|(veil, own)| veil ^ own).collect();
    String::from_utf8(token).unwrap_or_default()
}

/// The key of one deployment, 32 bytes in its data folder.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A fresh one.
    #[must_use]
    pub fn random() -> Self {
        Self(random())
    }

    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// HMAC-SHA-256 of `text`, for the purpose named, in base64url.
    #[must_use]
    pub fn sign(&self, purpose: &str, text: &str) -> String {
        // A key of any length is accepted, so this cannot fail.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return String::new() };
        mac.update(purpose.as_bytes());
        mac.update(b"\0");
        mac.update(text.as_bytes());
        URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    }

    /// Whether `signature` is the one of `text`, compared in constant time.
    #[must_use]
    pub fn verifies(&self, purpose: &str, text: &str, signature: &str) -> bool {
        use subtle::ConstantTimeEq;
        let own = self.sign(purpose, text);
        !own.is_empty() && own.as_bytes().ct_eq(signature.as_bytes()).into()
    }
}

/// Random bytes.
///
/// # Panics
/// When the operating system has none: nothing could be safe then.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if getrandom::fill(&mut bytes).is_err() {
        panic!("the operating system gives no random numbers");
    }
    bytes
}

/// A token of 192 bits for an address, a cookie or a form.
#[must_use]
pub fn token() -> String {
    URL_SAFE_NO_PAD.encode(random::<24>())
}

/// The hash under which a token is kept. Tokens are random, so one round of
/// SHA-256 is enough.
#[must_use]
pub fn token_hash(token: &str) -> String {
    sha256_hex(token.as_bytes())
}

/// SHA-256 in lower-case hexadecimal digits.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// Hashes and checks passwords with Argon2id (19 MiB, t=2, p=1), a few at a
/// time, so that a flood of sign-ins leaves the processors to the readers.
pub struct Passwords {
    free: Mutex<usize>,
    freed: Condvar,
    /// Checked when the account does not exist, so that it takes as long.
    dummy: String,
}

#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed")]
pub struct HashError;

impl Passwords {
    /// # Errors
    /// When Argon2 refuses its own defaults.
    pub fn new(at_once: usize) -> Result<Self, HashError> {
        let dummy = hash(&token())?;
        Ok(Self { free: Mutex::new(at_once.max(1)), freed: Condvar::new(), dummy })
    }

    /// # Errors
    /// When Argon2 fails, for want of memory for example.
    pub fn hash(&self, password: &str) -> Result<String, HashError> {
        self.bounded(|| hash(password))
    }

    /// Checks against `stored`, or against nothing in the same time.
    #[must_use]
    pub fn verify(&self, password: &str, stored: Option<&str>) -> bool {
        let known = stored.is_some();
        let stored = stored.unwrap_or(&self.dummy);
        let fits = self.bounded(|| {
            PasswordHash::new(stored).is_ok_and(|hash| {
                Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
            })
        });
        fits && known
    }

    fn bounded<T>(&self, work: impl FnOnce() -> T) -> T {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        while *free == 0 {
            free = self.freed.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
        drop(free);
        let outcome = work();
        *self.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.freed.notify_one();
        outcome
    }
}

fn hash(password: &str) -> Result<String, HashError> {
    let hash = Argon2::default().hash_password(password.as_bytes()).map_err(|_| HashError)?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let passwords = Passwords::new(1).unwrap();
        let hash = passwords.hash("four ships at dawn").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.verify("four ships at dawn", Some(&hash)));
        assert!(!passwords.verify("five ships at dawn", Some(&hash)));
        assert!(!passwords.verify("four ships at dawn", None));
    }

    #[test]
    fn a_signature_is_bound_to_key_purpose_and_text() {
        let key = Key::random();
        let signature = key.sign("form", "abc");
        assert!(key.verifies("form", "abc", &signature));
        assert!(!key.verifies("form", "abd", &signature));
        assert!(!key.verifies("other", "abc", &signature));
        assert!(!Key::random().verifies("form", "abc", &signature));
        assert!(!key.verifies("form", "abc", ""));
    }

    #[test]
    fn sha256_is_the_known_one() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256_hex(b""), empty);
    }
}

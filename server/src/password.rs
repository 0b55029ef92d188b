//! Password hashing: argon2id off the runtime, at most two at a time, so that signing in never stalls a page.

use std::sync::Arc;

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};
use tokio::sync::Semaphore;

/// The shortest password that is accepted.
pub const MIN_LENGTH: usize = 10;
/// The longest; more is refused before any work is done.
pub const MAX_LENGTH: usize = 200;

/// Why hashing failed: never because of what the person typed.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The hashing task was cancelled or panicked.
    #[error("the hashing task did not finish")]
    Task(#[source] tokio::task::JoinError),
    /// Hashing is shutting down.
    #[error("hashing is closed")]
    Closed,
    /// The hash could not be made or read.
    #[error("password hash: {0}")]
    Hash(String),
}

/// Hashes and checks passwords with bounded concurrency.
#[derive(Clone, Debug)]
pub struct Passwords {
    permits: Arc<Semaphore>,
    /// A hash of nobody's password: checking against it makes unknown users take as long as known ones.
    nobody: Arc<str>,
}

fn argon2() -> Result<Argon2<'static>, PasswordError> {
    // OWASP's minimum for argon2id: 19 MiB, 2 passes, 1 lane.
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|e| PasswordError::Hash(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(password: &str) -> Result<String, PasswordError> {
    argon2()?.hash_password(password.as_bytes()).map(|h| h.to_string()).map_err(|e| PasswordError::Hash(e.to_string()))
}

impl Passwords {
    /// Prepares hashing. Costs one hash.
    ///
    /// # Errors
    /// When argon2 refuses its parameters.
    pub fn new() -> Result<Self, PasswordError> {
        Ok(Self { permits: Arc::new(Semaphore::new(2)), nobody: hash_now(&crate::token::fresh())?.into() })
    }

    /// The hash to store for a password.
    ///
    /// # Errors
    /// When the work could not be done; never because of the password.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        self.run(move || hash_now(&password)).await
    }

    /// Whether a password belongs to a stored hash. Without a hash it takes as long and says no.
    ///
    /// # Errors
    /// When the work could not be done or the stored hash is damaged.
    pub async fn verify(&self, password: String, stored: Option<String>) -> Result<bool, PasswordError> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.nobody.to_string());
        let matches = self
            .run(move || {
                let parsed = PasswordHash::new(&stored).map_err(|e| PasswordError::Hash(e.to_string()))?;
                Ok(argon2()?.verify_password(password.as_bytes(), &parsed).is_ok())
            })
            .await?;
        Ok(matches && known)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let permit = self.permits.clone().acquire_owned().await.map_err(|_| PasswordError::Closed)?;
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        })
        .await
        .map_err(PasswordError::Task)?
    }
}

#[cfg(test)]
mod tests {
    use super::Passwords;

    #[tokio::test]
    async fn a_password_matches_its_own_hash_only() {
        let passwords = Passwords::new().unwrap();
        let hash = passwords.hash("correct horse battery".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.verify("correct horse battery".into(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("correct horse batterz".into(), Some(hash)).await.unwrap());
        assert!(!passwords.verify("anything".into(), None).await.unwrap());
    }
}

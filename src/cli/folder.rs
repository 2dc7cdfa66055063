//! The folder of a deployment: the database, the key, the set-up address.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::Refused;
use crate::secrets::Key;

/// Makes the folder, for its owner alone, unless it is there.
pub fn make(folder: &Path) -> Result<(), Refused> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|fault| Refused::because(format!("{}: {fault}", folder.display())))
}

/// Makes the file of a new `SQLite` database, for its owner alone: what
/// `SQLite` puts beside it gets the same mode.
pub fn reserve(url: &str) -> Result<(), Refused> {
    let path = url.strip_prefix("sqlite:").filter(|path| !path.starts_with([':', '?']));
    let Some(path) = path.filter(|path| !path.starts_with("file:") && !path.is_empty()) else {
        return Ok(());
    };
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => Ok(()),
        Err(fault) if fault.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(fault) => Err(Refused::because(format!("{path}: {fault}"))),
    }
}

/// The deployment's key, made once: signatures made with it outlive a restart.
pub fn key(folder: &Path) -> Result<Key, Refused> {
    let path = folder.join("key");
    if let Some(key) = read_key(&path)? {
        return Ok(key);
    }
    let key = Key::random();
    // A temporary file has mode 0600. Two processes may start at once: only
    // one of their keys gets the name, and both use that one.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(key.bytes())?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(&path) {
        Ok(_) => Ok(key),
        Err(fault) if fault.error.kind() == ErrorKind::AlreadyExists => {
            read_key(&path)?.ok_or_else(|| Refused::because("the key vanished while it was read"))
        }
        Err(fault) => Err(Refused::because(format!("{}: {}", path.display(), fault.error))),
    }
}

/// The key in a file; `None` when there is no file.
pub fn read_key(path: &Path) -> Result<Option<Key>, Refused> {
    let mut bytes = Vec::new();
    match File::open(path) {
        Ok(file) => file.take(33).read_to_end(&mut bytes).map(drop)?,
        Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(None),
        Err(fault) => return Err(Refused::because(format!("{}: {fault}", path.display()))),
    }
    let bytes: [u8; 32] = bytes.try_into().map_err(|_| {
        Refused::because(format!(
            "{} is not a key of 32 bytes; remove it to have a new one made (everybody will have \
             to sign in again)",
            path.display()
        ))
    })?;
    Ok(Some(Key::new(bytes)))
}

/// Where the set-up address is written.
#[must_use]
pub fn set_up_file(folder: &Path) -> PathBuf {
    folder.join("set-up.txt")
}

/// Writes the set-up address where only the folder's owner reads it.
pub fn write_set_up(folder: &Path, address: &str) -> Result<(), Refused> {
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    writeln!(file, "{address}")?;
    file.persist(set_up_file(folder))?;
    Ok(())
}

/// Removes the set-up address, if it is there.
pub fn remove_set_up(folder: &Path) {
    let path = set_up_file(folder);
    match std::fs::remove_file(&path) {
        Ok(()) => {}
        Err(fault) if fault.kind() == ErrorKind::NotFound => {}
        Err(fault) => tracing::warn!(%fault, "{} could not be removed", path.display()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_key_is_made_once_and_for_its_owner_alone() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("a/b");
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert!(make(&folder).is_ok() && make(&folder).is_ok());
        assert_eq!(mode(&folder), 0o700);
        let first = key(&folder).ok().unwrap();
        assert_eq!(mode(&folder.join("key")), 0o600);
        assert_eq!(key(&folder).ok().unwrap().bytes(), first.bytes());
        let database = folder.join("x.sqlite");
        let url = format!("sqlite:{}", database.display());
        assert!(
            reserve(&url).is_ok() && reserve(&url).is_ok() && reserve("sqlite::memory:").is_ok()
        );
        assert_eq!(mode(&database), 0o600);
        std::fs::write(folder.join("key"), "short").unwrap();
        assert!(key(&folder).is_err());
        assert!(write_set_up(&folder, "http://x/").is_ok());
        assert_eq!(mode(&set_up_file(&folder)), 0o600);
        remove_set_up(&folder);
        remove_set_up(&folder);
        assert!(!set_up_file(&folder).exists());
    }
}

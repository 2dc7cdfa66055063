//! Where settings come from: a flag, else `PRIMUM_…`, else the default. The
//! only reader of the environment (clap reads `PRIMUM_…` for the flags).

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

/// What every command needs to know.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, global = true, env = "PRIMUM_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Folder for the database and the keys
    #[arg(long, global = true, env = "PRIMUM_DATA", default_value = "./primum-data")]
    pub data: PathBuf,
    /// sqlite:PATH or postgres://…; a file in the data folder when not given
    #[arg(long, global = true, env = "PRIMUM_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// The address people reach it at, https://primum.example.org
    #[arg(long, global = true, env = "PRIMUM_ORIGIN")]
    pub origin: Option<String>,
    /// smtp://host:port, smtps://user:password@host; mail waits when not given
    #[arg(long, global = true, env = "PRIMUM_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// The sender of mail
    #[arg(long, global = true, env = "PRIMUM_MAIL_FROM")]
    pub mail_from: Option<String>,
}

/// A setting that cannot be used, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("--origin is an address such as https://primum.example.org, without a path")]
    Origin,
    #[error(
        "listening on {0}, which other machines can reach, needs --origin https://… so that links \
         and cookies are safe; put a TLS proxy in front, or listen on 127.0.0.1"
    )]
    Insecure(SocketAddr),
    #[error("the demonstration listens on this machine only; give --listen 127.0.0.1:PORT")]
    DemoBeyondLoopback,
}

impl Options {
    /// The database's address; `DATABASE_URL` counts only for `serve`.
    #[must_use]
    pub fn database(&self, serve: bool) -> String {
        let hosted = || std::env::var("DATABASE_URL").ok().filter(|_| serve);
        self.database_url
            .clone()
            .or_else(hosted)
            .unwrap_or_else(|| format!("sqlite:{}", self.data.join("primum.sqlite").display()))
    }

    /// The origin given, checked; `None` to derive it from the address bound.
    ///
    /// # Errors
    /// When it is not one, or when a reachable listener has no https origin.
    pub fn checked_origin(&self) -> Result<Option<Origin>, ConfigError> {
        let origin = self.origin.as_deref().map(Origin::parse).transpose()?;
        let secure = origin.as_ref().is_some_and(|origin| origin.https);
        if !is_loopback(self.listen.ip()) && !secure {
            return Err(ConfigError::Insecure(self.listen));
        }
        Ok(origin)
    }
}

/// Whether only this machine can reach it.
#[must_use]
pub const fn is_loopback(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback(),
        IpAddr::V6(address) => address.is_loopback(),
    }
}

/// Scheme and host under which people reach the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// `https://primum.example.org`, without a slash at the end.
    pub address: String,
    /// Host and, unless the scheme's own, port.
    pub host: String,
    pub https: bool,
    /// A loopback listener answers to every loopback name.
    pub loopback: bool,
}

impl Origin {
    fn parse(raw: &str) -> Result<Self, ConfigError> {
        let raw = raw.trim_end_matches('/').to_ascii_lowercase();
        let (scheme, host) = raw.split_once("://").ok_or(ConfigError::Origin)?;
        let https = match scheme {
            "https" => true,
            "http" => false,
            _ => return Err(ConfigError::Origin),
        };
        let strange = |c: char| !(c.is_ascii_alphanumeric() || ".-:[]".contains(c));
        if host.is_empty() || host.contains(strange) {
            return Err(ConfigError::Origin);
        }
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let loopback = matches!(name, "localhost" | "127.0.0.1" | "[::1]");
        Ok(Self { address: raw.clone(), host: host.to_owned(), https, loopback })
    }

    /// The origin of a listener that was given none.
    #[must_use]
    pub fn of_listener(address: SocketAddr) -> Self {
        let host = address.to_string();
        Self { address: format!("http://{host}"), host, https: false, loopback: true }
    }

    /// Whether a `Host` header names us.
    #[must_use]
    pub fn knows(&self, host: &str) -> bool {
        if host.eq_ignore_ascii_case(&self.host) {
            return true;
        }
        let port = |text: &str| match text.rsplit_once(':') {
            Some((_, port)) if port.bytes().all(|b| b.is_ascii_digit()) => Some(port.to_owned()),
            _ => None,
        };
        let own_port = port(&self.host);
        let same_port = port(host) == own_port;
        let name = match &own_port {
            Some(port) => host.strip_suffix(&format!(":{port}")).unwrap_or(host),
            None => host,
        };
        self.loopback && same_port && matches!(name, "localhost" | "127.0.0.1" | "[::1]")
    }

    /// Whether an `Origin` header is ours: our address, or a loopback alias.
    #[must_use]
    pub fn is_ours(&self, origin: &str) -> bool {
        let scheme = if self.https { "https://" } else { "http://" };
        origin.strip_prefix(scheme).is_some_and(|host| self.knows(host))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_hosts_are_known() {
        let public = Origin::parse("https://primum.example.org/").unwrap();
        assert!(public.knows("primum.example.org"));
        assert!(!public.knows("primum.example.org.evil.example"));
        assert!(!public.knows("localhost"));
        assert!(public.is_ours("https://primum.example.org"));
        assert!(!public.is_ours("http://primum.example.org"));
        assert!(!public.is_ours("null"));
        let local = Origin::of_listener("127.0.0.1:8080".parse().unwrap());
        for host in ["127.0.0.1:8080", "localhost:8080", "[::1]:8080"] {
            assert!(local.knows(host), "{host}");
        }
        assert!(!local.knows("localhost:9090") && !local.knows("evil.example:8080"));
        assert!(Origin::parse("primum.example.org").is_err());
        assert!(Origin::parse("https://x.example/path").is_err());
    }
}

//! Settings: defaults, then `bauta.toml` in the working folder, then the environment's `BAUTA_*`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};

use crate::domain::network::Network;

/// Every setting of the program, with its default. The README's table is checked against this list.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// `BAUTA_DATA`: the folder of database, files and letters. Default `data`.
    pub data: PathBuf,
    /// `BAUTA_KEY`: the key file; made at the first start. Default `vault.key` in the data folder; better on another disk.
    pub key: Option<PathBuf>,
    /// `BAUTA_KEY_VALUE`: the key itself, 64 hexadecimal digits, where no file can be had. Never in `bauta.toml`.
    #[serde(skip)]
    pub key_value: Option<String>,
    /// Where systemd puts credentials; the one called `bauta.key` is the key, if neither of the two above is set.
    #[serde(skip)]
    pub credentials: Option<PathBuf>,
    /// `BAUTA_ADDRESS`: host and port to listen on. Default `127.0.0.1:8000`.
    pub address: String,
    /// `BAUTA_SITE`: the site's address in letters and links. Default `http://` and the address.
    pub site: Option<String>,
    /// `BAUTA_DATABASE_URL`: `postgres://…`; without it SQLite in the data folder.
    pub database_url: Option<String>,
    /// `BAUTA_SMTP_URL`: `smtp://user:password@host:587?tls=required` or `smtps://…`; without it letters become files in `outbox/`.
    pub smtp_url: Option<String>,
    /// `BAUTA_MAIL_FROM`: the office's address. Default `editorial-office@localhost`.
    pub mail_from: String,
    /// `BAUTA_JOURNAL_ZH`: the journal's name in Chinese.
    pub journal_zh: String,
    /// `BAUTA_JOURNAL_EN`: the journal's name in English.
    pub journal_en: String,
    /// `BAUTA_TIME_ZONE`: windows end at 24:00 there. Default `Asia/Shanghai`.
    pub time_zone: String,
    /// `BAUTA_TRUSTED_PROXY`: addresses or ranges such as `127.0.0.1,10.0.0.0/8` of proxies whose `Forwarded` or
    /// `X-Forwarded-For` is believed. Default none.
    pub trusted_proxy: String,
    /// `BAUTA_MAX_FILE_MB`: the largest file that is taken, in MB of 1,000,000 bytes. Default 50.
    pub max_file_mb: u64,
    /// `BAUTA_STRIP_SECONDS`: how long a blind copy may take. Default 120.
    pub strip_seconds: u64,
    /// `BAUTA_STRIP_MB`: memory for making one blind copy, in MB. Default 1024.
    pub strip_mb: u64,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            data: PathBuf::from("data"),
            key: None,
            key_value: None,
            credentials: None,
            address: "127.0.0.1:8000".to_owned(),
            site: None,
            database_url: None,
            smtp_url: None,
            mail_from: "editorial-office@localhost".to_owned(),
            journal_zh: "临床与公共卫生学报".to_owned(),
            journal_en: "Journal of Clinical and Public Health".to_owned(),
            time_zone: "Asia/Shanghai".to_owned(),
            trusted_proxy: String::new(),
            max_file_mb: 50,
            strip_seconds: 120,
            strip_mb: 1024,
        }
    }
}

/// Where the root key comes from.
pub enum KeySource {
    /// 64 hexadecimal digits in the environment.
    Value(String),
    /// A file that only its owner reads.
    File(PathBuf),
    /// A file that the service manager hands over.
    Credential(PathBuf),
}

/// A setting is wrong; the text names it.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {why}")]
pub struct ConfigError {
    /// Where it stands, as one writes it there.
    place: String,
    why: String,
}

impl ConfigError {
    fn new(name: &str, why: impl std::fmt::Display) -> Self {
        ConfigError {
            place: format!("setting BAUTA_{name} ({} in bauta.toml)", name.to_lowercase()),
            why: why.to_string(),
        }
    }

    /// What the sources say that cannot be read: a variable by its whole name, a line of a file by the file.
    fn unread(figment: &Figment, error: &figment::Error) -> Self {
        let key = match (&error.kind, error.path.as_slice()) {
            (figment::error::Kind::UnknownField(name, _), _) => name.clone(),
            (_, path) => path.join("."),
        };
        let metadata = error.metadata.as_ref().or_else(|| figment.find_metadata(&key));
        let file = metadata.and_then(|m| m.source.as_ref()?.file_path());
        let file = file.and_then(Path::file_name).map(|name| name.to_string_lossy());
        let place = match (file, key.as_str()) {
            (Some(file), "") => file.into_owned(),
            (Some(file), key) => format!("setting {key} in {file}"),
            (None, key) => format!("setting BAUTA_{}", key.to_uppercase()),
        };
        // A parser's drawing of the line stays out of ours.
        let why = error.kind.to_string();
        let mut lines = why.lines().map(str::trim).filter(|line| !line.is_empty());
        let why = match (lines.next(), lines.next_back()) {
            (Some(first), Some(last)) => format!("{first}: {last}"),
            (first, _) => first.unwrap_or_default().to_owned(),
        };
        ConfigError { place, why }
    }
}

impl Config {
    /// Reads all sources and checks every value.
    pub fn load() -> Result<Self, ConfigError> {
        let config = Self::from(
            Figment::from(Serialized::defaults(Config::default()))
                .merge(Toml::file("bauta.toml"))
                .merge(
                    Env::prefixed("BAUTA_")
                        .filter(|key| {
                            !key.starts_with("test_")
                                && !key.starts_with("shared")
                                && key != "bin"
                                && key != "key_value"
                                && key != "corpus"
                        })
                        .lowercase(true),
                ),
        )?;
        // Taken as it stands: digits alone would be read as a number.
        let value = std::env::var("BAUTA_KEY_VALUE").ok();
        let config = Config {
            key_value: value.filter(|value| !value.trim().is_empty()),
            credentials: std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from),
            ..config
        };
        config.check()?;
        Ok(config)
    }

    /// Reads from given sources; `load` without the machine.
    pub fn from(figment: Figment) -> Result<Self, ConfigError> {
        let config: Config = figment
            .extract()
            .map_err(|error| ConfigError::unread(&figment, &error))?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        self.listen()?;
        let site = self.site();
        if !(site.starts_with("http://") || site.starts_with("https://")) || site.ends_with('/') {
            return Err(ConfigError::new(
                "SITE",
                "an address such as https://journal.example.org, without a slash at its end",
            ));
        }
        if let Some(url) = &self.database_url
            && !(url.starts_with("postgres://") || url.starts_with("postgresql://"))
        {
            return Err(ConfigError::new(
                "DATABASE_URL",
                "only postgres://… ; leave it out for SQLite",
            ));
        }
        if let Some(url) = &self.smtp_url
            && !(url.starts_with("smtp://") || url.starts_with("smtps://"))
        {
            return Err(ConfigError::new("SMTP_URL", "smtp://… or smtps://…"));
        }
        if crate::domain::person::Email::parse(&self.mail_from).is_none()
            && self.mail_from != "editorial-office@localhost"
        {
            return Err(ConfigError::new("MAIL_FROM", "an e-mail address"));
        }
        if self.key_value.is_some() && self.key.is_some() {
            return Err(ConfigError::new(
                "KEY_VALUE",
                "KEY is set as well; one of the two",
            ));
        }
        jiff::tz::TimeZone::get(&self.time_zone).map_err(|e| ConfigError::new("TIME_ZONE", e))?;
        if Network::list(&self.trusted_proxy).is_none() {
            return Err(ConfigError::new(
                "TRUSTED_PROXY",
                "addresses or ranges such as 127.0.0.1,10.0.0.0/8",
            ));
        }
        let ranges = [
            ("MAX_FILE_MB", self.max_file_mb, 1, 2000),
            ("STRIP_SECONDS", self.strip_seconds, 5, 3600),
            ("STRIP_MB", self.strip_mb, 128, 65536),
        ];
        for (name, value, low, high) in ranges {
            if !(low..=high).contains(&value) {
                return Err(ConfigError::new(
                    name,
                    format!("{value} is not between {low} and {high}"),
                ));
            }
        }
        Ok(())
    }

    /// The address to listen on.
    pub fn listen(&self) -> Result<SocketAddr, ConfigError> {
        use std::net::ToSocketAddrs;
        self.address
            .to_socket_addrs()
            .ok()
            .and_then(|mut found| found.next())
            .ok_or_else(|| ConfigError::new("ADDRESS", format!("{:?} is not host:port", self.address)))
    }

    /// The proxies whose word on whom they speak for is believed.
    pub fn trusted_proxies(&self) -> Vec<Network> {
        Network::list(&self.trusted_proxy).unwrap_or_default()
    }

    /// The site's address, without a slash at its end.
    pub fn site(&self) -> String {
        self.site
            .clone()
            .unwrap_or_else(|| format!("http://{}", self.address))
    }

    /// Whether the site is reached over TLS, so that cookies must be, too.
    pub fn secure(&self) -> bool {
        self.site().starts_with("https://")
    }

    /// The key file.
    pub fn key_file(&self) -> PathBuf {
        self.key.clone().unwrap_or_else(|| self.data.join("vault.key"))
    }

    /// Where the key comes from: the environment, a file that is set, a credential of the service manager, or the
    /// file in the data folder; the first of these that there is.
    pub fn key_source(&self) -> KeySource {
        if let Some(value) = &self.key_value {
            return KeySource::Value(value.clone());
        }
        let credential = self.credentials.as_ref().map(|folder| folder.join("bauta.key"));
        match credential {
            Some(path) if self.key.is_none() && path.exists() => KeySource::Credential(path),
            _ => KeySource::File(self.key_file()),
        }
    }

    /// The folder of letters when no mail server is set.
    pub fn outbox(&self) -> PathBuf {
        self.data.join("outbox")
    }

    /// Where SQLite's file is.
    pub fn sqlite_file(&self) -> PathBuf {
        self.data.join("bauta.sqlite")
    }

    /// The folder of sealed files.
    pub fn blobs(&self) -> PathBuf {
        self.data.join("blobs")
    }

    /// The same settings over another folder, with everything of its own inside.
    pub fn in_folder(mut self, folder: &Path) -> Self {
        self.data = folder.to_owned();
        self.key = None;
        self.key_value = None;
        self.credentials = None;
        self
    }
}

impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // URLs hold passwords.
        let set = |o: &Option<String>| if o.is_some() { "set" } else { "not set" };
        f.debug_struct("Config")
            .field("data", &self.data)
            .field("address", &self.address)
            .field("site", &self.site())
            .field("database_url", &set(&self.database_url))
            .field("smtp_url", &set(&self.smtp_url))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &str, value: &str) -> Result<Config, ConfigError> {
        Config::from(Figment::from(Serialized::defaults(Config::default())).merge((name, value)))
    }

    #[test]
    fn a_wrong_setting_is_named() {
        for (name, value) in [
            ("address", "nowhere"),
            ("site", "journal.example"),
            ("database_url", "mysql://x"),
            ("smtp_url", "http://x"),
            ("time_zone", "Mars/Base"),
            ("mail_from", "office"),
            ("trusted_proxy", "proxy.example.org"),
            ("max_file_mb", "many"),
            ("no_such", "1"),
        ] {
            let text = with(name, value).unwrap_err().to_string().to_lowercase();
            assert!(text.contains(name), "{text}");
        }
        assert!(with("address", "127.0.0.1:8001").is_ok());
    }

    #[test]
    fn secrets_do_not_show_in_debug() {
        let config = Config {
            smtp_url: Some("smtp://u:hunter2@h".into()),
            ..Config::default()
        };
        assert!(!format!("{config:?}").contains("hunter2"));
    }
}

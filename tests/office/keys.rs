//! The key: where it can be, what a wrong one does, and how it is changed while nothing is lost.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Place {
        let unique = format!("{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join("bauta-tests").join(unique);
        std::fs::remove_dir_all(&folder).ok();
        std::fs::create_dir_all(&folder).unwrap();
        Place(folder)
    }

    fn key(&self) -> PathBuf {
        self.0.join("data/vault.key")
    }

    fn run(&self, arguments: &[&str], environment: &[(&str, &Path)]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bauta"));
        command
            .current_dir(&self.0)
            .env("BAUTA_DATA", self.0.join("data"))
            .env_remove("CREDENTIALS_DIRECTORY")
            .args(arguments);
        for (name, value) in environment {
            command.env(name, value);
        }
        command.output().unwrap()
    }

    fn works(&self, arguments: &[&str], environment: &[(&str, &Path)]) {
        let output = self.run(arguments, environment);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    }

    /// Fails with one line that holds some words.
    fn fails(&self, arguments: &[&str], environment: &[(&str, &Path)], words: &str) {
        let output = self.run(arguments, environment);
        assert!(!output.status.success(), "{output:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(words) && said.trim().lines().count() == 1, "{said}");
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

fn write_key(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
}

#[test]
fn the_key_can_be_elsewhere_and_a_wrong_one_stops_the_start() {
    let place = Place::new("key-places");
    place.works(&["migrate"], &[]);
    let text = std::fs::read_to_string(place.key()).unwrap();
    let text = text.trim();
    let elsewhere = place.0.join("elsewhere.key");
    std::fs::rename(place.key(), &elsewhere).unwrap();
    place.fails(&["verify"], &[], "vault.key");
    place.works(&["verify"], &[("BAUTA_KEY", &elsewhere)]);
    place.works(&["verify"], &[("BAUTA_KEY_VALUE", Path::new(text))]);
    // As systemd hands it over: in a folder of its own, readable by whom the manager lets.
    let credentials = place.0.join("credentials");
    std::fs::create_dir(&credentials).unwrap();
    std::fs::write(credentials.join("bauta.key"), text).unwrap();
    place.works(&["verify"], &[("CREDENTIALS_DIRECTORY", &credentials)]);

    let both = [
        ("BAUTA_KEY_VALUE", Path::new(text)),
        ("BAUTA_KEY", elsewhere.as_path()),
    ];
    place.fails(&["verify"], &both, "one of the two");
    let wrong = "0".repeat(64);
    place.fails(
        &["verify"],
        &[("BAUTA_KEY_VALUE", Path::new(&wrong))],
        "not the one",
    );
    place.fails(
        &["verify"],
        &[("BAUTA_KEY_VALUE", Path::new("abc"))],
        "64 hexadecimal digits",
    );
    std::fs::write(credentials.join("bauta.key"), &wrong).unwrap();
    place.fails(
        &["verify"],
        &[("CREDENTIALS_DIRECTORY", &credentials)],
        "not the one",
    );
    std::fs::set_permissions(&elsewhere, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    place.fails(&["verify"], &[("BAUTA_KEY", &elsewhere)], "chmod 600");
    // Nothing of the key is said.
    let output = place.run(&["verify"], &[("BAUTA_KEY_VALUE", Path::new(&text[..60]))]);
    assert!(!String::from_utf8_lossy(&output.stderr).contains(&text[..20]));
}

#[test]
fn the_key_is_changed_and_the_old_one_opens_nothing_more() {
    let place = Place::new("key-rotation");
    place.works(
        &[
            "user",
            "invite",
            "someone@example.org",
            "--role",
            "editor-in-chief",
        ],
        &[],
    );
    let old = std::fs::read_to_string(place.key()).unwrap();
    place.works(&["key", "rotate"], &[]);
    let new = std::fs::read_to_string(place.key()).unwrap();
    assert_ne!(old, new);
    let mode =
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(place.key()).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    assert!(!place.0.join("data/vault.key.next").exists());
    place.works(&["verify"], &[]);
    place.fails(
        &["verify"],
        &[("BAUTA_KEY_VALUE", Path::new(old.trim()))],
        "not the one",
    );
    // A key that is not the program's file goes where it is told to go.
    place.fails(
        &["key", "rotate"],
        &[("BAUTA_KEY_VALUE", Path::new(new.trim()))],
        "--to",
    );
    let to = place.0.join("next.key");
    let arguments = ["key", "rotate", "--to", to.to_str().unwrap()];
    place.works(&arguments, &[("BAUTA_KEY_VALUE", Path::new(new.trim()))]);
    place.works(&["verify"], &[("BAUTA_KEY", &to)]);
    place.fails(
        &["verify"],
        &[("BAUTA_KEY_VALUE", Path::new(new.trim()))],
        "not the one",
    );
}

#[test]
fn a_change_of_keys_that_broke_off_is_finished() {
    let place = Place::new("key-broken-off");
    place.works(&["migrate"], &[]);
    let old = std::fs::read_to_string(place.key()).unwrap();
    let next = place.0.join("data/vault.key.next");
    // Broken off before anything was wrapped: the old key goes on, and the command takes the key that lies there.
    let fresh = "5b".repeat(32);
    write_key(&next, &fresh);
    place.works(&["verify"], &[]);
    assert_eq!(std::fs::read_to_string(place.key()).unwrap(), old);
    place.works(&["key", "rotate"], &[]);
    assert_eq!(std::fs::read_to_string(place.key()).unwrap().trim(), fresh);
    // Broken off after all was wrapped, before the new file was put in place: the next start does that.
    std::fs::rename(place.key(), &next).unwrap();
    write_key(&place.key(), &old);
    place.works(&["verify"], &[]);
    assert_eq!(std::fs::read_to_string(place.key()).unwrap().trim(), fresh);
    assert!(!next.exists());
    // The same, finished by the command.
    std::fs::rename(place.key(), &next).unwrap();
    write_key(&place.key(), &old);
    place.works(&["key", "rotate"], &[]);
    place.works(&["verify"], &[]);
    // A key that opens nothing does not become the key.
    write_key(&next, &"77".repeat(32));
    let before = std::fs::read_to_string(place.key()).unwrap();
    write_key(&place.key(), &old);
    place.fails(&["verify"], &[], "not the one");
    assert_eq!(std::fs::read_to_string(place.key()).unwrap(), old);
    write_key(&place.key(), &before);
    place.works(&["verify"], &[]);
}

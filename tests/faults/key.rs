//! The key file missing or wrong: the start is refused, and the file is named.

use std::os::unix::fs::PermissionsExt;

use crate::house::House;

#[test]
fn data_whose_key_is_missing_or_wrong_is_not_served() {
    let (house, ()) = House::build(1, async |_, _| ());
    let key = house.config().key_file();
    let right = std::fs::read_to_string(&key).unwrap();
    let refused = |why: &str| {
        let output = house.command("127.0.0.1:0").output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success(), "{why}");
        assert_eq!(text.trim().lines().count(), 1, "{why}: {text}");
        assert!(text.contains("vault.key") && text.contains(why), "{why}: {text}");
    };
    let put = |text: &str, mode: u32| {
        std::fs::write(&key, text).unwrap();
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    std::fs::remove_file(&key).unwrap();
    refused("missing");
    assert!(!key.exists(), "no new key hides that the right one is missing");
    put(&"0".repeat(64), 0o600);
    refused("not the one");
    put(&right[..20], 0o600);
    refused("");
    put(&right, 0o644);
    refused("");
    put(&right, 0o600);
    let program = house.start(&[]);
    assert_eq!(program.get("/author", house.token("author"), "en").status, 200);
}

//! Tests the dependencies of the client, and its demands on a platform.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// Returns the dependencies of the client with these features.
fn packages(features: &[&str]) -> BTreeSet<String> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client/Cargo.toml");
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{p}",
            "--manifest-path",
        ])
        .arg(manifest)
        .args(features)
        .output()
        .expect("cargo runs");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

#[test]
fn no_openssl_and_no_cmake_by_default() {
    let packages = packages(&[]);
    assert!(packages.contains("rustls") && packages.contains("ring"), "{packages:?}");
    for heavy in ["openssl", "openssl-sys", "native-tls", "aws-lc-rs", "aws-lc-sys", "cmake", "bindgen", "hyper-tls"] {
        assert!(!packages.contains(heavy), "{heavy}");
    }
}

#[test]
fn no_tls_without_the_feature() {
    let packages = packages(&["--no-default-features"]);
    assert!(!packages.contains("rustls") && !packages.contains("ring") && !packages.contains("openssl-sys"));
}

/// Only the modules about sockets, timers and TLS name them; another platform must replace those.
#[test]
fn few_modules_name_a_platform() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client/src/runtime");
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("the runtime") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("text");
        for word in ["tokio::time", "tokio::net", "std::thread", "std::fs", "rustls::"] {
            if text.contains(word) {
                found.insert((name.clone(), word));
            }
        }
    }
    let expected = [("blocking.rs", "std::thread"), ("clock.rs", "tokio::time"), ("tls.rs", "rustls::")];
    assert_eq!(found, expected.map(|(name, word)| (name.to_owned(), word)).into());
}

//! Programs of others on a package: Go's libraries for checksum databases (golang-go, golang-golang-x-mod-dev) on its
//! checkpoint and proofs, and the Python package `rfc3161-client` on its timestamp.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::outside::{Stranger, run};

/// Where Debian has Go's library.
const LIBRARY: &str = "/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog";

/// Wraps a package's token into the answer that it came in, and has it verified.
const VERIFY: &str = "
from cryptography import x509
from rfc3161_client import VerifierBuilder, decode_timestamp_response
def length(n):
    return bytes([n]) if n < 128 else (lambda b: bytes([128 + len(b)]) + b)(n.to_bytes((n.bit_length() + 7) // 8, 'big'))
body = bytes.fromhex('3003020100') + open('data/proofs/timestamps/001.tst', 'rb').read()
answer = decode_timestamp_response(b'\\x30' + length(len(body)) + body)
root = x509.load_pem_x509_certificate(open('../root.pem', 'rb').read())
unit = x509.load_pem_x509_certificate(open('data/proofs/timestamps/chain.pem', 'rb').read())
verifier = VerifierBuilder().add_root_certificate(root).tsa_certificate(unit).build()
checkpoint = open('data/proofs/checkpoint', 'rb').read()
assert verifier.verify_message(answer, checkpoint)
try:
    verifier.verify_message(answer, checkpoint + b' ')
except Exception as refused:
    print(type(refused).__name__)
";

fn go(bag: &Path) -> Option<Output> {
    if Command::new("go").arg("version").output().is_err() || !Path::new(LIBRARY).exists() {
        eprintln!("SKIPPED: no Go with golang.org/x/mod");
        return None;
    }
    let go = Command::new("go")
        .args(["run", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/go/package.go")])
        .envs([
            ("GO111MODULE", "off"),
            ("GOPATH", "/usr/share/gocode"),
            ("GOFLAGS", ""),
        ])
        .current_dir(bag)
        .output();
    Some(go.unwrap())
}

#[test]
fn go_finds_the_checkpoint_signed_and_every_item_in_it() {
    let Some(stranger) = Stranger::new() else { return };
    let Some(good) = go(&stranger.bag) else { return };
    let errors = String::from_utf8_lossy(&good.stderr);
    assert_eq!(String::from_utf8_lossy(&good.stdout), "6\n", "{errors}");

    let path = stranger.bag.join("data/proofs/000003.opening.json");
    let opening = std::fs::read_to_string(&path).unwrap();
    let at = opening.find("\"leaf\": \"").unwrap() + 30;
    let other = if opening.as_bytes()[at] == b'0' { "1" } else { "0" };
    let mut changed = opening.clone();
    changed.replace_range(at..=at, other);
    std::fs::write(&path, changed).unwrap();

    assert!(
        !go(&stranger.bag).unwrap().status.success(),
        "another leaf is not in the journal"
    );
}

#[test]
fn a_python_client_of_timestamps_finds_the_checkpoint_stamped() {
    let Some(stranger) = Stranger::new() else { return };
    let Some(python) = python() else { return };

    let done = run(&stranger.bag, &python.to_string_lossy(), &["-c", VERIFY]).unwrap();

    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{errors}");
    assert_eq!(
        String::from_utf8_lossy(&done.stdout),
        "VerificationError\n",
        "what was not stamped is refused"
    );
}

/// Python with the client, installed once into the target directory; `None`, said aloud, if that cannot be done.
fn python() -> Option<PathBuf> {
    let venv = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rfc3161");
    let python = venv.join("bin/python");
    let here = Path::new(".");
    let has_client = |python: &Path| {
        let done = Command::new(python)
            .args(["-c", "import rfc3161_client"])
            .output();
        done.is_ok_and(|done| done.status.success())
    };
    if !has_client(&python) {
        run(
            here,
            "python3",
            &["-m", "venv", "--clear", &venv.to_string_lossy()],
        )?;
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        let pip = [pip.as_slice(), &["rfc3161-client==1.0.9"]].concat();
        run(here, &python.to_string_lossy(), &pip)?;
    }
    if !has_client(&python) {
        eprintln!("SKIPPED: rfc3161-client could not be installed");
        return None;
    }
    Some(python)
}

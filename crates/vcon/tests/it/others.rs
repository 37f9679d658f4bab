//! The draft's own JSON schema, the Python package `vcon`, a strict library for JWS, and OpenSSL.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use kronika_vcon::sign;
use serde_json::Value;

use crate::sample::{conversation, signer};

/// What goes into the environment.
const PACKAGES: [&str; 2] = ["jsonschema==4.25.1", "jwcrypto==1.5.6"];

/// This too, with Python 3.12 or newer; an older one would get a version that reads an older draft.
const VCON: &str = "vcon==0.10.0";

/// An environment of Python with packages; `None`, said aloud, where they cannot be installed.
fn python(module: &str) -> Option<PathBuf> {
    static MADE: OnceLock<Option<PathBuf>> = OnceLock::new();
    let made = MADE.get_or_init(make_python).clone();
    let has = |python: &PathBuf| succeeds(Command::new(python).args(["-c", &format!("import {module}")]));
    let found = made.filter(has);
    if found.is_none() {
        eprintln!("SKIPPED: no Python with the package {module}");
    }
    found
}

fn make_python() -> Option<PathBuf> {
    let place = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("vcon-python");
    let python = place.join("bin/python");
    let made_before = succeeds(Command::new(&python).args(["-c", "import jsonschema, jwcrypto, vcon"]));
    if made_before {
        return Some(python);
    }
    let _ = fs::remove_dir_all(&place);
    let newest = newest_python();
    let base = newest.as_ref().map_or("python3", String::as_str);
    let mut packages = PACKAGES.to_vec();
    packages.extend(newest.as_ref().map(|_| VCON));
    let made = succeeds(Command::new(base).args(["-m", "venv"]).arg(&place));
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    (made && succeeds(Command::new(&python).args(pip).args(packages))).then_some(python)
}

/// A Python of version 3.12 or newer: on the path, or one of those that pyenv keeps.
fn newest_python() -> Option<String> {
    let kept = Command::new("pyenv")
        .arg("root")
        .output()
        .ok()
        .and_then(|output| {
            let root = String::from_utf8(output.stdout).ok()?;
            fs::read_dir(Path::new(root.trim()).join("versions")).ok()
        });
    let kept = kept
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin/python3"));
    let on_path = ["python3", "python3.12", "python3.13", "python3.14"]
        .map(str::to_owned)
        .into_iter();
    let is_new = "import sys, ensurepip; sys.exit(sys.version_info < (3, 12))";
    on_path
        .chain(kept.map(|path| path.display().to_string()))
        .find(|python| succeeds(Command::new(python).args(["-c", is_new])))
}

fn succeeds(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

/// The draft's schema, from the data shared between checkouts.
fn schema() -> Option<PathBuf> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/vcon/ietf/vcon_json_schema.json");
    if !path.exists() {
        eprintln!("SKIPPED: no {}", path.display());
        return None;
    }
    Some(path)
}

/// A folder with the vCon, its signed form, and the signer's certificate.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, content: &[u8]| fs::write(folder.path().join(name), content).unwrap();
    write("plain.vcon.json", &conversation().to_json().unwrap());
    write("signed.vcon.json", &sign(&conversation(), &signer()).unwrap());
    write("certificate.der", &signer().certificates()[0]);
    folder
}

fn run(folder: &tempfile::TempDir, program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Output {
    Command::new(program)
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .unwrap()
}

fn assert_agrees(output: &Output) {
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

#[test]
fn the_drafts_schema_takes_it() {
    let (Some(python), Some(schema)) = (python("jsonschema"), schema()) else {
        return;
    };
    let folder = folder();
    let script = "import json, sys, jsonschema\n\
        schema = json.load(open(sys.argv[1]))\n\
        jsonschema.validators.validator_for(schema)(schema).validate(json.load(open('plain.vcon.json')))";

    assert_agrees(&run(&folder, python, &["-c", script, schema.to_str().unwrap()]));
}

#[test]
fn the_python_package_reads_and_verifies_it() {
    let Some(python) = python("vcon") else { return };
    let folder = folder();
    let script = "from cryptography import x509\n\
        from cryptography.hazmat.primitives import serialization as form\n\
        from vcon import Vcon\n\
        valid, errors = Vcon.validate_file('plain.vcon.json')\n\
        assert valid, errors\n\
        certificate = x509.load_der_x509_certificate(open('certificate.der', 'rb').read())\n\
        pem = certificate.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)\n\
        signed = open('signed.vcon.json').read()\n\
        assert Vcon.build_from_json(signed).verify(pem) is True\n\
        import json\n\
        other = json.loads(signed)\n\
        other['payload'] = 'A' + other['payload'][1:]\n\
        assert Vcon.build_from_json(json.dumps(other)).verify(pem) is False";

    assert_agrees(&run(&folder, python, &["-c", script]));
}

#[test]
fn a_strict_library_verifies_it_by_the_certificate_in_it() {
    let Some(python) = python("jwcrypto") else { return };
    let folder = folder();
    let script = "import base64, json\n\
        from cryptography import x509\n\
        from jwcrypto import jwk, jws\n\
        signed = open('signed.vcon.json').read()\n\
        header = json.loads(signed)['signatures'][0]['header']\n\
        certificate = x509.load_der_x509_certificate(base64.b64decode(header['x5c'][0]))\n\
        certificate.verify_directly_issued_by(certificate)\n\
        token = jws.JWS()\n\
        token.deserialize(signed)\n\
        token.verify(jwk.JWK.from_pyca(certificate.public_key()))\n\
        assert token.payload == open('plain.vcon.json', 'rb').read()\n\
        assert json.loads(token.payload)['uuid'] == header['uuid']";

    assert_agrees(&run(&folder, python, &["-c", script]));
}

#[test]
fn openssl_takes_the_certificate() {
    if Command::new("openssl").arg("version").output().is_err() {
        eprintln!("SKIPPED: no openssl");
        return;
    }
    let folder = folder();

    assert_agrees(&run(
        &folder,
        "openssl",
        &[
            "x509",
            "-inform",
            "DER",
            "-in",
            "certificate.der",
            "-out",
            "certificate.pem",
        ],
    ));
    let verify = [
        "verify",
        "-CAfile",
        "certificate.pem",
        "-x509_strict",
        "-attime",
        "1800000000",
        "certificate.pem",
    ];
    assert_agrees(&run(&folder, "openssl", &verify));
    let shown = run(
        &folder,
        "openssl",
        &[
            "x509",
            "-in",
            "certificate.pem",
            "-noout",
            "-subject",
            "-nameopt",
            "utf8",
        ],
    );
    assert!(String::from_utf8_lossy(&shown.stdout).contains("Biuro Rachunkowe „Linia”"));
}

#[test]
fn a_changed_letter_is_noticed() {
    let signed: Value = serde_json::from_slice(&sign(&conversation(), &signer()).unwrap()).unwrap();
    let other = {
        let mut other = conversation();
        other.subject.push('!');
        serde_json::from_slice::<Value>(&sign(&other, &signer()).unwrap()).unwrap()
    };

    assert_ne!(
        signed["signatures"][0]["signature"],
        other["signatures"][0]["signature"]
    );
}

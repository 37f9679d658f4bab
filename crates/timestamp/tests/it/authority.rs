//! A real authority: a root, certificates under it, and answers to requests, made by OpenSSL in a folder of its own.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use kronika_timestamp::{Certificate, Imprint, Request, Trust};

use crate::support;

/// What is stamped.
pub const DATA: &[u8] = b"what was agreed";

const CONFIG: &str = include_str!("authority.cnf");

/// Kinds of keys, as `openssl genpkey` is asked for them.
pub const P_256: &str = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";
pub const P_384: &str = "-algorithm EC -pkeyopt ec_paramgen_curve:P-384";
pub const P_521: &str = "-algorithm EC -pkeyopt ec_paramgen_curve:P-521";
pub const RSA: &str = "-algorithm RSA -pkeyopt rsa_keygen_bits:3072";
pub const RSA_PSS: &str = "-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048";

/// Validity of certificates made for tests: long past, and long.
pub const EXPIRED: (&str, &str) = ("20200101000000Z", "20210101000000Z");
pub const LONG: (&str, &str) = ("20200101000000Z", "20991231235959Z");

/// A folder with a root called `root`, and whatever else it has issued.
pub struct Authority {
    folder: PathBuf,
}

impl Authority {
    /// A new root; `None`, said aloud, without OpenSSL.
    pub fn new(test: &str) -> Option<Authority> {
        Authority::with_key(test, P_256)
    }

    pub fn with_key(test: &str, key: &str) -> Option<Authority> {
        if Command::new("openssl").arg("version").output().is_err() {
            eprintln!("SKIPPED: no openssl");
            return None;
        }
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("authority-{test}"));
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(&folder).unwrap();
        let authority = Authority { folder };
        authority.write("authority.cnf", CONFIG);
        authority.write("index.txt", "");
        authority.write("data", DATA);
        // A first bit of 1: such numbers are encoded with a leading zero.
        authority.write("serial", "F7000001");
        authority.write("tsserial", "01");
        authority.make_key("root", key);
        authority.must(
            "req -x509 -new -key root.key -out root.pem -days 9999 -config authority.cnf -extensions root \
             -subj /CN=root",
        );
        Some(authority)
    }

    /// A root and a unit `tsa` that is as it should be.
    pub fn with_unit(test: &str) -> Option<Authority> {
        let authority = Authority::new(test)?;
        authority.issue("tsa", P_256, "tsa", LONG);
        Some(authority)
    }

    pub fn make_key(&self, name: &str, key: &str) {
        self.must(&format!("genpkey {key} -out {name}.key"));
    }

    /// Issues a certificate by the root, with the extensions of a section of `authority.cnf`.
    pub fn issue(&self, name: &str, key: &str, extensions: &str, validity: (&str, &str)) {
        self.make_key(name, key);
        self.issue_by("root", name, extensions, validity);
    }

    /// Issues a certificate, by another than the root, for a key that is there.
    pub fn issue_by(&self, issuer: &str, name: &str, extensions: &str, (from, to): (&str, &str)) {
        self.must(&format!(
            "req -new -key {name}.key -out {name}.csr -config authority.cnf -subj /CN={name}"
        ));
        self.must(&format!(
            "ca -batch -notext -config authority.cnf -cert {issuer}.pem -keyfile {issuer}.key -in {name}.csr \
             -out {name}.pem -extensions {extensions} -startdate {from} -enddate {to}"
        ));
    }

    /// Answers a request with the certificate and key of `unit`.
    pub fn answer(&self, unit: &str, request: &[u8]) -> Vec<u8> {
        self.answer_as(unit, "unit", request)
    }

    /// Answers as a section of `authority.cnf` says.
    pub fn answer_as(&self, unit: &str, section: &str, request: &[u8]) -> Vec<u8> {
        self.write("request", request);
        self.must(&format!(
            "ts -reply -config authority.cnf -section {section} -queryfile request -signer {unit}.pem \
             -inkey {unit}.key -out answer"
        ));
        self.read("answer")
    }

    /// An answer by `unit` to a good request over [`DATA`].
    pub fn stamp(&self, unit: &str) -> Vec<u8> {
        self.answer(unit, &request().to_der())
    }

    /// What a good token says: the bytes over which it is signed.
    pub fn statement(&self, good: &[u8]) -> Vec<u8> {
        self.write("good", good);
        self.must("ts -reply -in good -token_out -out good.tst");
        self.must("cms -verify -noverify -nosigs -inform DER -in good.tst -out statement");
        self.read("statement")
    }

    /// A token that `openssl ts` would not make: the statement of a good one, signed anew. `options` name the signers.
    pub fn sign_anew(&self, good: &[u8], options: &str) -> Vec<u8> {
        self.sign(&self.statement(good), options)
    }

    /// A token over any statement.
    pub fn sign(&self, statement: &[u8], options: &str) -> Vec<u8> {
        self.write("statement", statement);
        self.must(&format!(
            "cms -sign -binary -nodetach -econtent_type 1.2.840.113549.1.9.16.1.4 -in statement -outform DER \
             -out anew {options}"
        ));
        self.read("anew")
    }

    /// A revocation list of the root, with certificates, dates and reasons as given.
    pub fn revoke(&self, revoked: &[(&str, &str, Option<&str>)]) -> String {
        let line = |(name, date, reason): &(&str, &str, Option<&str>)| {
            let serial = self.must(&format!("x509 -in {name}.pem -noout -serial")).stdout;
            let serial = String::from_utf8(serial).unwrap().trim().replace("serial=", "");
            let reason = reason.map(|reason| format!(",{reason}")).unwrap_or_default();
            format!("R\t991231235959Z\t{date}{reason}\t{serial}\tunknown\t/CN={name}\n")
        };
        self.write("index.txt", revoked.iter().map(line).collect::<String>());
        self.must("ca -config authority.cnf -gencrl -out root.crl");
        self.text("root.crl")
    }

    /// Whether `openssl ts -verify` accepts an answer or token.
    pub fn openssl_accepts(&self, answer: &[u8], options: &str) -> bool {
        self.write("checked", answer);
        let kind = if is_response(answer) { "" } else { "-token_in" };
        let verified = self.openssl(&format!("ts -verify -in checked {kind} {options}"));
        verified.status.success()
    }

    /// The root as anchor, and nothing else.
    pub fn trust(&self) -> Trust {
        support::trust(&self.text("root.pem"))
    }

    pub fn certificates(&self, name: &str) -> Vec<Certificate> {
        Certificate::from_pem(&self.text(&format!("{name}.pem"))).unwrap()
    }

    pub fn must(&self, arguments: &str) -> Output {
        let output = self.openssl(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "openssl {arguments}: {said}");
        output
    }

    pub fn openssl(&self, arguments: &str) -> Output {
        Command::new("openssl")
            .args(arguments.split_whitespace())
            .current_dir(&self.folder)
            .output()
            .unwrap()
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.folder.join(name), content).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder.join(name)).unwrap()
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }
}

/// An answer begins with its status, a SEQUENCE; a token with its type.
fn is_response(bytes: &[u8]) -> bool {
    let long = bytes[1].saturating_sub(0x80);
    bytes.get(2 + usize::from(long)) == Some(&0x30)
}

/// The request of most tests.
pub fn request() -> Request {
    Request::new(Imprint::sha256(DATA), 0x8123_4567_89ab_cdef)
}

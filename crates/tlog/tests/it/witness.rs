use kronika_tlog::cosignature::CosigningKey;
use kronika_tlog::note::{Note, NoteError, SigningKey};
use kronika_tlog::tree::prove_consistency;
use kronika_tlog::witness::{AddCheckpoint, KnownLog, Refusal, read_conflict, read_cosignatures};
use kronika_tlog::{Hash, TreeHead};

use crate::support::{Memory, NOTES, json, key, list, shared_json, string};

const ORIGIN: &str = "log.example/a";

/// A witness with one log and a store.
struct Witness {
    key: CosigningKey,
    log: KnownLog,
}

impl Witness {
    fn of(log: KnownLog) -> Witness {
        Witness {
            key: CosigningKey::from_seed("example.com/witness", &[9; 32]).unwrap(),
            log,
        }
    }

    /// Status and body of the answer, as an HTTP handler would give them.
    fn answer(&mut self, body: &[u8]) -> (u16, String) {
        let judged =
            AddCheckpoint::parse(body).and_then(|request| Ok((request.judge(Some(&self.log))?, request)));
        match judged {
            Ok((head, request)) => {
                self.log.latest = head;
                let cosignature = self.key.cosign(request.note().text(), 1_790_000_000).unwrap();
                (200, format!("{cosignature}\n"))
            }
            Err(refusal) => (refusal.status(), refusal.body()),
        }
    }
}

fn log() -> SigningKey {
    SigningKey::from_seed(ORIGIN, &[1; 32]).unwrap()
}

fn known(latest: TreeHead) -> KnownLog {
    KnownLog {
        origin: ORIGIN.to_owned(),
        keys: vec![log().verifier().clone()],
        latest,
    }
}

fn head(size: u64) -> TreeHead {
    Memory::of_entries(size).frontier.head()
}

fn note(head: TreeHead) -> Note {
    Note::sign(format!("{ORIGIN}\n{}\n{}\n", head.size, head.root), &log()).unwrap()
}

/// A request to go from `old` entries to `new`, with an honest proof.
fn request(old: u64, new: u64) -> AddCheckpoint {
    let proof = prove_consistency(old, new.max(old), &mut Memory::of_entries(new.max(old))).unwrap();
    AddCheckpoint::new(old, proof, note(head(new))).unwrap()
}

#[test]
fn the_nine_recorded_requests_get_the_answers_of_the_specification() {
    let Some(vectors) = shared_json("public/tlog-witness-add-checkpoint.json") else {
        return;
    };
    let key = key(&vectors["log_vkey"]);
    let origin = key.name().to_owned();
    let mut witness = Witness::of(KnownLog {
        origin,
        keys: vec![key],
        latest: TreeHead::EMPTY,
    });
    assert_eq!(list(&vectors["cases"]).len(), 9);

    for case in list(&vectors["cases"]) {
        let body = string(&case["request_body"]);
        let (status, answer) = witness.answer(body.as_bytes());

        assert_eq!(
            u64::from(status),
            case["spec_http_status"].as_u64().unwrap(),
            "{body}"
        );
        match status {
            200 => {
                let note = AddCheckpoint::parse(body.as_bytes()).unwrap().note().clone();
                let read = read_cosignatures(&answer, &note, &[witness.key.verifier().clone()]).unwrap();
                assert_eq!(read.len(), 1);
            }
            409 => assert!(
                string(&case["assert"]).contains(&format!("{answer:?}")),
                "{answer:?}"
            ),
            _ => {}
        }
    }
}

#[test]
fn our_recorded_requests_are_accepted_and_reproduced() {
    let vectors = json(NOTES);
    let key = key(&vectors["log"]["vkey"]);
    let origin = key.name().to_owned();
    let mut witness = Witness::of(KnownLog {
        origin,
        keys: vec![key],
        latest: TreeHead::EMPTY,
    });

    for (name, old, new) in [("0_to_300", 0, 300), ("300_to_70000", 300, 70_000)] {
        let body = string(&vectors[format!("add_checkpoint_{name}_request")]);
        assert_eq!(witness.answer(body.as_bytes()).0, 200);
        assert_eq!(witness.log.latest, head(new));

        let parsed = AddCheckpoint::parse(body.as_bytes()).unwrap();
        let proof = prove_consistency(old, new, &mut Memory::of_entries(new)).unwrap();
        assert_eq!(
            AddCheckpoint::new(old, proof, parsed.note().clone()).unwrap(),
            parsed
        );
        assert_eq!(parsed.to_string(), body);
    }
}

#[test]
fn a_log_is_followed_as_it_grows_and_may_repeat_itself() {
    let mut witness = Witness::of(known(TreeHead::EMPTY));
    for (old, new) in [(0, 0), (0, 5), (5, 5), (5, 8), (8, 13), (13, 300)] {
        assert_eq!(
            witness.answer(request(old, new).to_string().as_bytes()).0,
            200,
            "{old} to {new}"
        );
        assert_eq!(witness.log.latest, head(new));
    }
}

#[test]
fn a_conflict_tells_the_size_and_changes_nothing() {
    let mut witness = Witness::of(known(head(8)));

    for (old, new) in [(0, 8), (5, 13), (0, 1)] {
        let (status, body) = witness.answer(request(old, new).to_string().as_bytes());
        assert_eq!((status, read_conflict(&body)), (409, Some(8)), "{old} to {new}");
    }
    assert_eq!(witness.log.latest, head(8));
    for body in ["8", "08\n", "8\n\n", "", "-8\n"] {
        assert_eq!(read_conflict(body), None, "{body:?}");
    }
}

#[test]
fn a_forked_history_is_refused() {
    let forked = Memory::of((0..8).map(|index| Hash::leaf(&[index])))
        .frontier
        .head();
    let judge = |old: u64, proof: Vec<Hash>, new: TreeHead, latest: TreeHead| {
        AddCheckpoint::new(old, proof, note(new))
            .unwrap()
            .judge(Some(&known(latest)))
    };
    let honest = prove_consistency(5, 8, &mut Memory::of_entries(8)).unwrap();

    let same_size = judge(8, vec![], forked, head(8));
    let grown = judge(5, honest.clone(), forked, head(5));
    let with_proof_for_nothing = judge(8, honest.clone(), head(8), head(8));
    let first_with_proof = judge(0, honest, head(8), TreeHead::EMPTY);
    let impossible_empty = judge(0, vec![], TreeHead { size: 0, ..head(1) }, TreeHead::EMPTY);
    for refused in [
        same_size,
        grown,
        with_proof_for_nothing,
        first_with_proof,
        impossible_empty,
    ] {
        let refusal = refused.unwrap_err();
        assert!(matches!(refusal, Refusal::Inconsistent(_)), "{refusal}");
        assert_eq!(refusal.status(), 422);
    }
}

#[test]
fn a_smaller_tree_is_a_bad_request() {
    let refusal = request(8, 5).judge(Some(&known(head(8)))).unwrap_err();
    assert_eq!(
        (refusal.status(), &refusal),
        (400, &Refusal::Backwards { old: 8, new: 5 })
    );
}

#[test]
fn unknown_logs_and_strangers_are_refused_before_anything_is_told() {
    let unknown = request(3, 8).judge(None).unwrap_err();
    assert_eq!(unknown.status(), 404);

    let other = KnownLog {
        origin: "other.example".to_owned(),
        ..known(head(5))
    };
    assert_eq!(request(3, 8).judge(Some(&other)).unwrap_err().status(), 404);

    let stranger = SigningKey::from_seed(ORIGIN, &[2; 32]).unwrap();
    let forged = Note::sign(note(head(8)).text().to_owned(), &stranger).unwrap();
    let forged = AddCheckpoint::new(3, vec![], forged)
        .unwrap()
        .judge(Some(&known(head(5))))
        .unwrap_err();
    assert_eq!(
        (forged.status(), &forged),
        (403, &Refusal::NotSigned(NoteError::NotSigned))
    );
}

#[test]
fn malformed_requests_are_refused() {
    let good = request(5, 8).to_string();
    let status = |body: String| {
        AddCheckpoint::parse(body.as_bytes())
            .err()
            .map(|refusal| refusal.status())
    };

    assert_eq!(status(good.clone()), None);
    assert_eq!(status(good.replacen("old 5", "old 05", 1)), Some(400));
    assert_eq!(status(good.replacen("old 5", "old  5", 1)), Some(400));
    assert_eq!(status(good.replacen("old 5\n", "", 1)), Some(400));
    assert_eq!(status(good.replacen("\n\n", "\n", 1)), Some(400));
    assert_eq!(status(good.replacen("\n8\n", "\n08\n", 1)), Some(400));
    assert_eq!(
        status(good.replacen(
            "old 5\n",
            &format!("old 5\n{}", format!("{}\n", Hash::EMPTY).repeat(63)),
            1
        )),
        Some(400)
    );
    assert_eq!(status(good.replacen("\u{2014}", "-", 1)), Some(403));
    assert_eq!(AddCheckpoint::parse(b"\xff").unwrap_err().status(), 400);
}

#[test]
fn only_good_cosignatures_of_known_witnesses_are_taken_from_an_answer() {
    let keys = [1, 2].map(|seed| CosigningKey::from_seed(&format!("w{seed}.example"), &[seed; 32]).unwrap());
    let [first, second] = keys.each_ref().map(|key| key.verifier().clone());
    let note = note(head(5));
    let lines = keys
        .each_ref()
        .map(|key| format!("{}\n", key.cosign(note.text(), 7).unwrap()));

    let taken = read_cosignatures(&lines.concat(), &note, std::slice::from_ref(&first)).unwrap();
    assert_eq!(taken, [keys[0].cosign(note.text(), 7).unwrap()]);
    let both = read_cosignatures(&lines.concat(), &note, &[first.clone(), second.clone()]).unwrap();
    assert_eq!(both.len(), 2);
    assert_eq!(
        read_cosignatures(&lines[0], &note, &[second]),
        Err(NoteError::NotSigned)
    );

    // A cosignature of a longer text, slipped in as if the answer continued the checkpoint.
    let longer = format!("{}\nmore\n", note.text());
    let slipped = format!("more\n\n{}\n", keys[0].cosign(&longer, 7).unwrap());
    assert_eq!(
        read_cosignatures(&slipped, &note, &[first]),
        Err(NoteError::NoSignature)
    );
}

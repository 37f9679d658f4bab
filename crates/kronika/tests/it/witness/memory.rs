use std::sync::Arc;

use kronika::witness::{State, WitnessError};
use kronika_tlog::checkpoint::Checkpoint;
use kronika_tlog::note::{Note, SigningKey};
use kronika_tlog::tree::Frontier;
use kronika_tlog::witness::{AddCheckpoint, Refusal};
use kronika_tlog::{Hash, TreeHead};

const ORIGIN: &str = "kronika.archive/0123456789abcdef";

fn log() -> SigningKey {
    SigningKey::from_seed(ORIGIN, &[7; 32]).unwrap()
}

/// A witness that knows the journal.
fn witness() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    State::create(folder.path(), "lawyer.example").unwrap();
    State::know(folder.path(), &log().verifier().to_string()).unwrap();
    folder
}

fn tree(leaves: &[u8]) -> TreeHead {
    let mut frontier = Frontier::new();
    for leaf in leaves {
        frontier.push(Hash::from([*leaf; 32]));
    }
    frontier.head()
}

fn request(old: u64, head: TreeHead, proof: Vec<Hash>) -> AddCheckpoint {
    let text = Checkpoint::new(ORIGIN, head).unwrap().to_string();
    AddCheckpoint::new(old, proof, Note::sign(text, &log()).unwrap()).unwrap()
}

#[test]
fn what_was_cosigned_is_remembered_by_the_next_program() {
    let folder = witness();
    let state = State::open(folder.path()).unwrap();
    state.cosign(&request(0, tree(&[1, 2]), vec![]), 1_000).unwrap();
    drop(state);

    let again = State::open(folder.path()).unwrap();

    let other = again.cosign(&request(0, tree(&[3, 4]), vec![]), 1_001);
    assert!(matches!(
        other,
        Err(kronika::witness::Failed::Refused(Refusal::Conflict { latest: 2 }))
    ));
}

#[test]
fn two_histories_at_once_are_not_both_cosigned() {
    for _ in 0..20 {
        let folder = witness();
        let state = Arc::new(State::open(folder.path()).unwrap());
        let tries: Vec<_> = [[1, 2], [1, 3], [4, 5], [6, 7]]
            .into_iter()
            .map(|leaves| {
                let state = state.clone();
                std::thread::spawn(move || state.cosign(&request(0, tree(&leaves), vec![]), 1_000).is_ok())
            })
            .collect();
        let cosigned = tries.into_iter().map(|one| one.join().unwrap());
        assert_eq!(cosigned.filter(|cosigned| *cosigned).count(), 1);
    }
}

#[test]
fn a_memory_that_was_damaged_cosigns_nothing() {
    let folder = witness();
    let state = State::open(folder.path()).unwrap();
    state.cosign(&request(0, tree(&[1, 2]), vec![]), 1_000).unwrap();
    drop(state);
    let logs = folder.path().join("logs");
    let home = std::fs::read_dir(logs).unwrap().next().unwrap().unwrap().path();
    let kept = std::fs::read_to_string(home.join("checkpoint")).unwrap();
    std::fs::write(home.join("checkpoint"), kept.replace("\n2\n", "\n1\n")).unwrap();

    assert!(matches!(
        State::open(folder.path()),
        Err(WitnessError::Damaged { .. })
    ));
}

#[test]
fn one_state_serves_one_program() {
    let folder = witness();
    let _running = State::open(folder.path()).unwrap();

    assert!(matches!(State::open(folder.path()), Err(WitnessError::Running)));
    assert!(matches!(
        State::create(folder.path(), "lawyer.example"),
        Err(WitnessError::Exists(_))
    ));
}

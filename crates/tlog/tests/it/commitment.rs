use kronika_tlog::Hash;
use kronika_tlog::commitment::{
    CommitError, Kind, LEAF_BYTES, Leaf, LeafError, PartHasher, PartSalt, RecordSalt, commit_part,
    commit_parts, commit_record,
};
use proptest::prelude::*;

use crate::support::{COMMITMENTS, bytes32, hash, json, list, string, unhex};

#[test]
fn recorded_commitments_and_leaves_are_reproduced() {
    for case in list(&json(COMMITMENTS)["cases"]) {
        let salt = RecordSalt::from(bytes32(&case["record_salt"]));
        let mut parts = Vec::new();
        for (number, part) in list(&case["parts"]).iter().enumerate() {
            let part_salt = salt.part(number as u16);
            assert_eq!(part_salt.as_bytes(), &bytes32(&part["salt"]));
            let data = unhex(string(&part["data_hex"]));
            let commitment = commit_part(&part_salt, string(&part["name"]), &data).unwrap();
            assert_eq!(commitment, hash(&part["commit"]));
            parts.push((string(&part["name"]), data, commitment));
        }
        let commitments: Vec<_> = parts.iter().map(|(_, _, commitment)| *commitment).collect();
        let whole: Vec<_> = parts
            .iter()
            .map(|(name, data, _)| (*name, data.as_slice()))
            .collect();
        let commitment = commit_record(&commitments).unwrap();
        assert_eq!(commitment, hash(&case["record_commit"]));
        assert_eq!(commit_parts(&salt, &whole), Ok(commitment));

        let logged_at = case["logged_at_ms"].as_u64().unwrap();
        let leaf = Leaf {
            kind: Kind::Record,
            logged_at,
            commitment,
        };
        assert_eq!(
            leaf.to_bytes().as_slice(),
            unhex(string(&case["leaf_data_42_bytes"]))
        );
        assert_eq!(leaf.hash(), hash(&case["rfc6962_leaf_hash"]));
        assert_eq!(Leaf::from_bytes(&leaf.to_bytes()), Ok(leaf));
    }
}

#[test]
fn open_kinds_use_the_zero_salt() {
    let open = (1..=9)
        .filter(|number| kind(*number).unwrap().is_open())
        .collect::<Vec<_>>();

    assert_eq!(open, [1, 4, 5, 6, 9]);
    assert_eq!(RecordSalt::open().as_bytes(), &[0; 32]);
    assert_eq!(
        format!("{:?} {:?}", RecordSalt::from([7; 32]), PartSalt::from([7; 32])),
        "RecordSalt PartSalt"
    );
}

fn kind(number: u8) -> Result<Kind, LeafError> {
    let mut bytes = [0; LEAF_BYTES];
    bytes[..2].copy_from_slice(&[1, number]);
    Leaf::from_bytes(&bytes).map(|leaf| leaf.kind)
}

#[test]
fn leaves_of_other_length_version_or_kind_are_refused() {
    for number in (10..=255).chain([0]) {
        assert_eq!(kind(number), Err(LeafError::Kind { found: number }));
    }
    for found in [0, 41, 43, 84] {
        assert_eq!(
            Leaf::from_bytes(&vec![1; found]),
            Err(LeafError::Length { found })
        );
    }
    for found in [0, 2, 255] {
        let mut bytes = [1; LEAF_BYTES];
        bytes[0] = found;
        assert_eq!(Leaf::from_bytes(&bytes), Err(LeafError::Version { found }));
    }
}

#[test]
fn a_part_must_have_the_length_announced() {
    let salt = RecordSalt::open().part(0);
    for given in [0, 4, 6, 10] {
        let mut part = PartHasher::new(&salt, "body", 5).unwrap();
        part.update(&vec![0; given as usize]);
        assert_eq!(part.finish(), Err(CommitError::Length { announced: 5, given }));
    }
}

#[test]
fn records_have_one_to_65535_parts_and_names_of_up_to_255_bytes() {
    let salt = RecordSalt::open();
    assert_eq!(commit_record(&[]), Err(CommitError::PartCount { count: 0 }));
    assert!(commit_record(&vec![Hash::EMPTY; 65_535]).is_ok());
    assert_eq!(
        commit_record(&vec![Hash::EMPTY; 65_536]),
        Err(CommitError::PartCount { count: 65_536 })
    );
    for count in [65_536, 65_540] {
        assert!(matches!(
            commit_parts(&salt, &vec![("a", b"".as_slice()); count]),
            Err(CommitError::PartCount { .. })
        ));
    }
    assert!(commit_part(&salt.part(0), &"a".repeat(255), b"").is_ok());
    let refused = commit_part(&salt.part(0), &"a".repeat(256), b"");
    assert_eq!(refused, Err(CommitError::NameTooLong { length: 256 }));
}

/// Names and data of a record's parts.
type Parts = Vec<(String, Vec<u8>)>;

fn parts() -> impl Strategy<Value = Parts> {
    prop::collection::vec((".{0,20}", prop::collection::vec(any::<u8>(), 0..200)), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_commit_to_the_same_as_the_whole(data in prop::collection::vec(any::<u8>(), 0..500), piece in 1_usize..70, salt: [u8; 32]) {
        let salt = PartSalt::from(salt);
        let mut part = PartHasher::new(&salt, "att/0", data.len() as u64).unwrap();
        data.chunks(piece).for_each(|piece| part.update(piece));
        prop_assert_eq!(part.finish(), commit_part(&salt, "att/0", &data));
    }

    #[test]
    fn whatever_changes_in_a_record_changes_its_commitment(parts in parts(), salt: [u8; 32], at in any::<prop::sample::Index>()) {
        let commit = |salt: [u8; 32], parts: &Parts| {
            let parts: Vec<_> = parts.iter().map(|(name, data)| (name.as_str(), data.as_slice())).collect();
            commit_parts(&RecordSalt::from(salt), &parts).unwrap()
        };
        let honest = commit(salt, &parts);
        let changed = |change: &dyn Fn(&mut Parts)| {
            let mut parts = parts.clone();
            change(&mut parts);
            commit(salt, &parts)
        };
        let which = at.index(parts.len());

        prop_assert_ne!(honest, changed(&|parts| parts[which].0.push('x')));
        prop_assert_ne!(honest, changed(&|parts| parts[which].1.push(0)));
        prop_assert_ne!(honest, changed(&|parts| parts.push((String::new(), Vec::new()))));
        // A byte moved between name and data.
        prop_assert_ne!(
            changed(&|parts| parts[which].0.push('x')),
            changed(&|parts| parts[which].1.insert(0, b'x'))
        );
        let mut other_salt = salt;
        other_salt[at.index(32)] ^= 1;
        prop_assert_ne!(honest, commit(other_salt, &parts));
    }

    #[test]
    fn a_leaf_is_what_its_bytes_say(number in 1_u8..=9, logged_at: u64, commitment: [u8; 32]) {
        let leaf = Leaf { kind: kind(number).unwrap(), logged_at, commitment: commitment.into() };
        prop_assert_eq!(Leaf::from_bytes(&leaf.to_bytes()), Ok(leaf));
        prop_assert_eq!(leaf.hash(), Hash::leaf(&leaf.to_bytes()));
    }
}

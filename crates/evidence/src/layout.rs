//! Which file is where, below the package's folder.

/// Tag files, in the order of their names.
pub const README: [&str; 4] = ["README.en.txt", "README.pl.txt", "README.ru.txt", "README.sk.txt"];
/// What the bag is.
pub const BAG_INFO: &str = "bag-info.txt";
/// That it is a bag.
pub const BAGIT: &str = "bagit.txt";
/// The check without Kronika.
pub const CHECK: &str = "check.py";
/// Hashes of everything below `data/`.
pub const MANIFEST: &str = "manifest-sha256.txt";
/// Hashes of everything else.
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";

/// Numbers in clients' files.
pub const COMPLETENESS: &str = "data/completeness.json";
/// Conversations as vCons.
pub const CONVERSATIONS: &str = "data/conversations/";
/// Who did and saw what with the items.
pub const CUSTODY: &str = "data/custody.jsonl";
/// Keys of mail servers, as they were in the DNS when mail came.
pub const DKIM: &str = "data/dkim/";
/// The items, for tables.
pub const ITEMS_CSV: &str = "data/items.csv";
/// The items.
pub const ITEMS: &str = "data/items.jsonl";
/// What the names of the report's volumes begin with.
pub const REPORTS: &str = "data/report";
/// What is withheld or erased, and why.
pub const TOMBSTONES: &str = "data/tombstones.jsonl";

/// The checkpoint that all items are proven under.
pub const CHECKPOINT: &str = "data/proofs/checkpoint";
/// Older ones.
pub const OLDER: &str = "data/proofs/checkpoints/";
/// The journal's key.
pub const KEY: &str = "data/proofs/key.txt";
/// All leaves.
pub const LEAVES: &str = "data/proofs/leaves/";
/// Whose signatures count, as the archive has it.
pub const POLICY: &str = "data/proofs/policy";
/// Tokens, certificates and revocation lists of timestamp authorities.
pub const TIMESTAMPS: &str = "data/proofs/timestamps/";
/// Certificates between tokens and trust anchors.
pub const CHAIN: &str = "data/proofs/timestamps/chain.pem";

/// The parts that every record of a message has.
pub const META: &str = "meta";
/// The part that is the original.
pub const ORIGINAL: &str = "original";

/// An item's opening.
pub fn opening(number: u64) -> String {
    format!("data/proofs/{number:06}.opening.json")
}

/// An item's proof.
pub fn proof(number: u64) -> String {
    format!("data/proofs/{number:06}.tlog-proof")
}

/// Where the content of an item's part is.
pub fn part(number: u64, name: &str) -> String {
    match name {
        META => format!("data/proofs/{number:06}.meta.json"),
        ORIGINAL => format!("data/originals/{number:06}.eml"),
        _ => format!("data/parts/{number:06}/{}.bin", name.replace('/', "-")),
    }
}

/// A volume of the report, counted from 1, of so many.
pub fn report(number: usize, of: usize) -> String {
    match of {
        1 => format!("{REPORTS}.pdf"),
        _ => format!("{REPORTS}-{number}.pdf"),
    }
}

/// A conversation, counted from 1.
pub fn conversation(number: usize) -> String {
    format!("{CONVERSATIONS}{number:06}.vcon.json")
}

/// An older checkpoint, counted from 1.
pub fn older(number: usize) -> String {
    format!("{OLDER}{number:06}")
}

/// A timestamp's token, counted from 1.
pub fn token(number: usize) -> String {
    format!("{TIMESTAMPS}{number:03}.tst")
}

/// The same in a container for other verifiers.
pub fn token_container(number: usize) -> String {
    format!("{TIMESTAMPS}{number:03}.asics")
}

/// A revocation list, counted from 1.
pub fn crl(number: usize) -> String {
    format!("{TIMESTAMPS}crl-{number:03}.crl")
}

/// A bundle of leaves, by its path in a log.
pub fn leaves(bundle: kronika_tlog::tile::Bundle) -> String {
    let path = bundle.to_string();
    format!("{LEAVES}{}", path.strip_prefix("tile/entries/").unwrap_or(&path))
}

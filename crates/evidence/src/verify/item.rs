//! Openings and inclusion, item by item.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use data_encoding::HEXLOWER;
use kronika_tlog::TreeHead;
use kronika_tlog::commitment::{Leaf, PartHasher};
use kronika_tlog::proof::Proof;
use kronika_tlog::tree::verify_inclusion;

use super::bag::Hashes;
use super::checkpoint::{self, Journal, MAX_NOTE};
use super::list::{List, check_strays};
use super::verdict::{ItemVerdict, Status};
use super::{ClaimName, Findings, Opened, VerifyError, damage};
use crate::item::Line;
use crate::metadata::{FilePlace, MAX_METADATA, Metadata};
use crate::opening::{Opening, Opens};
use crate::{instant, layout};

/// Most bytes of an opening: that of a record with as many parts as there can be.
const MAX_OPENING: u64 = 1 << 23;

/// Most bytes that are remembered of all items. A thousand items with a hundred holes each take a tenth of it.
const MAX_REMEMBERED: usize = 1 << 26;

/// An item, as far as it was checked.
pub struct Item {
    pub verdict: ItemVerdict,
    /// The leaf, if the opening opens it.
    pub leaf: Option<Leaf>,
    /// Places in clients' files, if the metadata is disclosed and proven.
    pub files: Vec<FilePlace>,
    /// The checkpoint that it was found to be under.
    pub under: Option<TreeHead>,
}

impl Item {
    /// Bytes of what grows with what the package says.
    fn weight(&self) -> usize {
        let verdict = &self.verdict;
        let texts = verdict
            .disclosed
            .iter()
            .chain(&verdict.withheld)
            .chain(&verdict.problems);
        let texts: usize = texts.map(|text| text.len() + size_of::<String>()).sum();
        let previous = self.files.iter().filter_map(|place| place.previous.as_ref());
        texts + self.files.len() * size_of::<FilePlace>() + previous.map(String::len).sum::<usize>()
    }

    /// Keeps the status only.
    fn forget(&mut self) {
        self.verdict.disclosed = Vec::new();
        self.verdict.withheld = Vec::new();
        self.verdict.problems = Vec::new();
        self.verdict.status = Status::Fails;
        self.files = Vec::new();
    }
}

/// Checks all items of the list.
pub fn check_all<R: Read + Seek>(
    opened: &mut Opened<'_, R>,
    found: &mut Findings,
    (list, journal, hashes): (&List, Option<&Journal>, &Hashes),
) -> Result<Vec<Item>, VerifyError> {
    let mut items = Vec::new();
    let mut named = BTreeSet::new();
    let mut remembered = 0_usize;
    for (number, line) in list.lines() {
        // What is wrong with the line itself was said when the list was read.
        let line = line.unwrap_or_else(|| Line {
            number,
            ..Line::default()
        });
        let mut item = check(opened, found, (&line, journal, hashes), &mut named)?;
        remembered = remembered.saturating_add(item.weight());
        if remembered > MAX_REMEMBERED {
            let claim = found.claim(ClaimName::Openings);
            claim.wrong(format!(
                "item {number}: together with those before, it says more than can be held"
            ));
            item.forget();
        }
        items.push(item);
    }
    check_strays(opened, found, &named);
    check_twice(found, &items);
    let openings = found.claim(ClaimName::Openings);
    openings.checked(format!(
        "The disclosed parts of {} items were hashed with their salts and compared with the commitments in the leaves, \
         and the list with the disclosed metadata.",
        items.len()
    ));
    let withheld: usize = items.iter().map(|item| item.verdict.withheld.len()).sum();
    if withheld > 0 {
        openings.say(format!(
            "{withheld} parts are withheld; their hashes are included, so that they can still be disclosed and proven."
        ));
    }
    if let Some(journal) = journal {
        let inclusion = found.claim(ClaimName::Inclusion);
        inclusion.checked(format!(
            "The leaves of {} items lead to the root of a checkpoint that the archive signed.",
            items.len()
        ));
        let apart = items
            .iter()
            .filter(|item| item.under.is_some_and(|head| head != journal.checkpoint.head));
        match apart.count() {
            0 => {}
            apart => inclusion.say(format!("{apart} of them under a checkpoint of their own.")),
        }
    }
    Ok(items)
}

fn check<R: Read + Seek>(
    opened: &mut Opened<'_, R>,
    found: &mut Findings,
    (line, journal, hashes): (&Line, Option<&Journal>, &Hashes),
    named: &mut BTreeSet<String>,
) -> Result<Item, VerifyError> {
    let number = line.number;
    let mut record = Record::read(opened, number, named)?;
    let proof = read_proof(opened, number, named)?;
    let mut wrong_inclusion = None;
    let mut under = None;
    match (&proof, journal) {
        (Ok(proof), Some(journal)) => match include(proof, record.leaf.as_ref(), journal) {
            Ok(head) => under = Some(head),
            Err(why) => wrong_inclusion = Some(why),
        },
        (Err(why), _) => wrong_inclusion = Some(why.clone()),
        (Ok(_), None) => {}
    }
    if let (Ok(proof), Some(leaf), Some(opening)) = (&proof, &record.leaf, &record.opening) {
        let expected = Line::of(number, proof.index, leaf, opening, record.meta.as_ref());
        record.problems.extend(differences(line, &expected));
    }
    record.compare_original(number, hashes);
    for problem in &record.problems {
        found
            .claim(ClaimName::Openings)
            .wrong(format!("item {number}: {problem}"));
    }
    if let Some(problem) = &wrong_inclusion {
        found
            .claim(ClaimName::Inclusion)
            .wrong(format!("item {number}: {problem}"));
    }
    let index = proof.map_or(line.journal_index, |proof| proof.index);
    Ok(record.into_item((number, index), wrong_inclusion, under))
}

/// What an item's opening opens.
#[derive(Default)]
struct Record {
    opening: Option<Opening>,
    leaf: Option<Leaf>,
    meta: Option<Metadata>,
    problems: Vec<String>,
}

impl Record {
    fn read<R: Read + Seek>(
        opened: &mut Opened<'_, R>,
        number: u64,
        named: &mut BTreeSet<String>,
    ) -> Result<Record, VerifyError> {
        let mut record = Record::default();
        let name = layout::opening(number);
        let bytes = read(opened, &name, MAX_OPENING)?;
        named.insert(name);
        let opening = bytes.and_then(|bytes| {
            serde_json::from_slice::<Opening>(&bytes)
                .map_err(|error| format!("its opening cannot be read: {error}"))
        });
        let checked = opening.and_then(|opening| match opening.check() {
            Ok(opens) => Ok((opening, opens)),
            Err(error) => Err(error.to_string()),
        });
        match checked {
            Ok((opening, opens)) => {
                record.open_parts(opened, (number, &opening, &opens), named)?;
                record.compare_names(&opening);
                record.leaf = Some(opens.leaf);
                record.opening = Some(opening);
            }
            Err(problem) => record.problems.push(problem),
        }
        Ok(record)
    }

    fn open_parts<R: Read + Seek>(
        &mut self,
        opened: &mut Opened<'_, R>,
        (number, opening, opens): (u64, &Opening, &Opens),
        named: &mut BTreeSet<String>,
    ) -> Result<(), VerifyError> {
        for part in &opening.opened {
            let name = layout::part(number, &part.name);
            let size = opened.reader.size(&name).unwrap_or(0);
            let hasher = part.salt().map_err(|error| error.to_string());
            let hasher = hasher
                .and_then(|salt| PartHasher::new(&salt, &part.name, size).map_err(|error| error.to_string()));
            let mut hasher = match hasher {
                Ok(hasher) => hasher,
                Err(problem) => {
                    self.problems.push(problem);
                    continue;
                }
            };
            if let Err(error) = opened.reader.copy(&name, |piece| hasher.update(piece)) {
                self.problems.push(damage(error)?);
            } else if hasher.finish().ok().as_ref() != opens.parts.get(usize::from(part.number)) {
                self.problems
                    .push(format!("{} is not what was committed to", part.name));
            } else if part.name == layout::META {
                self.read_meta(opened, &name)?;
            }
            if !named.insert(name) {
                self.problems.push(format!("{} is opened twice", part.name));
            }
        }
        Ok(())
    }

    fn read_meta<R: Read + Seek>(
        &mut self,
        opened: &mut Opened<'_, R>,
        name: &str,
    ) -> Result<(), VerifyError> {
        let meta = read(opened, name, MAX_METADATA)?;
        let meta = meta.and_then(|bytes| Metadata::parse(&bytes).map_err(|error| error.to_string()));
        match meta {
            Ok(meta) => self.meta = Some(meta),
            Err(problem) => self
                .problems
                .push(format!("its metadata cannot be read: {problem}")),
        }
        Ok(())
    }

    /// Compares the names of parts with those in the metadata, where that is disclosed.
    fn compare_names(&mut self, opening: &Opening) {
        let names = part_names(self.meta.as_ref());
        let opened = opening.opened.iter().map(|part| (part.number, &part.name));
        let holes = opening.withheld.iter().map(|hole| (hole.number, &hole.name));
        for (number, name) in opened.chain(holes) {
            match names.get(&number) {
                Some(expected) if expected != name => {
                    self.problems
                        .push(format!("part {number} is called {name}, but is {expected}"));
                }
                _ => {}
            }
        }
    }

    /// Compares the original with the hash in the metadata.
    fn compare_original(&mut self, number: u64, hashes: &Hashes) {
        let facts = self.meta.as_ref().and_then(Metadata::facts);
        let Some(sha256) = facts.and_then(|facts| facts.sha256) else {
            return;
        };
        let is_same = |hash: &[u8; 32]| HEXLOWER.encode(hash) == sha256;
        if !hashes
            .get(&layout::part(number, layout::ORIGINAL))
            .is_none_or(is_same)
        {
            self.problems
                .push("the metadata names another hash of the original".to_owned());
        }
    }

    fn into_item(
        self,
        (number, journal_index): (u64, u64),
        wrong_inclusion: Option<String>,
        under: Option<TreeHead>,
    ) -> Item {
        let Record {
            opening,
            leaf,
            meta,
            mut problems,
        } = self;
        problems.extend(wrong_inclusion);
        let status = match (problems.is_empty(), under) {
            (false, _) => Status::Fails,
            (true, Some(_)) => Status::Holds,
            (true, None) => Status::NotChecked,
        };
        let holes = opening.iter().flat_map(|opening| &opening.withheld);
        let disclosed = opening.iter().flat_map(|opening| &opening.opened);
        let logged_at = leaf.map(|leaf| instant::text(instant::of_leaf(leaf.logged_at)));
        let verdict = ItemVerdict {
            number,
            status,
            journal_index,
            logged_at: logged_at.unwrap_or_default(),
            absent_at: None,
            present_by: None,
            disclosed: disclosed.map(|part| part.name.clone()).collect(),
            withheld: holes
                .map(|hole| format!("{}: {}", hole.name, hole.reason))
                .collect(),
            problems,
        };
        Item {
            verdict,
            leaf,
            files: meta.map_or_else(Vec::new, |meta| meta.files),
            under,
        }
    }
}

/// Names of a record's parts by number: the first two by rule, the others from the metadata.
fn part_names(meta: Option<&Metadata>) -> BTreeMap<u16, String> {
    let mut names = BTreeMap::from([(0, layout::META.to_owned()), (1, layout::ORIGINAL.to_owned())]);
    let facts = meta.and_then(Metadata::facts).unwrap_or_default();
    let others = facts.parts.iter().map(|part| format!("part/{}", part.number));
    names.extend((2..).zip(others));
    names
}

fn read_proof<R: Read + Seek>(
    opened: &mut Opened<'_, R>,
    number: u64,
    named: &mut BTreeSet<String>,
) -> Result<Result<Proof, String>, VerifyError> {
    let name = layout::proof(number);
    let bytes = read(opened, &name, MAX_NOTE)?;
    named.insert(name);
    Ok(bytes.and_then(|bytes| Proof::parse(&bytes).map_err(|error| error.to_string())))
}

fn include(proof: &Proof, leaf: Option<&Leaf>, journal: &Journal) -> Result<TreeHead, String> {
    let leaf = leaf.ok_or("without its opening, its inclusion cannot be checked")?;
    let head = if proof.checkpoint == journal.checkpoint.note {
        journal.checkpoint.head
    } else {
        let note = proof.checkpoint.to_string().into_bytes();
        let opened = checkpoint::open("its checkpoint", note, &journal.policy);
        opened.map_err(|error| format!("its checkpoint: {error}"))?.0.head
    };
    verify_inclusion(&head, proof.index, &leaf.hash(), &proof.path).map_err(|error| error.to_string())?;
    Ok(head)
}

/// What a line says otherwise than what is proven.
fn differences(line: &Line, expected: &Line) -> Option<String> {
    if line == expected {
        return None;
    }
    let value = |line: &Line| serde_json::to_value(line).unwrap_or_default();
    let (line, expected) = (value(line), value(expected));
    let names = expected.as_object().into_iter().flat_map(|fields| fields.keys());
    let differing: Vec<&str> = names
        .map(String::as_str)
        .filter(|name| line.get(name) != expected.get(name))
        .collect();
    Some(format!(
        "the list says otherwise than the record: {}",
        differing.join(", ")
    ))
}

/// Finds records that stand in the list twice.
fn check_twice(found: &mut Findings, items: &[Item]) {
    let mut places = BTreeMap::new();
    for item in items.iter().filter(|item| item.leaf.is_some()) {
        let number = item.verdict.number;
        if let Some(other) = places.insert(item.verdict.journal_index, number) {
            let claim = found.claim(ClaimName::Openings);
            claim.wrong(format!("items {other} and {number} are the same record"));
        }
    }
}

fn read<R: Read + Seek>(
    opened: &mut Opened<'_, R>,
    name: &str,
    limit: u64,
) -> Result<Result<Vec<u8>, String>, VerifyError> {
    match opened.reader.read(name, limit) {
        Ok(bytes) => Ok(Ok(bytes)),
        Err(error) => Ok(Err(damage(error)?)),
    }
}

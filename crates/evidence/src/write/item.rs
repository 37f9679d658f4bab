//! Writing one item.

use std::io::{Seek, Write};

use kronika_tlog::commitment::{PartHasher, commit_part};

use super::bagged::Bagged;
use super::{WriteError, error::Unfit};
use crate::item::Line;
use crate::layout;
use crate::metadata::Metadata;
use crate::opening::Opening;
use crate::package::{Disclosed, Item, Source};

/// The item's line, after everything that the line follows from was checked.
pub fn line(number: u64, item: &Item) -> Result<Line, WriteError> {
    let unfit = |why| WriteError::Unfit { number, why };
    let opening = Opening::of(item);
    let opens = opening.check().map_err(|error| unfit(Unfit::Opening(error)))?;
    let meta = item.disclosed.iter().find(|part| part.name == layout::META);
    let meta = match (meta, &item.meta) {
        (Some(part), Some(bytes)) => {
            let found = commit_part(&part.salt, &part.name, bytes).ok();
            if found.as_ref() != opens.parts.get(usize::from(part.number)) {
                let name = layout::META.to_owned();
                return Err(unfit(Unfit::Part { name }));
            }
            Some(Metadata::parse(bytes)?)
        }
        (None, None) => None,
        _ => return Err(unfit(Unfit::Metadata)),
    };
    Ok(Line::of(
        number,
        item.proof.index,
        &item.leaf,
        &opening,
        meta.as_ref(),
    ))
}

pub fn write_original<W: Write + Seek>(
    bag: &mut Bagged<W>,
    source: &mut impl Source,
    number: u64,
    item: &Item,
) -> Result<(), WriteError> {
    match item.disclosed.iter().find(|part| part.name == layout::ORIGINAL) {
        Some(part) => copy_part(bag, source, (number, item), part),
        None => Ok(()),
    }
}

/// Writes the disclosed parts but for metadata and original, in the order of their files' names.
pub fn write_parts<W: Write + Seek>(
    bag: &mut Bagged<W>,
    source: &mut impl Source,
    number: u64,
    item: &Item,
) -> Result<(), WriteError> {
    let is_other = |part: &&Disclosed| part.name != layout::META && part.name != layout::ORIGINAL;
    let mut parts: Vec<_> = item.disclosed.iter().filter(is_other).collect();
    parts.sort_by_key(|part| layout::part(number, &part.name));
    for part in parts {
        copy_part(bag, source, (number, item), part)?;
    }
    Ok(())
}

fn copy_part<W: Write + Seek>(
    bag: &mut Bagged<W>,
    source: &mut impl Source,
    (number, item): (u64, &Item),
    part: &Disclosed,
) -> Result<(), WriteError> {
    let name = part.name.clone();
    let unfit = || WriteError::Unfit {
        number,
        why: Unfit::Part { name: name.clone() },
    };
    let mut hasher = PartHasher::new(&part.salt, &part.name, part.size).map_err(|_| unfit())?;
    let mut content = source.part(number, &part.name)?;
    let file = layout::part(number, &part.name);
    bag.copy(&file, &mut content, |piece| hasher.update(piece))?;
    let found = hasher.finish().map_err(|_| unfit())?;
    if item.parts.get(usize::from(part.number)) == Some(&found) {
        Ok(())
    } else {
        Err(unfit())
    }
}

pub fn write_proof<W: Write + Seek>(bag: &mut Bagged<W>, number: u64, item: &Item) -> Result<(), WriteError> {
    if let Some(meta) = &item.meta {
        bag.add(&layout::part(number, layout::META), meta)?;
    }
    let opening = serde_json::to_vec_pretty(&Opening::of(item))?;
    bag.add(&layout::opening(number), &opening)?;
    bag.add(&layout::proof(number), item.proof.to_string().as_bytes())
}

//! Counting what is unpacked, and stopping what is too much.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use super::{ContainerError, Limits};

/// Below this, a high ratio is no danger: text of one letter is legitimate.
const HARMLESS_BYTES: u64 = 16 << 20;

/// What an archive has unpacked so far; shared between the readers that count.
#[derive(Clone)]
pub(super) struct Meter(Rc<Counts>);

struct Counts {
    limits: Limits,
    packed: Cell<u64>,
    unpacked: Cell<u64>,
    exceeded: Cell<Option<Exceeded>>,
}

#[derive(Clone, Copy)]
enum Exceeded {
    Total,
    Ratio,
}

impl Meter {
    pub fn new(limits: Limits) -> Self {
        let (packed, unpacked, exceeded) = Default::default();
        Self(Rc::new(Counts {
            limits,
            packed,
            unpacked,
            exceeded,
        }))
    }

    /// Counts bytes of the archive itself.
    pub fn add_packed(&self, bytes: u64) {
        self.0.packed.set(self.0.packed.get().saturating_add(bytes));
    }

    fn add_unpacked(&self, bytes: u64) -> io::Result<()> {
        let unpacked = self.0.unpacked.get().saturating_add(bytes);
        self.0.unpacked.set(unpacked);
        let Limits { total, ratio, .. } = self.0.limits;
        let exceeded = if unpacked > total {
            Exceeded::Total
        } else if unpacked > HARMLESS_BYTES && unpacked / self.0.packed.get().max(1) > ratio {
            Exceeded::Ratio
        } else {
            return Ok(());
        };
        self.0.exceeded.set(Some(exceeded));
        Err(io::Error::other("the archive unpacks to more than it may"))
    }

    /// The error that ended the archive, if a limit was exceeded.
    pub fn exceeded(&self) -> Option<ContainerError> {
        let Limits { total, ratio, .. } = self.0.limits;
        self.0.exceeded.get().map(|exceeded| match exceeded {
            Exceeded::Total => ContainerError::TooLarge { limit: total },
            Exceeded::Ratio => ContainerError::Bomb { ratio },
        })
    }

    pub fn packed<R: Read>(&self, reader: R) -> Packed<R> {
        Packed {
            reader,
            meter: self.clone(),
        }
    }

    pub fn unpacked<R: Read>(&self, reader: R) -> Unpacked<R> {
        Unpacked {
            reader,
            meter: self.clone(),
        }
    }
}

/// A reader of an archive.
pub(super) struct Packed<R> {
    reader: R,
    meter: Meter,
}

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.meter.add_packed(read as u64);
        Ok(read)
    }
}

/// A reader of what is in an archive.
pub(super) struct Unpacked<R> {
    reader: R,
    meter: Meter,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.meter.add_unpacked(read as u64)?;
        Ok(read)
    }
}

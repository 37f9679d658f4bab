//! Elements of DER, one after another, as the bytes they were received in.

use der::asn1::AnyRef;
use der::{Decode, Reader, SliceReader, Tag, TagNumber};

/// One element: its tag, its content, and all of its bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'a> {
    pub tag: Tag,
    pub content: &'a [u8],
    pub bytes: &'a [u8],
}

impl<'a> Element<'a> {
    /// Reads bytes that are one element and nothing else.
    pub fn read(bytes: &'a [u8]) -> der::Result<Element<'a>> {
        let any = AnyRef::from_der(bytes)?;
        Ok(Element {
            tag: der::Tagged::tag(&any),
            content: any.value(),
            bytes,
        })
    }

    /// Reads bytes that are one SEQUENCE, and gives what is in it.
    pub fn read_sequence(bytes: &'a [u8]) -> der::Result<Elements<'a>> {
        let element = Element::read(bytes)?;
        element.tag.assert_eq(Tag::Sequence)?;
        element.elements()
    }

    /// What is in it.
    pub fn elements(self) -> der::Result<Elements<'a>> {
        Elements::of(self.content)
    }

    /// The element as a type of its own.
    pub fn decode<T: Decode<'a, Error = der::Error>>(self) -> der::Result<T> {
        T::from_der(self.bytes)
    }

    pub fn is(self, tag: Tag) -> bool {
        self.tag == tag
    }
}

/// Elements that follow each other.
#[derive(Debug, Clone)]
pub(crate) struct Elements<'a>(SliceReader<'a>);

impl<'a> Elements<'a> {
    pub fn of(bytes: &'a [u8]) -> der::Result<Elements<'a>> {
        SliceReader::new(bytes).map(Elements)
    }

    /// The next element, if there is one.
    pub fn next(&mut self) -> der::Result<Option<Element<'a>>> {
        if self.0.is_finished() {
            return Ok(None);
        }
        Element::read(self.0.tlv_bytes()?).map(Some)
    }

    /// The next element, which must be there and have this tag.
    pub fn take(&mut self, tag: Tag) -> der::Result<Element<'a>> {
        let element = Element::read(self.0.tlv_bytes()?)?;
        element.tag.assert_eq(tag)?;
        Ok(element)
    }

    /// The next element, if it has this tag.
    pub fn take_if(&mut self, tag: Tag) -> der::Result<Option<Element<'a>>> {
        if self.0.is_finished() || Tag::peek(&self.0)? != tag {
            return Ok(None);
        }
        self.take(tag).map(Some)
    }

    /// The next element as a type of its own.
    pub fn decode<T: Decode<'a, Error = der::Error>>(&mut self) -> der::Result<T> {
        Element::read(self.0.tlv_bytes()?)?.decode()
    }

    /// The only element that is left.
    pub fn only(mut self) -> der::Result<Element<'a>> {
        let element = Element::read(self.0.tlv_bytes()?)?;
        self.finish()?;
        Ok(element)
    }

    /// Nothing may be left.
    pub fn finish(self) -> der::Result<()> {
        self.0.finish()
    }
}

/// The tag `[number]` of something constructed.
pub(crate) const fn context(number: u32) -> Tag {
    Tag::ContextSpecific {
        constructed: true,
        number: TagNumber(number),
    }
}

/// The tag `[number]` of something that is not constructed.
pub(crate) const fn context_primitive(number: u32) -> Tag {
    Tag::ContextSpecific {
        constructed: false,
        number: TagNumber(number),
    }
}

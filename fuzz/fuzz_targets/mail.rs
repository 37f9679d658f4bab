//! A message: captured, each part decoded, read, made safe.
#![no_main]

use kronika_intake::mail;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &[u8]| {
    let Ok(message) = mail::capture(raw) else { return };
    for part in &message.parts {
        assert_eq!(mail::decode(part, raw).len(), part.size);
    }
    let reading = mail::reading(raw, &message);
    assert_eq!(
        reading.blocks.last().map_or(0, |block| block.range.end),
        reading.text.len()
    );
    if let Some(html) = reading.html {
        let clean = mail::sanitised(&html, &|id| Some(id.to_owned()));
        assert!(!clean.html.contains("<script"));
    }
});

//! Tests of the interface: its texts, dates, drawings, and every page of the gallery in every language.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so by failing"
)]

#[path = "../../examples/gallery/archive.rs"]
mod archive;
#[path = "../../examples/gallery/desk.rs"]
mod desk;
#[path = "../../examples/gallery/diary.rs"]
mod diary;
#[path = "../../examples/gallery/evidence.rs"]
mod evidence;
#[path = "../../examples/gallery/gate.rs"]
mod gate;
#[path = "../../examples/gallery/given.rs"]
mod given;
#[path = "../../examples/gallery/guideline.rs"]
mod guideline;
#[path = "../../examples/gallery/hall.rs"]
mod hall;
#[path = "../../examples/gallery/house.rs"]
mod house;
#[path = "../../examples/gallery/sample.rs"]
mod sample;
#[path = "../../examples/gallery/serve.rs"]
mod serve;
#[path = "../../examples/gallery/webhook.rs"]
mod webhook;

mod dates;
mod pages;
mod policy;
mod seal;
mod sources;
mod texts;

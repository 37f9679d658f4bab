//! What a browser meets: pages, texts, and the styles and scripts behind them.

pub mod api;
pub mod app;
mod asked;
pub mod assets;
pub mod dates;
mod fields;
pub mod gate;
mod guard;
mod health;
pub mod locale;
pub mod pages;
pub mod public;
mod refusal;
mod sight;
pub mod steps;
pub mod view;
mod visitor;
mod whence;
pub mod work;

//! What a browser meets: pages, texts, and the styles and scripts behind them.

pub mod app;
mod asked;
pub mod assets;
pub mod dates;
mod fields;
mod guard;
mod health;
pub mod locale;
pub mod pages;
mod refusal;
pub mod view;
mod visitor;
pub mod work;

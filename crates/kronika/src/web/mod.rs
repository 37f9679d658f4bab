//! What a browser meets: pages, texts, and the styles and scripts behind them.

pub mod api;
pub mod app;
mod asked;
pub mod assets;
pub mod dates;
mod fields;
pub mod gate;
mod guard;
pub mod hall;
mod health;
mod introduction;
pub mod limit;
pub mod listen;
pub mod locale;
pub mod packages;
pub mod pages;
mod refusal;
mod sight;
pub mod steps;
pub mod tls;
pub mod upload;
pub mod view;
mod visitor;
mod whence;
pub mod wording;
pub mod work;

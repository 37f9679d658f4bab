//! What a browser meets: pages, texts, and the styles and scripts behind them.

pub mod assets;
pub mod dates;
pub mod locale;
pub mod view;

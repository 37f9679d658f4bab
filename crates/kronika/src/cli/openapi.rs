//! `kronika openapi`

use clap::Args;

use super::{Failure, Finding};
use crate::web::api::document;

/// Print the description of the API (OpenAPI 3.1)
#[derive(Args)]
pub struct Openapi {}

impl Openapi {
    pub fn run(self) -> Result<Finding, Failure> {
        say!("{}", document::json());
        Ok(Finding::Fine)
    }
}

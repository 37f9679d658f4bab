//! One page of many: a cursor says where the next one begins.

use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use super::problem::Problem;

/// Lines of a page when nobody says how many.
const USUAL: u16 = 50;
const MOST: u16 = 200;

/// One page
#[derive(Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Give this as `cursor` for the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// How many lines are wanted.
pub fn limit(asked: Option<u16>) -> Result<usize, Problem> {
    match asked.unwrap_or(USUAL) {
        limit @ 1..=MOST => Ok(limit.into()),
        _ => Err(Problem::bad_request(format!(
            "Ask for a limit between 1 and {MOST}."
        ))),
    }
}

/// What a cursor says; whoever gets one need not know.
pub fn write(place: &impl Serialize) -> String {
    BASE64URL_NOPAD.encode(&serde_json::to_vec(place).unwrap_or_default())
}

pub fn read<T: DeserializeOwned>(cursor: Option<&str>) -> Result<Option<T>, Problem> {
    let Some(cursor) = cursor else { return Ok(None) };
    let bytes = BASE64URL_NOPAD.decode(cursor.as_bytes()).ok();
    let place = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let wrong = || Problem::bad_request("Give as cursor what an earlier page gave as next, or leave it out.");
    place.map(Some).ok_or_else(wrong)
}

/// Cuts off what was read only to know whether there is more; gives the last line that stays, if so.
pub fn cut<T>(lines: &mut Vec<T>, limit: usize) -> Option<&T> {
    let more = lines.len() > limit;
    lines.truncate(limit);
    lines.last().filter(|_| more)
}

//! The seal: a drawing that follows from a record's leaf hash and from nothing else.
//!
//! The same record always has the same seal. It helps the eye to tell records apart and is no proof by itself: the
//! proof is the inclusion of the leaf in the journal's tree.

use std::f64::consts::TAU;
use std::fmt::Write;

/// SVG path data for a 100 by 100 view box, to be drawn one above the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// The outline of the wax, to be filled.
    pub edge: String,
    /// A ring of strokes, one for each byte of the hash.
    pub ticks: String,
    /// The engraved figure in the middle, to be stroked.
    pub figure: String,
}

impl Seal {
    /// Draws the seal of a leaf hash (SHA-256).
    pub fn of(hash: &[u8; 32]) -> Seal {
        Seal {
            edge: edge(hash),
            ticks: ticks(hash),
            figure: figure(hash),
        }
    }

    /// Draws the seal of a hash written in hexadecimal; none when it is not 64 hexadecimal digits.
    pub fn of_hex(hex: &str) -> Option<Seal> {
        let mut hash = [0; 32];
        if hex.len() != 64 || !hex.is_ascii() {
            return None;
        }
        for (index, byte) in hash.iter_mut().enumerate() {
            *byte = u8::from_str_radix(hex.get(2 * index..2 * index + 2)?, 16).ok()?;
        }
        Some(Seal::of(&hash))
    }
}

/// Wax pressed by hand: sixteen soft bulges whose reach follows the first sixteen bytes.
fn edge(hash: &[u8; 32]) -> String {
    let reach = |index: usize| 44.0 + f64::from(hash[index % 16]) / 255.0 * 4.5;
    let mut path = String::new();
    for index in 0..16 {
        let (x, y) = point(angle(index, 16), reach(index));
        // A quadratic through the middle between two bulges keeps the outline round and without corners.
        let (mid_x, mid_y) = point(angle(2 * index + 1, 32), (reach(index) + reach(index + 1)) / 2.0);
        if index == 0 {
            let (start_x, start_y) = point(angle(31, 32), (reach(15) + reach(16)) / 2.0);
            push(&mut path, "M", &[start_x, start_y]);
        }
        push(&mut path, "Q", &[x, y, mid_x, mid_y]);
    }
    path.push('Z');
    path
}

/// A stroke for each byte, its length telling the byte's value in sixteen steps.
fn ticks(hash: &[u8; 32]) -> String {
    let mut path = String::new();
    for (index, byte) in hash.iter().enumerate() {
        let (x1, y1) = point(angle(index, 32), 38.0);
        let (x2, y2) = point(angle(index, 32), 37.0 - f64::from(byte >> 4) * 0.5);
        push(&mut path, "M", &[x1, y1]);
        push(&mut path, "L", &[x2, y2]);
    }
    path
}

/// A rosette as on old banknotes: `r = a + b cos(n t) + c cos(m t)`, its petals and waves chosen by the hash.
fn figure(hash: &[u8; 32]) -> String {
    let petals = f64::from(3 + hash[16] % 6);
    let waves = petals * f64::from(2 + hash[17] % 3);
    let deep = 3.0 + f64::from(hash[18]) / 255.0 * 5.0;
    let fine = 1.0 + f64::from(hash[19]) / 255.0 * 2.5;
    let turn = f64::from(hash[20]) / 255.0 * TAU;
    let mut path = String::new();
    for (ring, scale) in [1.0, 0.66, 0.34].into_iter().enumerate() {
        let twist = turn + f64::from(hash[21 + ring]) / 255.0 * TAU / petals;
        let steps = 120;
        for step in 0..steps {
            let along = angle(step, steps);
            let radius = 16.5 + deep * (petals * along + twist).cos() + fine * (waves * along).cos();
            let (x, y) = point(along, radius * scale);
            push(&mut path, if step == 0 { "M" } else { "L" }, &[x, y]);
        }
        path.push('Z');
    }
    path
}

fn angle(index: usize, of: usize) -> f64 {
    TAU * index as f64 / of as f64
}

/// The point at an angle clockwise from the top and a distance from the middle.
fn point(angle: f64, radius: f64) -> (f64, f64) {
    (50.0 + radius * angle.sin(), 50.0 - radius * angle.cos())
}

fn push(path: &mut String, command: &str, numbers: &[f64]) {
    path.push_str(command);
    for (index, number) in numbers.iter().enumerate() {
        let space = if index == 0 { "" } else { " " };
        // Writing to a string cannot fail.
        let _ = write!(path, "{space}{number:.1}");
    }
}

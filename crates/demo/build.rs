//! The texts are embedded by a macro that does not tell cargo which files it read; this does.
fn main() {
    println!("cargo:rerun-if-changed=texts");
}

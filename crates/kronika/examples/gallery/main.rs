//! Every page of the interface with sample data, for looking at and for pictures.
//!
//! `cargo run --example gallery [PORT]`, then open `http://127.0.0.1:PORT/`. `?lang=pl|sk|ru|en` and
//! `?theme=light|dark` choose how pages look, and stay chosen.

mod archive;
mod desk;
mod diary;
mod evidence;
mod gate;
mod given;
mod guideline;
mod hall;
mod house;
mod sample;
mod serve;
mod webhook;

use std::net::Ipv4Addr;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args()
        .nth(1)
        .and_then(|port| port.parse().ok())
        .unwrap_or(8787);
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    eprintln!("http://{}/", listener.local_addr()?);
    axum::serve(listener, serve::router()).await
}

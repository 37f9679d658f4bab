//! What reaches the server from the network, well meant or not.

mod flood;
mod host;
mod log;
mod tls;

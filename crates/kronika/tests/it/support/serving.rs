//! The server as a process of its own, asked over a socket.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::program::Installed;

pub struct Serving {
    process: Child,
    /// Host and port.
    pub address: String,
    /// What it said on standard error goes here.
    log: std::path::PathBuf,
}

impl Serving {
    /// Starts it and waits until it answers.
    pub fn start(installed: &Installed, options: &[&str], change: impl FnOnce(&mut Command)) -> Serving {
        let (told, log) = (installed.path("address"), installed.path("log"));
        let mut command = installed.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.arg("--address-file").arg(&told).args(options);
        command
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(&log).unwrap());
        change(&mut command);
        let mut process = command.spawn().unwrap();
        for _ in 0..600 {
            if let Some(url) = std::fs::read_to_string(&told)
                .ok()
                .filter(|url| url.ends_with('\n'))
            {
                let address = url.trim().split_once("://").unwrap().1.to_owned();
                return Serving {
                    process,
                    address,
                    log,
                };
            }
            assert!(process.try_wait().unwrap().is_none(), "it ended: {}", read(&log));
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("it did not start: {}", read(&log));
    }

    /// Sends a request and reads the answer to its end.
    pub fn ask(&self, head: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let host = if head.to_lowercase().contains("\nhost:") {
            String::new()
        } else {
            format!("host: {}\r\n", self.address)
        };
        let length = body.len();
        let whole = format!("{head}\r\n{host}connection: close\r\ncontent-length: {length}\r\n\r\n{body}");
        stream.write_all(whole.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Sends it a hangup.
    pub fn hang_up(&self) {
        let pid = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-HUP", &pid])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Ends it; all that it logged.
    pub fn log(mut self) -> String {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        read(&self.log)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn read(path: &std::path::Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned()
}

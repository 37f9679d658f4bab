//! One PostgreSQL server for the whole run of tests.
//!
//! `KRONIKA_TEST_POSTGRES` names one that runs already; else a fresh one is started in a temporary folder, reachable
//! through a Unix socket only. A shell that waits at the end of a pipe stops it when this process is gone, however
//! it went.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// A server that this process started. Its standard input is the pipe whose end stops it.
struct Server {
    url: String,
    _shell: Child,
}

static SERVER: OnceLock<Server> = OnceLock::new();

/// Address of a database where tests make schemas of their own.
pub fn url() -> String {
    if let Ok(url) = std::env::var("KRONIKA_TEST_POSTGRES") {
        return url;
    }
    SERVER.get_or_init(start).url.clone()
}

/// All that the server of this run said; `None` when another one is used.
pub fn log() -> Option<String> {
    let (_, rest) = SERVER.get()?.url.split_once("host=")?;
    let folder = rest.split('&').next()?;
    fs::read_to_string(Path::new(folder).join("log")).ok()
}

const SCRIPT: &str = r#"
"$bin/initdb" --no-sync --auth=trust --encoding=UTF8 --no-locale --username=postgres -D "$folder/data" >"$folder/log" 2>&1 || exit 1
"$bin/postgres" -D "$folder/data" -k "$folder" -h "" -F -c max_connections=300 -c shared_buffers=32MB \
    -c full_page_writes=off -c synchronous_commit=on >>"$folder/log" 2>&1 </dev/null &
server=$!
until grep -q "ready to accept connections" "$folder/log"; do
    kill -0 $server || exit 1
    sleep 0.1
done
echo ready
read -r _
kill -INT $server
wait $server
rm -rf "$folder"
"#;

fn start() -> Server {
    let bin = programs();
    let folder = tempfile::Builder::new()
        .prefix("kronika-pg")
        .tempdir_in("/tmp")
        .unwrap()
        .keep();
    let mut shell = Command::new("sh");
    shell.args(["-c", SCRIPT]).env("bin", &bin).env("folder", &folder);
    shell
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    // A terminal's Ctrl-C reaches this process, and through the pipe the server, in that order.
    shell.process_group(0);
    if let Some((user, group)) = other_user() {
        std::os::unix::fs::chown(&folder, Some(user), Some(group)).unwrap();
        shell.current_dir(&folder).uid(user).gid(group);
    }
    let mut shell = shell.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(shell.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
    assert_eq!(line.trim(), "ready", "PostgreSQL did not start: {log}");
    Server {
        url: format!("postgres:///postgres?host={}&user=postgres", folder.display()),
        _shell: shell,
    }
}

/// Where `initdb` and `postgres` are.
fn programs() -> PathBuf {
    let debian = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut folders: Vec<PathBuf> = debian.map(|version| version.path().join("bin")).collect();
    folders.sort_by(|one, other| other.cmp(one));
    let paths = std::env::var_os("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&paths));
    let whole = |folder: &&PathBuf| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    folders.iter().find(whole).cloned().expect(
        "PostgreSQL is not installed, and the archive must work on it: install the package `postgresql` \
        (on Debian `apt-get install postgresql`), or name a running server in KRONIKA_TEST_POSTGRES",
    )
}

/// PostgreSQL refuses to run as root; then it runs as the user its package made.
fn other_user() -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt;
    let myself = fs::metadata("/proc/self")
        .or_else(|_| fs::metadata(Path::new(".")))
        .unwrap();
    if myself.uid() != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").unwrap();
    let fields = users
        .lines()
        .map(|line| line.split(':').collect::<Vec<_>>())
        .find(|fields| fields[0] == "postgres");
    let fields = fields.expect("PostgreSQL needs a user `postgres` when the tests run as root");
    Some((fields[2].parse().unwrap(), fields[3].parse().unwrap()))
}

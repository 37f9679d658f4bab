//! The typesetter: a program of its own beside ours, so that what it needs of memory ends with it.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use kronika_report::Report;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// The program.
const NAME: &str = "kronika-report";
/// A volume that takes longer is given up.
const TIME_LIMIT: Duration = Duration::from_secs(120);
/// A volume is never as large as this many bytes.
const SIZE_LIMIT: u64 = 512 * 1024 * 1024;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    #[error("the program {NAME} is not beside kronika; put it there, or name it in KRONIKA_REPORT")]
    Absent,
    #[error("the report could not be typeset: {0}")]
    Failed(String),
    #[error("typesetting the report took more than {} seconds", TIME_LIMIT.as_secs())]
    Slow,
}

/// Typesets one volume.
pub async fn typeset(report: &Report) -> Result<Vec<u8>, WorkerError> {
    let failed = |error: &dyn std::fmt::Display| WorkerError::Failed(error.to_string());
    let json = serde_json::to_vec(report).map_err(|error| failed(&error))?;
    let mut child = tokio::process::Command::new(program().ok_or(WorkerError::Absent)?)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| failed(&error))?;
    let (Some(mut input), Some(output), Some(mut said)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(WorkerError::Failed("it cannot be reached".to_owned()));
    };
    let talk = async {
        let (mut pdf, mut why) = (Vec::new(), String::new());
        let mut output = output.take(SIZE_LIMIT);
        // It may give up before it has read everything; its status says why.
        let write = async move {
            let _ = input.write_all(&json).await;
        };
        let ((), read, _) = tokio::join!(write, output.read_to_end(&mut pdf), said.read_to_string(&mut why));
        read?;
        Ok::<_, std::io::Error>((child.wait().await?, pdf, why))
    };
    let talked = tokio::time::timeout(TIME_LIMIT, talk)
        .await
        .map_err(|_| WorkerError::Slow)?;
    let (status, pdf, why) = talked.map_err(|error| failed(&error))?;
    if status.success() {
        Ok(pdf)
    } else {
        Err(WorkerError::Failed(why.trim().to_owned()))
    }
}

/// Beside our own program, or one folder above it, where tests are.
fn program() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("KRONIKA_REPORT") {
        return Some(PathBuf::from(named));
    }
    let own = std::env::current_exe().ok()?;
    let beside = own.ancestors().skip(1).take(2);
    beside
        .map(|folder| folder.join(NAME))
        .find(|program| program.is_file())
}

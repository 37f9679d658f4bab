//! `kronika-demo OUT_DIR` makes the demonstration archive; `kronika-demo --check` only looks whether its texts are right.

use std::path::Path;
use std::process::ExitCode;

use kronika_demo::{DemoError, check, generate};

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let made = match (arguments.next(), arguments.next()) {
        (Some(word), None) if word == "--check" => check(),
        (Some(out), None) if !out.to_string_lossy().starts_with('-') => generate(Path::new(&out)),
        _ => {
            eprintln!("usage: kronika-demo OUT_DIR | --check");
            return ExitCode::from(2);
        }
    };
    match made {
        Ok(summary) => {
            let kronika_demo::Summary {
                clients,
                threads,
                messages,
                copies,
            } = summary;
            println!("{messages} messages ({copies} copies) in {threads} threads with {clients} clients");
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

fn complain(error: &DemoError) {
    match error {
        DemoError::Texts(faults) => faults.iter().for_each(|fault| eprintln!("texts/{fault}")),
        DemoError::Write { source, .. } => eprintln!("{error}: {source}"),
        _ => eprintln!("{error}"),
    }
}

//! The `maatstaf` binary: reads the command line, runs it, and turns an error into a sentence and an exit code.

use std::process::ExitCode;

use clap::Parser as _;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = server::cli::Cli::parse();
    match server::cli::run(cli).await {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("maatstaf: {error:#}");
            ExitCode::from(2)
        }
    }
}

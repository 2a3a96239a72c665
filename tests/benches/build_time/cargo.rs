//! Runs one build of one crate and measures its cost.

use std::error::Error;
use std::fmt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// GNU time, which reports the resources that a program and its children use.
const TIME: &str = "/usr/bin/time";

/// The kind of build.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A build with the profile `dev`, from nothing.
    Dev,
    /// A build with the profile `release`, from nothing.
    Release,
    /// A build with the profile `dev`, from the state that the last build left.
    Incremental,
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Dev => "dev",
            Self::Release => "release",
            Self::Incremental => "dev, incremental",
        })
    }
}

/// A build of the crate in a folder.
pub(crate) struct Build<'a> {
    pub(crate) folder: &'a Path,
    /// The target folder, which the crates share.
    pub(crate) target: &'a Path,
    pub(crate) mode: Mode,
    pub(crate) feature: Option<&'a str>,
}

/// The cost of a build.
pub(crate) struct Cost {
    pub(crate) wall: Duration,
    /// The usage of resources; `None` without GNU time.
    pub(crate) more: Option<Usage>,
}

/// The resources that the processes of a build used.
pub(crate) struct Usage {
    /// The user time of all threads, in seconds.
    pub(crate) user: f64,
    /// The maximum memory of one process, the compiler, in MiB.
    pub(crate) peak: f64,
}

impl Build<'_> {
    /// Builds the crate as far as it is not built yet.
    pub(crate) fn run(&self) -> Result<Cost, Box<dyn Error>> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let usage = self.target.with_extension("usage");
        let is_timed = Path::new(TIME).exists();
        let mut command = if is_timed {
            let mut command = Command::new(TIME);
            command.args(["-f", "%U %M", "-o"]).arg(&usage).arg(cargo);
            command
        } else {
            Command::new(cargo)
        };
        command.args(["build", "--quiet", "--lib", "--offline", "--manifest-path"]).arg(self.folder.join("Cargo.toml"));
        command.arg("--target-dir").arg(self.target);
        if self.mode == Mode::Release {
            command.arg("--release");
        }
        if let Some(feature) = self.feature {
            command.args(["--features", feature]);
        }
        command.env("CARGO_INCREMENTAL", if self.mode == Mode::Incremental { "1" } else { "0" });
        // Cargo caps the lints of every dependency like this.
        command.env("RUSTFLAGS", "--cap-lints=allow");
        let start = Instant::now();
        let status = command.status()?;
        let wall = start.elapsed();
        if !status.success() {
            return Err(format!("{}: the build ended with {status}", self.folder.display()).into());
        }
        let more = if is_timed { Some(read(&std::fs::read_to_string(&usage)?)?) } else { None };
        Ok(Cost { wall, more })
    }
}

/// Parses the seconds and KiB of the format passed to GNU time.
fn read(text: &str) -> Result<Usage, Box<dyn Error>> {
    let (user, peak) = text.trim().split_once(' ').ok_or_else(|| format!("{TIME} said {text:?}"))?;
    Ok(Usage { user: user.parse()?, peak: peak.parse::<f64>()? / 1024.0 })
}

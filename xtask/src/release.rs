//! The command `release --check`, which reports what is missing for a publication.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use codegen::release::{Changelog, Version};
use lexopt::prelude::*;
use serde_json::Value as Json;

use crate::spec::git;
use crate::{Failure, root};

/// The folder of the crate that is published.
const PUBLISHED: &str = "generated-client";
/// The manifest fields that the page of a crate shows, at the registry or docs.rs.
const FIELDS: [&str; 6] = ["description", "license", "repository", "readme", "documentation", "rust_version"];
/// The licences of the code, and of the facts that it is made from.
const LICENCES: [&str; 3] = ["LICENSE-APACHE", "LICENSE-MIT", "LICENSE-intercom"];

pub(crate) fn run(mut arguments: lexopt::Parser) -> Result<ExitCode, Failure> {
    let mut check = false;
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("check") => check = true,
            other => return Err(other.unexpected().into()),
        }
    }
    if !check {
        return Err(Failure::Usage("release needs --check".to_owned()));
    }
    let package = package()?;
    let version = package["version"].as_str().unwrap_or_default();
    let missing =
        [committed(), changelog(version), manifest(&package), licences(), rust_versions(&package)?, packaged()]
            .into_iter()
            .flatten()
            .collect::<Vec<String>>();
    missing.iter().for_each(|what| println!("missing: {what}"));
    if missing.is_empty() {
        println!("nothing is missing for {version}: tag it, and run `cargo publish -p {}`", text(&package, "name"));
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}

fn text<'j>(of: &'j Json, key: &str) -> &'j str {
    of[key].as_str().unwrap_or_default()
}

fn failed(message: impl std::fmt::Display) -> Failure {
    Failure::Input(format!("error: {message}"))
}

/// Runs Cargo in the folder of the published crate and returns its output or its error. Without `--quiet`, a line about
/// a lock that another Cargo holds would stand before the error.
fn cargo(arguments: &[&str]) -> Result<String, String> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(program).arg("--quiet").args(arguments).current_dir(root().join(PUBLISHED)).output();
    let output = output.map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    }
}

fn metadata(more: &[&str]) -> Result<Json, Failure> {
    let arguments = [&["metadata", "--format-version", "1"][..], more].concat();
    serde_json::from_str(&cargo(&arguments).map_err(failed)?).map_err(failed)
}

/// Returns the manifest of the published crate as Cargo reads it.
fn package() -> Result<Json, Failure> {
    let metadata = metadata(&["--no-deps"])?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let is_published =
        |it: &&Json| Path::new(text(it, "manifest_path")).parent().is_some_and(|it| it.ends_with(PUBLISHED));
    packages.into_iter().find(is_published).cloned().ok_or_else(|| failed(format!("no package in {PUBLISHED}")))
}

fn committed() -> Vec<String> {
    match git(&["status", "--porcelain"]) {
        Ok(changed) if changed.trim().is_empty() => vec![],
        Ok(changed) => vec![format!("a commit of {} changed files", changed.lines().count())],
        Err(error) => vec![format!("a repository of git: {error}")],
    }
}

/// Checks that the newest section of the changelog is this version with a date, and that no released version is
/// greater.
fn changelog(version: &str) -> Vec<String> {
    let log = fs::read_to_string(root().join("CHANGELOG.md")).unwrap_or_default();
    let newest = Changelog(&log).newest().unwrap_or_default();
    let Some(parsed) = Version::parse(version) else { return vec![format!("a version of three numbers: {version}")] };
    match (newest.strip_prefix(version), Changelog(&log).released()) {
        (Some(day), Some(released)) if released == parsed && is_day(day.trim()) => vec![],
        (_, Some(released)) if released > parsed => vec![format!("a version after {released}, which was released")],
        _ => vec![format!("`## {version} (YYYY-MM-DD)` as the newest heading of CHANGELOG.md, which is `## {newest}`")],
    }
}

fn is_day(text: &str) -> bool {
    let shape: String = text.chars().map(|it| if it.is_ascii_digit() { '0' } else { it }).collect();
    shape == "(0000-00-00)"
}

fn manifest(package: &Json) -> Vec<String> {
    let mut missing: Vec<String> =
        FIELDS.iter().filter(|field| text(package, field).is_empty()).map(|field| field.replace('_', "-")).collect();
    for field in ["keywords", "categories"] {
        if package[field].as_array().is_none_or(Vec::is_empty) {
            missing.push(field.to_owned());
        }
    }
    let docs = &package["metadata"]["docs"]["rs"];
    let features = docs["features"].as_array().map(Vec::as_slice).unwrap_or_default();
    if docs.is_null() {
        missing.push("[package.metadata.docs.rs]".to_owned());
    }
    let unknown = features.iter().filter_map(Json::as_str).filter(|feature| package["features"].get(feature).is_none());
    let mut told: Vec<String> = missing.iter().map(|field| format!("{field} in {PUBLISHED}/Cargo.toml")).collect();
    told.extend(unknown.map(|feature| format!("the feature {feature}, which the metadata of docs.rs names")));
    told
}

/// Checks that each licence, including that of the facts, equals its original elsewhere in the repository.
fn licences() -> Vec<String> {
    let read = |path: String| fs::read(root().join(path)).ok();
    let beside = |name: &str| if name == "LICENSE-intercom" { format!("spec/{name}") } else { name.to_owned() };
    let differs = |name: &&&str| match read(format!("{PUBLISHED}/{name}")) {
        None => true,
        text => text != read(beside(name)),
    };
    LICENCES.iter().filter(differs).map(|name| format!("{PUBLISHED}/{name}, the same as {}", beside(name))).collect()
}

/// Returns the dependencies of the published crate that need a newer Rust than it promises.
fn rust_versions(package: &Json) -> Result<Vec<String>, Failure> {
    let metadata = metadata(&["--all-features"])?;
    let promised = rust_version(text(package, "rust_version"));
    let below = below(&metadata["resolve"], text(package, "id"));
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let newer =
        packages.filter(|it| below.contains(&text(it, "id")) && rust_version(text(it, "rust_version")) > promised);
    let told = |it: &Json| {
        format!("{} {} for an older Rust: it wants {}", text(it, "name"), text(it, "version"), it["rust_version"])
    };
    Ok(newer.map(told).collect())
}

fn rust_version(text: &str) -> Vec<u64> {
    text.split('.').filter_map(|part| part.parse().ok()).chain([0, 0]).take(3).collect()
}

/// Returns the ids of a package and of its dependencies, without dev-dependencies.
fn below<'j>(resolve: &'j Json, root: &'j str) -> Vec<&'j str> {
    let nodes = resolve["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut found = vec![root];
    let mut next = 0;
    while let Some(id) = found.get(next) {
        let node = nodes.iter().find(|node| text(node, "id") == *id);
        for of in node.and_then(|node| node["deps"].as_array()).into_iter().flatten() {
            let kinds = of["dep_kinds"].as_array().map(Vec::as_slice).unwrap_or_default();
            if kinds.iter().any(|kind| kind["kind"] != "dev") && !found.contains(&text(of, "pkg")) {
                found.push(text(of, "pkg"));
            }
        }
        next += 1;
    }
    found
}

/// Checks the files that Cargo would pack. Only `cargo package` tells whether they compile, which takes a whole build.
fn packaged() -> Vec<String> {
    match cargo(&["package", "--list", "--allow-dirty"]) {
        Err(error) => vec![format!("a package: {error}")],
        Ok(listed) => {
            let lacks = |file: &&str| !listed.lines().any(|line| line == *file);
            let wanted = ["Cargo.toml", "README.md", "src/lib.rs"].into_iter().chain(LICENCES);
            wanted.filter(lacks).map(|file| format!("{file} in the package")).collect()
        }
    }
}

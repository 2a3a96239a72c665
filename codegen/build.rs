//! Reads the source of the client's runtime: its files, which `--out` copies, and the names that generated code must
//! not reuse. Both come from the source, so neither can fall behind it.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use syn::{ImplItem, Item, UseTree};

/// The path of the runtime, relative to this crate.
const RUNTIME: &str = "../generated-client/src/runtime";

/// The types to which generated code adds methods.
const EXTENDED: [&str; 3] = ["Client", "ClientBuilder", "Request"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={RUNTIME}");
    let root = fs::canonicalize(Path::new(&std::env::var("CARGO_MANIFEST_DIR")?).join(RUNTIME))?;
    let mut files = Vec::new();
    list(&root, &mut files)?;
    files.sort();

    let mut text = String::from("pub(crate) const FILES: &[(&str, &str)] = &[\n");
    let mut names = Names::default();
    for path in &files {
        let below = path.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
        writeln!(text, "    ({below:?}, include_str!({path:?})),")?;
        let file = syn::parse_file(&fs::read_to_string(path)?).map_err(|error| format!("{below}: {error}"))?;
        names.read(&file.items, below == "mod.rs");
    }
    text.push_str("];\n");
    let list = |names: &BTreeSet<String>| format!("{:?}", Vec::from_iter(names));
    writeln!(text, "pub(crate) const TYPES: &[&str] = &{};", list(&names.types))?;
    for of in EXTENDED {
        let methods = names.methods.remove(of).ok_or_else(|| format!("the runtime has no methods of `{of}`"))?;
        writeln!(text, "pub(crate) const {}_METHODS: &[&str] = &{};", of.to_uppercase(), list(&methods))?;
    }
    fs::write(PathBuf::from(std::env::var("OUT_DIR")?).join("runtime.rs"), text)?;
    Ok(())
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

#[derive(Default)]
struct Names {
    /// The types, traits and constants that `use crate::runtime::*` brings into scope.
    types: BTreeSet<String>,
    /// The functions of each type, including those of its traits.
    methods: BTreeMap<String, BTreeSet<String>>,
}

impl Names {
    fn read(&mut self, items: &[Item], is_root: bool) {
        for item in items {
            match item {
                Item::Use(item) if is_root && !matches!(item.vis, syn::Visibility::Inherited) => {
                    self.export(&item.tree)
                }
                Item::Impl(item) => {
                    let syn::Type::Path(ty) = &*item.self_ty else { continue };
                    let Some(of) = ty.path.segments.last().map(|segment| segment.ident.to_string()) else { continue };
                    let functions = item.items.iter().filter_map(|item| match item {
                        ImplItem::Fn(function) => Some(function.sig.ident.to_string()),
                        _ => None,
                    });
                    self.methods.entry(of).or_default().extend(functions);
                }
                _ => {}
            }
        }
    }

    fn export(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => self.export(&path.tree),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.export(tree)),
            UseTree::Name(name) => self.add(name.ident.to_string()),
            UseTree::Rename(name) => self.add(name.rename.to_string()),
            UseTree::Glob(_) => {}
        }
    }

    fn add(&mut self, name: String) {
        if name.starts_with(char::is_uppercase) {
            self.types.insert(name);
        }
    }
}

//! Tests unions whose alternatives look alike at the top: the values below decide, and the work stays linear.

use std::cell::Cell;

use intercom_client::runtime::macros::{Outcome, Place, Reader, Serialize, Serializer};
use intercom_client::runtime::{Decodable, Extra, Patch, Value, decode, model, string_enum, union};
use serde_json::{Map, json};

use super::{pointers, written};

thread_local! {
    static WORK: Cell<usize> = const { Cell::new(0) };
}

/// A text that counts its reads.
#[derive(Debug, Clone, PartialEq, Default)]
struct Counted(String);

fn count() {
    WORK.with(|work| work.set(work.get() + 1));
}

impl Decodable for Counted {
    fn initial() -> Self {
        Self::default()
    }

    fn fill(&mut self, reader: &mut Reader<'_>, place: &Place<'_>) -> Outcome {
        count();
        self.0.fill(reader, place)
    }
}

impl Serialize for Counted {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Declares a model of optional fields.
macro_rules! shape {
    ($name:ident { $($field:ident $wire:literal: $type:ty),* }) => {
        #[derive(Debug, Clone, PartialEq, Default)]
        struct $name {
            $($field: Option<$type>,)*
            extra: Extra,
        }
        model! { $name { optional { $($field: $wire),* } } }
    };
}

/// Declares a union whose variants are named after their payloads.
macro_rules! either {
    ($name:ident { $($variant:ident: $type:ty),* }) => {
        #[derive(Debug, Clone, PartialEq)]
        enum $name {
            $($variant($type),)*
            Unknown(Value),
        }
        union! { $name { $($variant: $type,)* } }
    };
}

macro_rules! words {
    ($name:ident { $($variant:ident: $text:literal),* }) => {
        #[derive(Debug, Clone, PartialEq)]
        enum $name {
            $($variant,)*
            Unknown(String),
        }
        string_enum! { $name { $($variant: $text,)* } }
    };
}

// A search is a condition, or a group of conditions or groups.
words! { Comparison { Equal: "=", Less: "<" } }
words! { Join { And: "AND", Or: "OR" } }
either! { Scalar { Text: String, Integer: i64 } }
either! { Operand { Text: String, Integer: i64, List: Vec<Scalar> } }
either! { Operands { NestedGroup: Vec<Group>, Conditions: Vec<Condition> } }
either! { Filter { Condition: Condition, Group: Group } }
shape! { Group { operator "operator": Join, value "value": Operands } }

#[derive(Debug, Clone, PartialEq, Default)]
struct Condition {
    field: Option<Counted>,
    operator: Option<Comparison>,
    value: Patch<Operand>,
    extra: Extra,
}

model! { Condition { optional { field: "field", operator: "operator" } nullable { value: "value" } } }

// These alternatives differ only below the top.
shape! { Tag { id "id": String } }
shape! { Untag { id "id": String, untag "untag": bool } }
shape! { TagAll { name "name": String, companies "companies": Vec<Tag> } }
shape! { UntagAll { name "name": String, companies "companies": Vec<Untag> } }
either! { Tagging { Tag: TagAll, Untag: UntagAll } }
shape! { Named { name "name": String } }
shape! { Changed { name "name": String, previous "previous": String } }
shape! { ByWorkflow { attribute "attribute": String, value "value": Named } }
shape! { ByAdmin { attribute "attribute": String, value "value": Changed } }
either! { Update { Workflow: ByWorkflow, Admin: ByAdmin } }
shape! { Free { data "data": Map<String, Value> } }
shape! { Loose { data "data": f64 } }
shape! { Whole { data "data": i64 } }
shape! { Texts { data "data": Vec<String> } }
shape! { Coverage { data "data": Vec<Join> } }
shape! { Typed { data "data": Changed } }
either! { Data { Free: Free, Loose: Loose, Whole: Whole, Coverage: Coverage, Texts: Texts, Typed: Typed } }

// These alternatives contain the union again; `Straight` contains itself without a union.
words! { Left { L: "left" } }
words! { Right { R: "right" } }
shape! { OnLeft { mark "mark": Counted, side "side": Left, next "next": Box<Chain> } }
shape! { OnRight { mark "mark": Counted, side "side": Right, next "next": Box<Chain> } }
shape! { Straight { mark "mark": Counted, side "side": Middle, next "next": Box<Straight> } }
words! { Middle { M: "middle" } }
either! { Chain { Left: OnLeft, Right: OnRight, Straight: Straight } }

// These alternatives nest through lists, as a search does.
either! { Branches { Lefts: Vec<LeftBranch>, Rights: Vec<RightBranch> } }
shape! { LeftBranch { mark "mark": Counted, side "side": Left, value "value": Branches } }
shape! { RightBranch { mark "mark": Counted, side "side": Right, value "value": Branches } }

// The first element alone does not decide between these lists of lists.
either! { Nest { Lists: Vec<Nest>, Rows: Vec<Vec<Nest>>, Leaf: Counted } }

#[test]
fn a_search_reads_as_what_it_is() {
    let condition = json!({"field": "name", "operator": "<", "value": 7});
    assert!(matches!(read!(Filter, condition.clone()).value, Filter::Condition(_)));
    let group = json!({"operator": "OR", "value": [condition.clone(), condition.clone()]});
    let read = read!(Filter, group.clone());
    let Filter::Group(Group { operator: Some(Join::Or), value: Some(Operands::Conditions(list)), .. }) = &read.value
    else {
        panic!("{:?}", read.value)
    };
    assert_eq!((list.len(), list[0].operator.clone()), (2, Some(Comparison::Less)));
    assert_eq!(written(&read.value), group);
    let outer = json!({"operator": "AND", "value": [group.clone()]});
    let read = read!(Filter, outer.clone()).value;
    assert!(matches!(&read, Filter::Group(Group { value: Some(Operands::NestedGroup(_)), .. })), "{read:?}");
    assert_eq!(written(&read), outer);
    // This alternative fits better, even with one unknown word and one mismatch.
    let odd = json!({"operator": "OR", "value": [{"field": "name", "operator": "~", "value": {"new": 1}}]});
    let read = read!(Filter, odd.clone()).value;
    assert!(matches!(&read, Filter::Group(Group { value: Some(Operands::Conditions(_)), .. })), "{read:?}");
    assert_eq!(written(&read), odd);
    let list = json!({"field": "name", "operator": "=", "value": ["a", 1]});
    assert!(matches!(read!(Filter, list).value, Filter::Condition(_)));
}

#[test]
fn a_key_below_the_top_decides() {
    let (tag, untag) =
        (json!({"name": "n", "companies": [{"id": "1"}]}), json!({"name": "n", "companies": [{"untag": true}]}));
    assert!(matches!(read!(Tagging, tag).value, Tagging::Tag(_)));
    assert!(matches!(read!(Tagging, untag).value, Tagging::Untag(_)));
    let named = json!({"attribute": "a", "value": {"name": "n"}});
    assert!(matches!(read!(Update, named.clone()).value, Update::Workflow(_)));
    let mut changed = named;
    changed["value"]["previous"] = json!("p");
    assert!(matches!(read!(Update, changed.clone()).value, Update::Admin(_)));
    // Each element of a list of such a union is read on its own.
    let read = read!(Vec<Update>, [changed.clone(), {"value": {}}]).value;
    assert!(matches!(read.as_slice(), [Update::Admin(_), Update::Workflow(_)]), "{read:?}");
}

#[test]
fn the_narrower_type_decides_where_all_fit() {
    assert!(matches!(read!(Data, {"data": 1}).value, Data::Whole(_)));
    assert!(matches!(read!(Data, {"data": 1.5}).value, Data::Loose(_)));
    assert!(matches!(read!(Data, {"data": {"previous": "p"}}).value, Data::Typed(_)));
    assert!(matches!(read!(Data, {"data": {"other": "p"}}).value, Data::Free(_)));
    assert!(matches!(read!(Data, {"data": ["AND"]}).value, Data::Coverage(_)));
    assert!(matches!(read!(Data, {"data": ["new"]}).value, Data::Texts(_)));
    assert!(matches!(read!(Data, {"data": ["AND", {"a": 1}]}).value, Data::Coverage(_)));
    // A mismatch weighs more than all unknown values and unnamed members; the first of equal alternatives wins.
    let read = read!(Data, {"data": {"previous": 1, "a": 1, "b": 2}});
    assert!(matches!(read.value, Data::Free(_)));
    let odd = json!({"data": null, "more": [1]});
    let read = read!(Data, odd.clone());
    assert!(matches!(read.value, Data::Free(_)));
    assert_eq!(written(&read.value), odd);
}

#[test]
fn a_trial_leaves_nothing_behind() {
    let sent = json!({"companies": [{"id": [1], "untag": true}, 5], "x": 1});
    let read = read!(Tagging, sent.clone());
    assert_eq!(pointers(&read), ["/companies/0/id", "/companies/1"]);
    assert!(matches!(&read.value, Tagging::Untag(all) if all.companies.as_ref().is_some_and(|list| list.len() == 1)));
    assert_eq!(written(&read.value), sent);
}

#[derive(Debug, Clone, PartialEq)]
enum Event {
    Update(Update),
    Unknown(Value),
}

union! { Event by "kind" { Update: Update = "update" } }

#[test]
fn unions_in_unions_are_weighed_through() {
    let sent = json!({"kind": "update", "attribute": "a", "value": {"previous": "p"}});
    let read = read!(Event, sent.clone()).value;
    assert!(matches!(read, Event::Update(Update::Admin(_))));
    assert_eq!(written(&read), sent);
}

/// Returns how often the counting text is read while a value is read.
fn work<T: Decodable>(value: &Value) -> usize {
    let text = value.to_string();
    WORK.with(|work| work.set(0));
    decode::<T>(text.as_bytes()).expect("decodes");
    WORK.with(Cell::get)
}

fn chain(depth: usize, side: &str) -> Value {
    (0..depth).fold(json!({"mark": "m", "side": side}), |next, _| json!({"mark": "m", "side": side, "next": next}))
}

fn branches(depth: usize) -> Value {
    (0..depth).fold(json!([]), |inner, _| json!([{"mark": "m", "side": "right", "value": inner}]))
}

fn lists(depth: usize) -> Value {
    (0..depth).fold(json!("x"), |inner, _| json!([inner]))
}

/// Checks that the work is linear: work that doubled with each level would not end, and quadratic work would be four
/// times as much.
fn assert_linear<T: Decodable>(name: &str, build: impl Fn(usize) -> Value) {
    let (once, twice) = (work::<T>(&build(30)), work::<T>(&build(60)));
    println!("{name}: {once} reads at a depth of 30, {twice} at 60");
    assert!(once > 0 && twice * 10 <= once * 22, "{name}: {once} and {twice}");
    assert!(twice <= 61 * 8, "{name}: {twice}");
}

#[test]
fn the_work_grows_with_the_depth_and_not_with_its_square() {
    for side in ["left", "right", "middle", "new"] {
        assert_linear::<Chain>(side, |depth| chain(depth, side));
    }
    assert_linear::<Chain>("a mismatch at the end", |depth| {
        let mut value = chain(depth, "right");
        let end = value.pointer_mut(&"/next".repeat(depth)).expect("as deep");
        end["mark"] = json!([1]);
        value
    });
    // This is the maximum depth of JSON that the client reads.
    assert!(work::<Chain>(&chain(120, "new")) <= 121 * 8);
    assert_linear::<Branches>("branches", branches);
    assert_linear::<Nest>("lists", lists);
}

#[test]
fn each_alternative_is_tried_once_and_one_is_read() {
    // Only one of the two alternatives has the text.
    let filters = json!([{"field": "f", "operator": "="}, {"field": "g"}]);
    assert_eq!(work::<Vec<Filter>>(&filters), 4);
}

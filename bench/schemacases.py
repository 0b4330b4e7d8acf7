"""What is validated: schemas of draft 7, and data that fits them."""

from dataclasses import dataclass
from typing import Any

DRAFT = "http://json-schema.org/draft-07/schema#"


@dataclass(frozen=True)
class Case:
    name: str
    title: str
    schema: dict
    data: Any


def text(least: int = 0, most: int | None = None) -> dict:
    return {"type": "string", "minLength": least, **({"maxLength": most} if most else {})}


def thing(required: list[str], **properties) -> dict:
    return {"type": "object", "properties": properties, "required": required}


EVENT = thing(["text", "author", "number", "tags"], text=text(1, 1000), author=text(1), number={"type": "integer", "minimum": 0},
              tags={"type": "array", "items": text()})
EVENT_DATA = {"text": "x" * 120, "author": "ann", "number": 42, "tags": ["a", "b"]}

NODE = thing(["value"], value={"type": "integer"}, children={"type": "array", "items": {"$ref": "#/definitions/node"}})

RECORD = thing(["id", "name", "price", "active", "tags"], id={"type": "integer", "minimum": 1}, name=text(1, 100),
               price={"type": "number", "minimum": 0, "multipleOf": 0.01}, active={"type": "boolean"},
               kind={"enum": ["book", "record", "film"]}, tags={"type": "array", "items": text(1), "maxItems": 10},
               made={"type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"})


def tree(depth: int) -> dict:
    return {"value": depth, "children": [tree(depth - 1), tree(depth - 1)] if depth else []}


def record(number: int) -> dict:
    return {"id": number + 1, "name": f"The name of number {number}, and some more of it", "price": number % 1000 + 0.25,
            "active": number % 2 == 0, "kind": ("book", "record", "film")[number % 3],
            "tags": ["one", "another", f"tag {number}"], "made": "2026-11-28"}


def kind(number: int) -> dict:
    return thing(["kind", "text"], kind={"const": f"kind-{number}"}, text=text(1, 1000), **{f"of{number}": {"type": "integer"}})


def ranged(number: int) -> dict:
    return thing(["text"], text=text(1, 1000), value={"type": "integer", "minimum": number * 10, "maximum": number * 10 + 9})


def within(number: int) -> dict:
    return thing(["at"], at=ranged(number))


BESIDE_ONE_ANOTHER = {"oneOf": [
    thing(["leaf"], leaf={"type": "integer"}),
    thing(["left", "right"], left={"$ref": "#/definitions/node"}, right={"$ref": "#/definitions/node"}),
    thing(["left"], left={"$ref": "#/definitions/node"}, right=False),
]}


def branches(depth: int) -> dict:
    if depth == 0:
        return {"leaf": 1}
    return {"left": branches(depth - 1), **({"right": {"leaf": depth}} if depth % 2 else {})}


CASES = [
    Case("event", "a typical event", {"$schema": DRAFT, **EVENT}, EVENT_DATA),
    Case("tree", "a tree of 511 nodes", {"$schema": DRAFT, "$ref": "#/definitions/node", "definitions": {"node": NODE}}, tree(8)),
    Case("megabyte", "a document of 1 MB", {"$schema": DRAFT, "type": "array", "items": RECORD}, [record(i) for i in range(6000)]),
    Case("one-of", "50 branches of `oneOf`, by their `const`", {"$schema": DRAFT, "oneOf": [kind(i) for i in range(50)]},
         {"kind": "kind-49", "text": "x" * 150, "of49": 7}),
    Case("range", "50 branches by the range of a member", {"$schema": DRAFT, "oneOf": [ranged(i) for i in range(50)]},
         {"text": "x" * 150, "value": 495}),
    Case("within", "50 branches that only differ within a member", {"$schema": DRAFT, "oneOf": [within(i) for i in range(50)]},
         {"at": {"text": "x" * 150, "value": 495}}),
    Case("deep", "a tree of 28 levels, below `oneOf` at each",
         {"$schema": DRAFT, "$ref": "#/definitions/node", "definitions": {"node": BESIDE_ONE_ANOTHER}}, branches(28)),
]

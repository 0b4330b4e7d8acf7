#!/usr/bin/env python3
"""Says where two files that may be compiled as one keep something to themselves under one name.

The builds of dev and the sanitizers compile several files of a program or library as one (CMAKE_UNITY_BUILD); which of them
together changes with each file that is added. So what a file has in its unnamed namespace has a name that is
no other's there; functions may differ in their parameters instead.
"""

import collections
import pathlib
import re
import subprocess
import sys

UNNAMED = re.compile(r"^namespace \{$(.*?)^\} // namespace$", re.M | re.S)
NAMED = re.compile(r"^namespace ([\w:]+) \{$", re.M)
KIND = re.compile(r"^(?:template <.*>\s)?(?:struct|class|enum(?: class)?|union) (\w+)(?! *;)\b", re.M)
FUNCTION = re.compile(r"^(?![\s}#/])[^;{}()=]*?[\s&*](\w+)\(([^;{}]*?)\)(?: noexcept)?(?: ->[^;{]*)?\s*\{", re.M)
PART_OF = re.compile(r"target_sources\((\w+) ")
VARIABLE = re.compile(r"^(?:inline |static )*(?:constexpr|const|constinit)\b[^;{}()=]*?\b(\w+)(?:\[\w*\])?(?: =|\{|;)", re.M)


def ways_to_call(name: str, parameters: str) -> set[str]:
    """By the types of what is said; what has a default may be left out."""
    ways, types = set(), []
    for each in re.sub(r"\s+", " ", parameters).strip().split(",") if parameters.strip() else []:
        if "=" in each:
            ways.add(f"{name}({', '.join(types)})")
        each = each.split("=")[0].strip()
        types.append(re.sub(r"(?<=[\s&*])\w+$", "", each).strip() if " " in each else each)
    return ways | {f"{name}({', '.join(types)})"}


def kept_names(text: str) -> set[str]:
    names = set()
    for block in UNNAMED.finditer(text):
        within = "::".join(NAMED.findall(text[: block.start()]))
        kept = {*KIND.findall(block[1]), *VARIABLE.findall(block[1])}
        for name, parameters in FUNCTION.findall(block[1]):
            kept |= ways_to_call(name, parameters)
        names.update(f"{within}::{name}" if within else name for name in kept)
    return names


def compiled_with(path: pathlib.Path) -> str:
    """What the file goes into: the library that its folder is one of several of, or whatever the build makes of the folder."""
    folder = next(folder for folder in path.parents if (folder / "CMakeLists.txt").is_file())
    part = PART_OF.match((folder / "CMakeLists.txt").read_text(encoding="utf-8"))
    return part[1] if part else str(folder)


def main() -> int:
    files = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", *sys.argv[1:]], check=True,
                           capture_output=True, text=True).stdout.split()
    keepers = collections.defaultdict(list)
    for path in map(pathlib.Path, files):
        if path.suffix == ".cpp" and path.is_file():
            for name in kept_names(path.read_text(encoding="utf-8")):
                keepers[compiled_with(path), name].append(str(path))
    found = [(name, places) for (_, name), places in sorted(keepers.items()) if len(places) > 1]
    for name, places in found:
        print(f"{name} stands in {' and in '.join(places)}")
    return 1 if found else 0


sys.exit(main())

"""That a wrong field does not compile: examples/two-way, as it is and with changes that the compiler has to refuse.

    misuse.py SIDE COMPILER FLAGS-FILE WORK-FOLDER

All variants of a side, server or client, are put into one file, each in a namespace of its own, and compiled at once:
nearly all the time goes into the headers. What the compiler says is told apart by #line.
"""
import pathlib
import re
import subprocess
import sys

EXAMPLE = pathlib.Path(__file__).resolve().parents[3] / "examples" / "two-way"

# side: name of the variant, the file that is changed, from, to, what the compiler has to say
VARIANTS = {
    "client": [
        ("compiles",),
        ("refuses_to_send_a_field_that_is_not_there", "client.cpp", ".amount = ", ".price = ",
         "Bid. has no non-static data member named .price"),
        ("refuses_to_send_a_field_of_another_type", "client.cpp", ".amount = amount", ".amount = arguments",
         "cannot convert .const QStringList.* to .int. in initialization"),
        ("refuses_to_send_another_struct", "client.cpp", 'Bid{.bidder = u"you"_s, .amount = amount}', "Gap{}",
         "no known conversion .* .*Gap. to .*Bid"),
        ("refuses_a_handler_of_another_struct", "client.cpp", "(const TypedMessage<Bid>", "(const TypedMessage<Gap>",
         "no known conversion .*TypedMessage<dialogue::Gap>.* to .*TypedMessage<.*Bid>"),
        ("notices_that_the_field_was_renamed", "bid.h", "amount", "price", "Bid. has no member named .amount"),
    ],
    "server": [
        ("compiles",),
        ("refuses_to_read_a_field_that_is_not_there", "server.cpp", "message.data.amount", "message.data.price",
         "Bid. has no member named .price"),
        ("notices_that_the_field_was_renamed", "bid.h", "amount", "price", "Bid. has no member named .amount"),
    ],
}


def variant_text(name, files, changed=None, before="", after="", _error=""):
    """The variant's code in its namespace, and the includes it begins with."""
    includes, code = [], []
    for file in files:
        text = (EXAMPLE / file).read_text()
        if file == changed:
            if before not in text:
                sys.exit(f"error: {file} has no '{before}', which this test would have changed into '{after}'")
            text = text.replace(before, after)
        code.append(f'#line 1 "{name}/{file}"')
        for line in text.splitlines():
            directive = line.startswith("#")
            if line.startswith("#include <"):
                includes.append(line)
            code.append("" if directive else line)
    return includes, [f"namespace {name} {{", *code, "}"]


def errors_by_variant(said):
    """What the compiler said, each error with its notes, by the namespace it is in."""
    found = {}
    current = None
    for line in said.splitlines():
        if match := re.match(r"([^:]+):\d+:\d+: (?:fatal )?error: ", line):
            current = match[1].split("/")[0]
            found.setdefault(current, "")
        if current is not None:
            found[current] += line + "\n"
    return found


def main():
    side, compiler, flags, work = sys.argv[1:]
    includes, code = [], []
    for variant in VARIANTS[side]:
        more, lines = variant_text(variant[0], ("bid.h", f"{side}.cpp"), *variant[1:])
        includes += more
        code += lines
    file = pathlib.Path(work) / f"{side}-variants.cpp"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(includes + code) + "\n")

    result = subprocess.run([compiler, f"@{flags}", str(file)], capture_output=True, text=True, check=False,
                            env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
    errors = errors_by_variant(result.stderr)
    wrong = []
    for name, *change in VARIANTS[side]:
        said = errors.pop(name, "")
        if not change and said:
            wrong.append(f"{side}.cpp does not compile:\n{said}")
        elif change and not said:
            wrong.append(f"{name}: it compiles, although '{change[1]}' in {change[0]} was changed into '{change[2]}'")
        elif change and not re.search(change[3], said):
            wrong.append(f"{name}: it does not compile, but for another reason than: {change[3]}\n{said}")
        else:
            print(f"ok: {side} {name}")
    wrong += [f"an error that belongs to no variant, in {where}:\n{said}" for where, said in errors.items()]
    if result.returncode == 0 and not wrong:
        wrong.append("the compiler says that all is well")
    if wrong:
        sys.exit("\n".join(wrong))


main()

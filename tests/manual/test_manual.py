"""The man pages and the completions of bash, zsh and fish say what --help says, and do what their readers expect."""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).parent
MANUAL = Path(os.environ["DIALOGUE_MANUAL"])
PROGRAMS = {"dialogue": os.environ["DIALOGUE_PROGRAM"], "dialogue-server": os.environ["DIALOGUE_SERVER"]}


def run(*command, folder=None):
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=folder,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "200", "MANROFFSEQ": "", "TERM": "dumb"})
    return done.returncode, done.stdout, done.stderr


def help_of(program, *words):
    code, out, error = run(PROGRAMS[program], *words, "--help")
    assert code == 0, error
    return out


def options_in(text):
    return {"--" + name for name in re.findall(r"^ +(?:-\w, )?--([\w-]+)", text, re.MULTILINE)}


def commands_of(program):
    section = help_of(program).split("Commands:\n")[1].split("\n\n")[0]
    return re.findall(r"^  ([a-z]+) ", section, re.MULTILINE)


def options_of(program, command):
    """With that command; of dialogue-server they are the same with every command."""
    return options_in(help_of(program, command) if program == "dialogue" else help_of(program))


class Completions:
    """What a shell offers; each of the three says how it is asked."""

    def offers(self, line, folder=None):
        code, out, error = self.ask(line.split()[0], line, folder)
        self.assertEqual((code, error), (0, ""), line)
        return {word for word in out.splitlines() if word}

    def test_the_commands_are_offered(self):
        for program in PROGRAMS:
            self.assertEqual(self.offers(program + " "), set(commands_of(program)))
        self.assertEqual(self.offers("dialogue tr"), {"trigger"})

    def test_the_options_of_a_command_are_those_of_its_help(self):
        for program in PROGRAMS:
            for command in commands_of(program):
                offered = {word for word in self.offers(f"{program} {command} --") if word.startswith("--")}
                self.assertEqual(offered, options_of(program, command), f"{program} {command}")

    def test_without_a_command_there_are_those_of_the_program(self):
        self.assertEqual(self.offers("dialogue --"), {"--help", "--version"})
        self.assertEqual(self.offers("dialogue-server --"), options_in(help_of("dialogue-server")))

    def test_the_value_of_an_option_is_no_command(self):
        self.assertEqual(self.offers("dialogue-server --host check --po"), {"--port"})
        self.assertIn("check", self.offers("dialogue-server --host 127.0.0.1 ch"))
        self.assertIn("--count", self.offers("dialogue tail --url http://127.0.0.1:3000/ --cou"))

    def test_files_are_offered_where_one_is_asked_for(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "server.yaml").touch()
            for line in ("dialogue-server check ser", "dialogue-server --config ser"):
                self.assertEqual(self.offers(line, folder), {"server.yaml"}, line)
            for line in ("dialogue-server --port ser", "dialogue-server defaults ser", "dialogue tail ser"):
                self.assertEqual(self.offers(line, folder), set(), line)


class Bash(Completions, unittest.TestCase):
    def ask(self, program, line, folder):
        return run("bash", HERE / "complete.bash", MANUAL / (program + ".bash"), line, folder=folder)

    def test_it_is_bash(self):
        for program in PROGRAMS:
            self.assertEqual(run("bash", "-n", MANUAL / (program + ".bash")), (0, "", ""))


class Zsh(Completions, unittest.TestCase):
    def ask(self, program, line, folder):
        return run("zsh", "-f", HERE / "complete.zsh", MANUAL, line, folder=folder)

    def test_it_is_zsh(self):
        for program in PROGRAMS:
            self.assertEqual(run("zsh", "-n", MANUAL / ("_" + program)), (0, "", ""))


class Fish(Completions, unittest.TestCase):
    def ask(self, program, line, folder):
        script = f"source {MANUAL}/{program}.fish; complete -C '{line}' | string split -f 1 \\t"
        code, out, error = run("fish", "--no-config", "-c", script, folder=folder)
        return (0 if code in (0, 1) else code), out, error  # 1: string had nothing to split

    def test_it_is_fish(self):
        for program in PROGRAMS:
            self.assertEqual(run("fish", "-n", MANUAL / (program + ".fish")), (0, "", ""))


class ManPages(unittest.TestCase):
    def test_man_and_mandoc_have_nothing_to_say_against_them(self):
        for program in PROGRAMS:
            page = MANUAL / (program + ".1")
            code, _, error = run("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page)
            self.assertEqual((code, error), (0, ""))
            _, out, error = run("mandoc", "-T", "lint", "-W", "warning", page)
            # A date would differ from build to build.
            self.assertEqual([line for line in out.splitlines() if "missing date" not in line], [])
            self.assertEqual(error, "")

    def test_they_have_each_word_of_the_help(self):
        for program in PROGRAMS:
            _, out, _ = run("man", "-l", MANUAL / (program + ".1"))
            page = " ".join(re.sub(".\b", "", out).split())
            for command in commands_of(program):
                self.assertIn(f"{program} {command}", page)
                for option in options_of(program, command):
                    self.assertIn(option, page)
                if program == "dialogue":
                    _, _, details = help_of(program, command).partition("\nOptions:\n")[2].partition("\n\n")
                    self.assertIn(" ".join(details.split()), page)
            codes = re.search(r"Exit codes: (.*)\.$", help_of(program), re.MULTILINE).group(1)
            for code in codes.split("; "):
                self.assertIn(code.split(" ", 1)[1], page)


if __name__ == "__main__":
    unittest.main()

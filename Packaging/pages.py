#!/usr/bin/env python3
"""Man pages and completions, made from what the program says of its own options.

    pages.py PROGRAM DIRECTORY

writes DIRECTORY/share/man and the completions of bash, zsh and fish. The same program and SOURCE_DATE_EPOCH give the same bytes.
Examples come from examples.md beside this file, exit statuses from the article OutputAndErrors.
"""

import json
import os
import re
import subprocess
import sys
import textwrap
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "Packaging/examples.md"
STATUSES = ROOT / "Sources/Evenhand/Evenhand.docc/OutputAndErrors.md"
HOME = "https://github.com/evenhand/evenhand"
SCRIPTS = {
    "bash": "share/bash-completion/completions/{}",
    "zsh": "share/zsh/site-functions/_{}",
    "fish": "share/fish/vendor_completions.d/{}.fish",
}


def output(program, *arguments):
    return subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout


def ascii_only(text):
    return "".join(c if c.isascii() else f"\\[u{ord(c):04X}]" for c in text)


def roff(text):
    """Text as roff: ASCII, and a hyphen that belongs to an option as one that can be copied."""
    text = text.replace("\\", "\\e")
    # Lines of at most 76 characters, as mandoc likes them.
    text = textwrap.fill(text, 76, break_long_words=False, break_on_hyphens=False)
    text = re.sub(r"(?<!\S)[\"'(]?--?(?=\w)[\w-]*", lambda match: match[0].replace("-", "\\-"), text)
    return re.sub(r"^(?=[.'])", r"\\&", ascii_only(text), flags=re.M)


def code(text):
    """A command as it has to be typed."""
    return ascii_only(text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq"))


def sections(markdown):
    """The lines below each heading of the second level."""
    found, lines = {}, []
    for line in markdown.splitlines():
        if line.startswith("## "):
            lines = found.setdefault(line[3:], [])
        else:
            lines.append(line)
    return found


def shown(argument):
    """How an option, or an argument, is typed."""
    value = f"\\fI{code(argument['valueName'])}\\fR"
    if argument["kind"] == "positional":
        return value + (" ..." if argument["isRepeating"] else "")
    names = [("--" if name["kind"] == "long" else "-") + name["name"] for name in argument["names"]]
    text = ", ".join(f"\\fB{code(name)}\\fR" for name in names)
    if argument["kind"] == "flag":
        return text
    # Some options may go without their value.
    return text + (f" [{value}]" if argument["parsingStrategy"] == "scanningForValue" else f" {value}")


class Manual:
    def __init__(self, program):
        self.program = program
        self.root = json.loads(output(program, "--experimental-dump-help"))["command"]
        self.name = self.root["commandName"]
        self.version = output(program, "--version").strip()
        self.commands = [c for c in self.root["subcommands"] if c["commandName"] != "help" and c["shouldDisplay"]]
        self.examples = sections(EXAMPLES.read_text(encoding="utf-8"))
        self.date = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), timezone.utc).strftime("%Y-%m-%d")

    def pages(self):
        yield self.name, self.page(self.root)
        for command in self.commands:
            yield f"{self.name}-{command['commandName']}", self.page(command)

    def page(self, command):
        is_root = command is self.root
        words = [self.name] if is_root else [self.name, command["commandName"]]
        title = "-".join(words)
        abstract = command["abstract"].rstrip(".")
        lines = [f'.TH {title.upper()} 1 {self.date} "Evenhand {self.version}" "User Commands"']
        # Words are not spread to the right edge.
        lines += [".ad l", ".SH NAME"]
        lines += [f"{code(title)} \\- {roff(abstract[0].lower() + abstract[1:])}"]
        lines += [".SH SYNOPSIS", *self.synopsis(command, " ".join(words))]
        lines += [".SH DESCRIPTION", roff(command["abstract"])]
        if command.get("discussion"):
            lines += [".PP", roff(" ".join(command["discussion"].split()))]
        if is_root:
            for other in self.commands:
                lines += [".TP", f"\\fB{code(self.name)}\\-{code(other['commandName'])}\\fR(1)", roff(other["abstract"])]
        lines += [".SH OPTIONS", *self.options(command)]
        lines += [".SH EXAMPLES", *self.example(words[-1])]
        lines += [".SH EXIT STATUS", *self.statuses()]
        pages = [self.name] + [f"{self.name}-{other['commandName']}" for other in self.commands]
        others = ["\\%" + code(page) for page in pages if page != title]
        lines += [".SH SEE ALSO", *(f".BR {page} (1)," for page in others[:-1]), f".BR {others[-1]} (1)"]
        lines += [".PP", "Articles about what each number means and how it is computed:", f"\\%{HOME}"]
        return "\n".join(lines) + "\n"

    def synopsis(self, command, words):
        if command is self.root:
            return [f"\\fB{words}\\fR \\fIcommand\\fR [\\fIoptions\\fR]"]
        required = [a for a in command["arguments"] if not a["isOptional"]]
        parts = [shown(a) for a in required if a["kind"] == "positional"]
        parts += [shown(a) for a in required if a["kind"] != "positional"]
        return [" ".join([f"\\fB{code(words)}\\fR", *parts, "[\\fIoptions\\fR]"])]

    def options(self, command):
        """Those of no section first; the others below the title of theirs."""
        titles = list(dict.fromkeys(a.get("sectionTitle") for a in command["arguments"]))
        lines = []
        for title in sorted(titles, key=lambda title: title is not None):
            if title:
                lines.append(f".SS {title}")
            for argument in command["arguments"]:
                if argument.get("sectionTitle") == title and argument["shouldDisplay"]:
                    lines += [".TP", shown(argument), roff(" ".join([argument.get("abstract", ""), *self.values(command, argument)]))]
        return lines

    def values(self, command, argument):
        values = argument.get("allValues") or []
        if "custom" in argument.get("completionKind", {}):
            # Known to the program alone, which gives them to a shell that completes a word.
            words = [self.name, command["commandName"], "--" + argument["preferredName"]["name"], ""]
            request = ["---completion", command["commandName"], "--", words[2], "3", "0", *words]
            values = output(self.program, *request).split()
        if values and set(values) != set(argument["valueName"].split("|")):
            yield f"Values: {', '.join(values)}."
        if argument.get("defaultValue"):
            yield f"Default: {argument['defaultValue']}."

    def example(self, name):
        if name not in self.examples:
            sys.exit(f"{EXAMPLES.name} has no section “{name}” for the man page of that command.")
        lines, is_code, is_first = [], False, True
        for line in self.examples[name]:
            if line.startswith("```"):
                is_code = not is_code
                lines += [".PP", ".RS 4", ".EX"] if is_code else [".EE", ".RE"]
            elif line:
                lines += [code(line)] if is_code else ([] if is_first else [".PP"]) + [roff(line)]
                is_first = False
        return lines + [".PP", "The files in Data are simulated contests that come with the program."]

    def statuses(self):
        rows = re.findall(r"^\| (\d+) \| (.*) \|$", "\n".join(sections(STATUSES.read_text(encoding="utf-8"))["Exit status"]), re.M)
        if not rows:
            sys.exit(f"{STATUSES.name} has no table of exit statuses.")
        return [line for status, meaning in rows for line in (".TP", status, roff(meaning.replace("`", "")))]


def main(program, directory):
    program, directory = str(Path(program).resolve()), Path(directory)
    manual = Manual(program)
    for name, page in manual.pages():
        path = directory / f"share/man/man1/{name}.1"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="ascii")
    for shell, place in SCRIPTS.items():
        path = directory / place.format(manual.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        # It is sourced, never run.
        path.write_text(re.sub(r"\A#!.*\n+", "", output(program, "--generate-completion-script", shell)), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])

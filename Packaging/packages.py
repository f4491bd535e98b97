#!/usr/bin/env python3
"""A tar.xz, a Debian package and a Python wheel of the program, all from one tree of files.

    packages.py PROGRAM DIRECTORY

The same program, sources and SOURCE_DATE_EPOCH give the same bytes. Needs strip and objdump (binutils), xz, and for the Debian package
dpkg-deb and dpkg-shlibdeps (dpkg-dev).
"""

import base64
import gzip
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import zipfile
from datetime import datetime, timezone
from email.utils import format_datetime
from pathlib import Path

import pages

ROOT = Path(__file__).resolve().parent.parent
NAME = "evenhand"
SUMMARY = "statistics of judged competitions"
DESCRIPTION = """\
Evenhand ranks the entries of a judged competition, takes the judges' own scales out of their scores, says which judges stand out, \
compares groups, and computes how certain a result is. It reads CSV, Excel and OpenDocument sheets as they are."""
AUTHORS = "The Evenhand authors"
ADDRESS = "evenhand@users.noreply.github.com"
# The program opens it when a model is computed, so that the linker does not know of it.
OPENED = "libopenblas0"
OVERRIDES = f"""\
# Shared libraries would have to be found, loaded and relocated at every start, which is most of the time that a small contest takes.
# The file copyright names each library.
{NAME}: embedded-library * [usr/bin/{NAME}]
{NAME}: hardening-no-pie [usr/bin/{NAME}]
"""
EPOCH = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))


def run(*arguments, directory=None):
    return subprocess.run(list(map(str, arguments)), check=True, cwd=directory, stdout=subprocess.PIPE, text=True).stdout


def write(path, content, mode=0o644):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    path.chmod(mode)


def compressed(content):
    return gzip.compress(content if isinstance(content, bytes) else content.encode(), 9, mtime=0)


# Documents

def articles():
    """The articles of the documentation: the files of the catalog except its front page."""
    return sorted(path for path in (ROOT / "Sources/Evenhand/Evenhand.docc").glob("*.md") if path.stem != "Evenhand")


def as_markdown(text, names):
    """An article of DocC as plain Markdown: links to articles become links to files, those to symbols become code."""
    text = re.sub(r"\n## Topics\n.*?(?=\n## |\Z)", "\n", text, flags=re.S)
    text = re.sub(r"^# ``(?:\w+/)?(\w+)``", r"# \1", text)
    text = re.sub(r"<doc:(\w+)>", lambda match: f"[{match[1]}]({match[1]}.md)" if match[1] in names else match[1], text)
    return re.sub(r"(?<!`)``([^`\n]+)``(?!`)", lambda match: f"[{match[1]}]({match[1]}.md)" if match[1] in names else f"`{match[1]}`", text)


def with_links(text, places):
    """Markdown whose links go to where the files are installed; of files that are not, only the words stay."""

    def link(match):
        words, target = match.groups()
        if "://" in target or target.startswith("#"):
            return match[0]
        return f"[{words}]({places[target]})" if target in places else words

    return re.sub(r"\[([^\]]*)\]\(([^)\s]+)\)", link, text)


def documents():
    """Each document below share/doc/evenhand."""
    sources = articles()
    names = {path.stem for path in sources}
    data = sorted(path for path in (ROOT / "Data").rglob("*") if path.is_file())
    places = {str(path.relative_to(ROOT)): f"articles/{path.name}" for path in sources}
    places |= {str(path.relative_to(ROOT)): f"examples/{path.relative_to(ROOT)}" for path in data}
    places |= {name: name for name in ["CHANGELOG.md", "LICENSE", "NOTICE.md"]}
    yield "README.md", with_links((ROOT / "README.md").read_text(encoding="utf-8"), places)
    for name in ["CHANGELOG.md", "LICENSE", "NOTICE.md", "Schema/result.schema.json"]:
        yield Path(name).name, (ROOT / name).read_bytes()
    for path in sources:
        yield places[str(path.relative_to(ROOT))], as_markdown(path.read_text(encoding="utf-8"), names)
    for path in data:
        yield places[str(path.relative_to(ROOT))], path.read_bytes()


# Packages

class Release:
    def __init__(self, program, directory):
        self.directory = directory
        self.version = run(program, "--version").strip()
        self.tree = directory / f"{NAME}-{self.version}"
        shutil.rmtree(self.tree, ignore_errors=True)
        (self.tree / "bin").mkdir(parents=True)
        self.program = self.tree / "bin" / NAME
        run("strip", "--remove-section=.comment", "-o", self.program, program)
        self.program.chmod(0o755)
        pages.main(self.program, self.tree)
        for place, content in documents():
            write(self.tree / f"share/doc/{NAME}" / place, content)

    def archive(self):
        """A tree that may be unpacked into /usr/local as it is."""
        path = self.directory / f"{NAME}-{self.version}-linux-{platform.machine()}.tar.xz"
        tar = ["tar", "--create", "--sort=name", f"--mtime=@{EPOCH}", "--owner=0", "--group=0", "--numeric-owner", "--mode=u=rwX,go=rX"]
        made = subprocess.run(tar + [f"--directory={self.directory}", self.tree.name], check=True, stdout=subprocess.PIPE).stdout
        path.write_bytes(subprocess.run(["xz", "-9", "--threads=1"], check=True, input=made, stdout=subprocess.PIPE).stdout)
        return path

    def debian(self):
        architecture = run("dpkg", "--print-architecture").strip()
        path = self.directory / f"{NAME}_{self.version}_{architecture}.deb"
        with tempfile.TemporaryDirectory() as temporary:
            root = Path(temporary) / NAME
            shutil.copytree(self.tree, root / "usr")
            share = root / "usr/share"
            (share / "zsh/site-functions").rename(share / "zsh/vendor-completions")
            for page in share.glob("man/man1/*.1"):
                write(page.with_name(page.name + ".gz"), compressed(page.read_bytes()))
                page.unlink()
            documents = share / f"doc/{NAME}"
            write(documents / "copyright", self.copyright())
            write(documents / "changelog.gz", compressed(self.changelog()))
            readme = (documents / "README.md").read_text(encoding="utf-8")
            for old, new in {"CHANGELOG.md": "changelog.gz", "LICENSE": "copyright", "NOTICE.md": "copyright"}.items():
                (documents / old).unlink()
                readme = readme.replace(f"]({old})", f"]({new})")
            write(documents / "README.md", readme)
            write(share / f"lintian/overrides/{NAME}", OVERRIDES)
            files = sorted(path for path in root.rglob("*") if path.is_file())
            for each in root.rglob("*"):
                each.chmod(0o755 if each.is_dir() or each.parent.name == "bin" else 0o644)
            sums = "".join(f"{hashlib.md5(each.read_bytes()).hexdigest()}  {each.relative_to(root)}\n" for each in files)
            size = sum(-(-each.stat().st_size // 1024) for each in files)
            write(root / "DEBIAN/md5sums", sums)
            write(root / "DEBIAN/control", self.control(architecture, size, self.libraries(root)))
            root.chmod(0o755)
            (root / "DEBIAN").chmod(0o755)
            run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", root, path)
        return path

    def libraries(self, root):
        """What the program is linked with, as the packages of this system say it."""
        source = root.parent / "source"
        write(source / "debian/control", f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n")
        found = run("dpkg-shlibdeps", "-O", "-S" + str(root), root / f"usr/bin/{NAME}", directory=source)
        return re.search(r"^shlibs:Depends=(.*)$", found, re.M)[1]

    def control(self, architecture, size, libraries):
        description = textwrap.indent(textwrap.fill(DESCRIPTION, 78), " ")
        return f"""\
Package: {NAME}
Version: {self.version}
Architecture: {architecture}
Maintainer: {AUTHORS} <{ADDRESS}>
Installed-Size: {size}
Depends: {libraries}, {OPENED}
Section: science
Priority: optional
Homepage: {pages.HOME}
Description: {SUMMARY}
{description}
"""

    def copyright(self):
        texts = [(ROOT / name).read_text(encoding="utf-8") for name in ["LICENSE", "NOTICE.md"]]
        shared = "On Debian, the full texts of Apache 2.0, GPL, LGPL and MPL are in /usr/share/common-licenses."
        return f"Evenhand comes from {pages.HOME}\n\n{shared}\n\n" + "\n".join(texts)

    def changelog(self):
        """The newest release in the form of Debian."""
        sections = pages.sections((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
        lines = next(lines for title, lines in sections.items() if title.startswith(self.version))
        changes = [
            textwrap.fill(line[2:], 78, initial_indent="  * ", subsequent_indent="    ", break_on_hyphens=False)
            for line in lines if line.startswith("- ")
        ]
        date = format_datetime(datetime.fromtimestamp(EPOCH, timezone.utc))
        return f"{NAME} ({self.version}) unstable; urgency=medium\n\n" + "\n".join(changes) + f"\n\n -- {AUTHORS} <{ADDRESS}>  {date}\n"

    def wheel(self):
        """The program alone, for pip."""
        versions = re.findall(r"GLIBC_(\d+)\.(\d+)", run("objdump", "-T", self.program))
        newest = max((int(major), int(minor)) for major, minor in versions)
        tag = f"py3-none-manylinux_{newest[0]}_{newest[1]}_{platform.machine()}"
        path = self.directory / f"{NAME}-{self.version}-{tag}.whl"
        information = f"{NAME}-{self.version}.dist-info"
        metadata = f"""\
Metadata-Version: 2.1
Name: {NAME}
Version: {self.version}
Summary: {SUMMARY.capitalize()}
Home-page: {pages.HOME}
Author: {AUTHORS}
License: MIT
Requires-Python: >=3.7
Description-Content-Type: text/markdown

{DESCRIPTION}

This package carries the program `{NAME}`, not a Python module. Models of entries and judges need OpenBLAS
(`apt-get install {OPENED}`); everything else works without it.
"""
        wheel = f"Wheel-Version: 1.0\nGenerator: {NAME} {self.version}\nRoot-Is-Purelib: false\nTag: {tag}\n"
        entries = [
            (f"{NAME}-{self.version}.data/scripts/{NAME}", self.program.read_bytes(), 0o755),
            (f"{information}/METADATA", metadata.encode(), 0o644),
            (f"{information}/WHEEL", wheel.encode(), 0o644),
            (f"{information}/LICENSE", (ROOT / "LICENSE").read_bytes(), 0o644),
            (f"{information}/NOTICE.md", (ROOT / "NOTICE.md").read_bytes(), 0o644),
        ]
        record = "".join(f"{name},sha256={digest(content)},{len(content)}\n" for name, content, _ in entries)
        entries.append((f"{information}/RECORD", f"{record}{information}/RECORD,,\n".encode(), 0o644))
        # An archive of this kind knows no time before 1980.
        time = datetime.fromtimestamp(max(EPOCH, 315532800), timezone.utc).timetuple()[:6]
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
            for name, content, mode in entries:
                entry = zipfile.ZipInfo(name, time)
                entry.external_attr = (0o100000 | mode) << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                file.writestr(entry, content)
        return path


def digest(content):
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def main(program, directory):
    os.umask(0o022)
    directory = Path(directory).resolve()
    directory.mkdir(parents=True, exist_ok=True)
    release = Release(Path(program).resolve(), directory)
    for made in [release.archive(), release.debian(), release.wheel()]:
        print(f"{made.relative_to(Path.cwd()) if made.is_relative_to(Path.cwd()) else made}  {made.stat().st_size / 1e6:.1f} MB")
    shutil.rmtree(release.tree)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])

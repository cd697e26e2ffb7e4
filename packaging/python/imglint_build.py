#!/usr/bin/env python3
"""Build backend (PEP 517) of pyproject.toml: calls CMake and packs the program into a wheel.

  packaging/python/imglint_build.py PROGRAM FOLDER

makes what packaging/release has of it: the wheel of a program that runs by itself on any Linux, and the source archive.
"""

import base64
import gzip
import hashlib
import io
import os
import platform
import re
import subprocess
import sys
import sysconfig
import tarfile
import time
import zipfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
SUMMARY = "Finds, judges and moves container image references in Dockerfiles, compose files, manifests and pipelines"


def version():
    text = (TOP / "CMakeLists.txt").read_text(encoding="utf-8")
    return re.search(r"project\(imglint VERSION ([0-9.]+)", text).group(1)


def run(*words):
    """Runs a command; what it prints is shown only if it fails: the line to paste, or the end of it."""
    try:
        done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    except FileNotFoundError:
        sys.exit(f"imglint: {words[0]} was not found. Debian, Ubuntu: apt-get install -y g++ cmake make; macOS: brew install cmake")
    if done.returncode != 0:
        text = done.stdout.decode(errors="replace")
        missing = re.search(r"Debian, Ubuntu: *(.*)\s+Homebrew: *(.*)", text)
        if missing:
            sys.exit(f"imglint: libraries are missing: {missing[1]} (Homebrew: {missing[2]})")
        lines = text.splitlines()
        sys.exit("\n".join(lines[-20:]) + "\nimglint: could not be built")


def program(settings):
    """Builds the program in build/wheel, or where the setting build-dir says; CMake says which packages are missing."""
    build = Path((settings or {}).get("build-dir", TOP / "build" / "wheel"))
    run("cmake", "-S", str(TOP), "-B", str(build), "-DCMAKE_BUILD_TYPE=Release", "-DBUILD_TESTING=OFF",
        "-DIMGLINT_ONLINE=OFF")
    run("cmake", "--build", str(build), "--target", "imglint", "--parallel", str(os.cpu_count() or 1))
    for name in ("imglint", "imglint.exe", "Release/imglint.exe"):
        if (build / name).is_file():
            return build / name
    sys.exit("imglint: the build made no program")


def metadata():
    return (f"Metadata-Version: 2.1\nName: imglint\nVersion: {version()}\nSummary: {SUMMARY}\nLicense: MIT\n"
            "License-File: LICENSE\nLicense-File: THIRD_PARTY.md\nRequires-Python: >=3.7\n")


def seconds():
    """The time that archives give their files: SOURCE_DATE_EPOCH, or one that every zip can hold."""
    return int(os.environ.get("SOURCE_DATE_EPOCH", "1767225600"))


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    return pack_wheel(wheel_directory, program(config_settings), [re.sub(r"[.-]", "_", sysconfig.get_platform())])


def pack_wheel(wheel_directory, executable, platforms):
    """Packs an executable; the wheel's name says on which platforms it runs."""
    name = f"imglint-{version()}-py3-none-{'.'.join(platforms)}.whl"
    info = f"imglint-{version()}.dist-info"
    tags = "".join(f"Tag: py3-none-{name}\n" for name in platforms)
    files = {
        f"imglint-{version()}.data/scripts/{'imglint' + executable.suffix}": executable.read_bytes(),
        f"{info}/LICENSE": (TOP / "LICENSE").read_bytes(),
        f"{info}/THIRD_PARTY.md": (TOP / "THIRD_PARTY.md").read_bytes(),
        f"{info}/METADATA": metadata().encode(),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: imglint\nRoot-Is-Purelib: false\n{tags}".encode(),
    }
    record = ""
    for path, content in list(files.items()):
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(content)}\n"
    files[f"{info}/RECORD"] = (record + f"{info}/RECORD,,\n").encode()
    with zipfile.ZipFile(os.path.join(wheel_directory, name), "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, date_time=time.gmtime(seconds())[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if "/scripts/" in path else 0o100644) << 16
            wheel.writestr(entry, content)
    return name


def build_sdist(sdist_directory, config_settings=None):
    """The files that git knows, and PKG-INFO; the same bytes wherever it is made."""
    base = f"imglint-{version()}"
    listed = subprocess.run(["git", "-C", str(TOP), "ls-files", "-z"], stdout=subprocess.PIPE, check=True).stdout
    name = f"{base}.tar.gz"
    with open(os.path.join(sdist_directory, name), "wb") as file, \
            gzip.GzipFile("", "wb", 9, file, seconds()) as packed, tarfile.open(fileobj=packed, mode="w|") as archive:
        for path in filter(None, os.fsdecode(listed).split("\0")):
            entry = archive.gettarinfo(TOP / path, f"{base}/{path}")
            with open(TOP / path, "rb") if entry.isreg() else io.BytesIO() as content:
                archive.addfile(plain(entry), content)
        content = metadata().encode()
        entry = tarfile.TarInfo(f"{base}/PKG-INFO")
        entry.size = len(content)
        archive.addfile(plain(entry), io.BytesIO(content))
    return name


def plain(entry):
    """Nothing of this machine in an entry of an archive: no owner, no time, of the mode only whether it can be run."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = seconds()
    entry.mode = 0o755 if entry.mode & 0o100 else 0o644
    return entry


def main(executable, folder):
    if not Path(executable).is_file():
        sys.exit(f"imglint: {executable} is no file")
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        sys.exit(f"imglint: {folder} cannot be made: {error.strerror}")
    machine = platform.machine()
    pack_wheel(folder, Path(executable), [f"manylinux2014_{machine}", f"manylinux_2_17_{machine}", f"musllinux_1_1_{machine}"])
    build_sdist(folder)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])

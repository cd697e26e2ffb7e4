"""Build backend (PEP 517) of pyproject.toml: calls CMake and packs the program into a wheel."""

import base64
import hashlib
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
SUMMARY = "Finds, judges and moves container image references in Dockerfiles and compose files"


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
    return f"Metadata-Version: 2.1\nName: imglint\nVersion: {version()}\nSummary: {SUMMARY}\nLicense: MIT\nLicense-File: LICENSE\nLicense-File: THIRD_PARTY.md\n"


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    tag = "py3-none-" + re.sub(r"[.-]", "_", sysconfig.get_platform())
    name = f"imglint-{version()}-{tag}.whl"
    info = f"imglint-{version()}.dist-info"
    executable = program(config_settings)
    files = {
        f"imglint-{version()}.data/scripts/{executable.name}": executable.read_bytes(),
        f"{info}/LICENSE": (TOP / "LICENSE").read_bytes(),
        f"{info}/THIRD_PARTY.md": (TOP / "THIRD_PARTY.md").read_bytes(),
        f"{info}/METADATA": metadata().encode(),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: imglint\nRoot-Is-Purelib: false\nTag: {tag}\n".encode(),
    }
    record = ""
    with zipfile.ZipFile(os.path.join(wheel_directory, name), "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, content in files.items():
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            record += f"{path},sha256={digest},{len(content)}\n"
            entry = zipfile.ZipInfo(path, date_time=(2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if "/scripts/" in path else 0o100644) << 16
            wheel.writestr(entry, content)
        wheel.writestr(f"{info}/RECORD", record + f"{info}/RECORD,,\n")
    return name


def build_sdist(sdist_directory, config_settings=None):
    """The files that git knows, and PKG-INFO."""
    base = f"imglint-{version()}"
    listed = subprocess.run(["git", "-C", str(TOP), "ls-files", "-z"], stdout=subprocess.PIPE, check=True).stdout
    name = f"{base}.tar.gz"
    info = Path(sdist_directory) / "PKG-INFO"
    info.write_text(metadata(), encoding="utf-8")
    with tarfile.open(os.path.join(sdist_directory, name), "w:gz") as archive:
        for path in filter(None, listed.decode().split("\0")):
            archive.add(TOP / path, f"{base}/{path}", recursive=False)
        archive.add(info, f"{base}/PKG-INFO")
    info.unlink()
    return name

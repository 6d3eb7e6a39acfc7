"""The styles are built from pinned packages, once, with a clear word when that fails."""

import json

import pytest

from training.ui import build_styles


@pytest.fixture
def built(tmp_path, monkeypatch):
    """A build in a folder of its own, with Node's work played by a stub that writes what Sass would."""
    work, output = tmp_path / "node", tmp_path / "static"
    monkeypatch.setattr(build_styles, "WORK", work)
    monkeypatch.setattr(build_styles, "OUTPUT", output)
    monkeypatch.setattr(build_styles, "RUNTIMES", tmp_path / "packages")
    monkeypatch.setattr(build_styles, "STAMP", output / ".built-from")
    monkeypatch.setattr(build_styles, "ROOT", tmp_path)
    calls = []

    def run(program, *args):
        calls.append(program)
        if program == "npm":
            for source in build_styles.scripts():
                script = work / source
                script.parent.mkdir(parents=True, exist_ok=True)
                script.write_text(f"export{{}};//# sourceMappingURL={source.name}.map")
            for folder in ("fonts", "images", "styles"):
                (work / build_styles.STANDALONE / folder).mkdir(exist_ok=True)
        else:
            (output / "site.css").write_text("a{}" * 10_000)

    monkeypatch.setattr(build_styles, "run", run)
    monkeypatch.setattr("sys.argv", ["build_styles"])
    return calls, output


def test_a_second_run_does_nothing(built, capsys):
    calls, _ = built
    assert build_styles.main() == 0
    assert build_styles.main() == 0
    assert calls == ["npm", "node"]
    assert capsys.readouterr().out.splitlines()[-1] == "Styles: nothing changed"


def test_a_changed_input_builds_again(built, monkeypatch):
    calls, _ = built
    build_styles.main()
    monkeypatch.setattr(build_styles, "inputs_hash", lambda: "another")
    build_styles.main()
    assert calls == ["npm", "node", "npm", "node"]


def test_the_script_points_at_no_source_map(built):
    _, output = built
    build_styles.main()
    assert (output / "govuk-frontend.min.js").read_text() == "export{};\n"


def test_a_failing_install_says_what_to_do(built, monkeypatch, capsys):
    def refuse(program, *args):
        raise build_styles.BuildFailed("npm ci failed:\nENOTFOUND")

    monkeypatch.setattr(build_styles, "run", refuse)
    assert build_styles.main() == 1
    said = capsys.readouterr().err
    assert "ENOTFOUND" in said
    assert "point npm at your mirror" in said


def test_a_style_sheet_without_the_framework_is_refused(built, monkeypatch, capsys):
    _, output = built
    real = build_styles.run

    def little(program, *args):
        real(program, *args)
        if program == "node":
            (output / "site.css").write_text("a{}")

    monkeypatch.setattr(build_styles, "run", little)
    assert build_styles.main() == 1
    assert "almost nothing" in capsys.readouterr().err
    assert not (output / ".built-from").exists()


def test_the_lock_file_pins_every_package_and_names_no_address():
    text = (build_styles.HERE / "package-lock.json").read_text()
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert "http" not in text
    assert [name for name, entry in packages.items() if not entry["integrity"].startswith("sha512-")] == []


def test_the_lock_file_holds_the_versions_asked_for():
    asked = json.loads((build_styles.HERE / "package.json").read_text())["dependencies"]
    locked = json.loads((build_styles.HERE / "package-lock.json").read_text())["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in asked} == asked

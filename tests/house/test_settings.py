"""Every setting that is read from the environment is documented, and a missing one names itself."""

import re
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from training.settings import base, environment

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r"env\.(?:text|switch|number|words)\(\s*\"([A-Z_]+)\"")


def test_every_setting_is_in_the_example():
    read = {name for path in (ROOT / "training/settings").glob("*.py") for name in READ.findall(path.read_text())}
    documented = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert read | {"DJANGO_SETTINGS_MODULE"} == documented


def test_a_missing_setting_names_itself(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        environment.text("SECRET_KEY")


def test_a_setting_left_empty_names_itself(monkeypatch):
    monkeypatch.setenv("BASE_URL", "")
    with pytest.raises(ImproperlyConfigured, match="BASE_URL"):
        environment.text("BASE_URL")


def test_a_switch_that_is_neither_on_nor_off_names_itself(monkeypatch):
    monkeypatch.setenv("USES_TLS", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="USES_TLS"):
        environment.switch("USES_TLS", True)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "training/ui/package-lock.json"])
def test_locked_dependencies_carry_no_address(name):
    assert re.findall(r"https?://\S+\.(?:tgz|whl|tar\.gz)|--index-url\S*", (ROOT / name).read_text()) == []


def test_a_crowd_does_not_wipe_the_count_of_wrong_tries(db, settings):
    settings.CACHES = {"default": base.CACHES["default"]}
    call_command("createcachetable")
    counts = caches["default"]
    counts.set("wrong-try", 4, 300)
    for number in range(700):
        counts.set(f"another-{number}", 1, 300)
    assert counts.get("wrong-try") == 4

"""How much a package may hold, and how much looking into it may cost."""

from datetime import timedelta

MOST_BYTES = 300 * 2**20  # as uploaded
MOST_MEMBERS = 5_000  # files inside
MOST_UNPACKED_BYTES = 600 * 2**20
MOST_MANIFEST_BYTES = 4 * 2**20
MOST_ITEMS = 500
LONGEST_NAME = 240  # bytes
MEMORY_BYTES = 768 * 2**20
CPU_SECONDS = 25

MOST_COMMIT_BYTES = 2**20
MOST_REFUSALS = 50  # written down a launch; further ones are only refused
LAUNCH_LASTS = timedelta(days=14)

# What a computer would start as a program, if somebody saved it from our host: a lesson needs none of them.
PROGRAMS = frozenset(
    (
        "apk",
        "app",
        "bat",
        "bin",
        "cmd",
        "com",
        "cpl",
        "deb",
        "dll",
        "dmg",
        "exe",
        "hta",
        "htaccess",
        "ipa",
        "jar",
        "jnlp",
    )
    + (
        "jse",
        "lnk",
        "msi",
        "msix",
        "pif",
        "pkg",
        "ps1",
        "reg",
        "rpm",
        "scf",
        "scr",
        "sh",
        "so",
        "sys",
        "url",
        "vb",
        "vbe",
    )
    + ("vbs", "ws", "wsc", "wsf", "wsh", "xap", "xbap")
)

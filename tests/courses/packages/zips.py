"""Tiny packages, made in the test that wants them."""

import io
import json
import zipfile

SPACES = {
    "1.2": 'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
    'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"',
    "2004": 'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
    'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"',
}
SCHEMAS = {"1.2": "1.2", "2004": "2004 3rd Edition"}


def item(key="one", inside="", resource="", **attributes) -> str:
    """An item that opens the resource of its name; `inside` is put behind its title."""
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    refers = f' identifierref="{resource or "r-" + key}"'
    return f'<item identifier="{key}"{refers}{more}><title>Part {key}</title>{inside}</item>'


def resource(key="one", href="index.html", kind="sco", version="1.2", **attributes) -> str:
    """A resource that is a file."""
    name = "scormtype" if version == "1.2" else "scormType"
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<resource identifier="r-{key}" type="webcontent" adlcp:{name}="{kind}" href="{href}"{more}/>'


def manifest(version="1.2", items="", resources="", organisation="", head="") -> str:
    """A manifest of one organisation; `organisation` is put behind its items."""
    return (
        f'<?xml version="1.0"?>{head}<manifest identifier="m" {SPACES[version]}>'
        f"<metadata><schema>ADL SCORM</schema><schemaversion>{SCHEMAS[version]}</schemaversion></metadata>"
        f'<organizations default="o"><organization identifier="o"><title>Small package</title>{items or item()}'
        f"{organisation}</organization></organizations>"
        f"<resources>{resources or resource(version=version)}</resources></manifest>"
    )


def zipped(files: dict[str, str | bytes]) -> io.BytesIO:
    """A zip of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    made.seek(0)
    return made


def package(version="1.2", more: dict[str, str | bytes] | None = None, **parts) -> io.BytesIO:
    """A package with one page."""
    files = {"imsmanifest.xml": manifest(version, **parts), "index.html": "<!doctype html><p>Hello</p>"}
    return zipped(files | (more or {}))


def h5p(script: str = "H5P.Small = function () {};", **changes) -> io.BytesIO:
    """An H5P file with one library, which is this script."""
    said = {
        "title": "A question",
        "mainLibrary": "H5P.Small",
        "embedTypes": ["div"],
        "preloadedDependencies": [{"machineName": "H5P.Small", "majorVersion": "1", "minorVersion": "0"}],
    }
    library = {
        "title": "Small",
        "machineName": "H5P.Small",
        "majorVersion": 1,
        "minorVersion": 0,
        "patchVersion": 0,
        "runnable": 1,
        "preloadedJs": [{"path": "small.js"}],
    }
    files = {
        "h5p.json": json.dumps(said | changes),
        "content/content.json": "{}",
        "H5P.Small-1.0/library.json": json.dumps(library),
        "H5P.Small-1.0/small.js": script,
    }
    return zipped(files)

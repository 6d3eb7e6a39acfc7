"""The writer that puts a signature behind a PDF. Imported where one is signed: what it needs takes long to load."""

from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


class Writer(IncrementalPdfFileWriter):
    """Leaves the file a PDF 1.7, as PDF/A-3 wants it.

    pyHanko would make it a PDF 2.0 for the sake of the curve of the key, which an extension of that names.
    """

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """It stays what it is."""

    def register_extension(self, ext: Any) -> None:
        """No extension of a later version."""
        if ext.base_version != "/2.0":
            super().register_extension(ext)

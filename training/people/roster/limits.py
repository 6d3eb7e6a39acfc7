"""How much a roster file may hold, and how much reading it may cost."""

MOST_ROWS = 150_000
MOST_COLUMNS = 100
ROWS_AT_ONCE = 2_000  # what a web worker works out itself; the background worker does the rest
MOST_SENT = 20_000  # in one request of a program: what the web process takes without growing
LONGEST_CELL = 500
MOST_MEMBERS = 500  # files inside a workbook
MOST_UNPACKED_BYTES = 256 * 2**20
MOST_OUTPUT_BYTES = 128 * 2**20
MEMORY_BYTES = 512 * 2**20
CPU_SECONDS = 20
WALL_SECONDS = 30


class Refused(Exception):
    """The whole file cannot be used. The text says why, and is shown to the person."""

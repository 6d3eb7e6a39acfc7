"""A PDF as another library reads it, which had no part in writing it."""

import io

import pikepdf

DRAWS = {"Tj", "TJ", "'", '"', "Do", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh"}
ALLOWED = {"/L": {"/LI", "/Caption"}, "/LI": {"/Lbl", "/LBody"}}  # ISO 32000-1, 14.8.4.3.3


def tags(node, found=None):
    """Every structure element below one: its kind and itself."""
    found = [] if found is None else found
    if isinstance(node, pikepdf.Dictionary) and "/S" in node:
        found.append((str(node.S), node))
    children = node.get("/K", []) if isinstance(node, pikepdf.Dictionary) else []
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            tags(child, found)
    return found


def unmarked(page) -> list[str]:
    """What is drawn on a page and is neither tagged nor said to be decoration."""
    marks, found = [], []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            marks.append(str(operands[0]) == "/Artifact" or (name == "BDC" and "/MCID" in operands[1]))
        elif name == "EMC":
            marks.pop()
        elif name in DRAWS and not any(marks):
            found.append(name)
    return found


def insist_that_all_is_said(made: bytes) -> None:
    """Everything drawn is tagged or decoration, every picture and link has words, and each tag leads back to its page."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert [unmarked(page) for page in pdf.pages] == [[] for _ in pdf.pages]
        assert all(str(node.Alt) for kind, node in tags(pdf.Root.StructTreeRoot) if kind == "/Figure")
        links = [note for page in pdf.pages for note in page.get("/Annots", [])]
        assert all(str(note.Contents) for note in links)
        assert "/ParentTree" in pdf.Root.StructTreeRoot
        for kind, node in tags(pdf.Root.StructTreeRoot):
            if kind in ALLOWED:
                assert {str(kid.S) for kid in node.K} <= ALLOWED[kind]

"""Who is who, and whose training counts for whom."""


def one_for_many(bundle):
    """For each record that is known to be of the same person as another: one record that stands for all of them."""
    stands_for = {}

    def first(record):
        while record in stands_for:
            record = stands_for[record]
        return record

    for row in bundle.rows("samenesses"):
        one, other = sorted((first(row["record"]), first(row["same_as"])))
        if one != other:
            stands_for[other] = one
    return {record: first(record) for record in stands_for}


def training_heard(bundle):
    """For each record, the records whose training counts for it, where there is more than its own.

    What an agency merged counts both ways. What a person said of themselves counts one way: the earlier record's
    training for the one that they use now, unless they share it. It is handed on from record to record.
    """
    heard = {}
    for row in bundle.rows("samenesses"):
        heard.setdefault(row["same_as"], set()).add(row["record"])
        if row["is_by_agency"] == "1":
            heard.setdefault(row["record"], set()).add(row["same_as"])
    if not heard:
        return {}
    for row in bundle.rows("sharings"):
        heard.setdefault(row["record"], set()).add(row["own"])
    return {record: _reached(record, heard) for record in heard}


def _reached(record, heard):
    found, to_look_at = {record}, [record]
    while to_look_at:
        for other in heard.get(to_look_at.pop(), ()):
            if other not in found:
                found.add(other)
                to_look_at.append(other)
    return found

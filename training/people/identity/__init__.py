"""Who is who: records of one person, joined and parted again."""

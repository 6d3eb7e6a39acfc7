"""Opening, explaining, freezing, restating and publishing a pack."""

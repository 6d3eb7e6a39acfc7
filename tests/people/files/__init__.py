"""Bad and awkward files, made by scripts, each with what the site must say of it."""

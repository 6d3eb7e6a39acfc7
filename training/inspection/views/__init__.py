"""Pages of packs and of audits."""

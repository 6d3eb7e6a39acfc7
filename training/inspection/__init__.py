"""What outsiders ask: freedom-of-information packs, and audits."""

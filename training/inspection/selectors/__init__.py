"""What is counted for a pack, and what an auditor is shown."""

"""The pages, by who keeps what."""

"""What agencies have committed themselves to, and since when."""

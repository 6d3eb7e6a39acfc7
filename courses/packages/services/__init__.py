"""What is done with packages: one file per flow."""

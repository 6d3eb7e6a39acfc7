"""The public site of each partnership: where a page stands, what it tells, how it begins."""

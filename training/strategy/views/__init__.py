"""Pages of strategies and of their indicators."""

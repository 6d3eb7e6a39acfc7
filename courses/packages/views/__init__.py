"""Pages: the editors', the learner's, and the content host's."""

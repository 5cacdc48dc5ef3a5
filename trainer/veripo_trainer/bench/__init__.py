"""Programs that measure: none of them is a test, and none is needed to train."""

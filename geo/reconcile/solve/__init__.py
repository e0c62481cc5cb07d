"""The linear program of a region, and the answers to its questions."""

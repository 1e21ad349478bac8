"""What the book holds, as plain objects: nothing here imports Sphinx or writes HTML."""

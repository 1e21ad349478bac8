"""Files that are made from the built pages and the model: editions of the book and material for class."""

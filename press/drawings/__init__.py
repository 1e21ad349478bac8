"""Pictures of the book as a whole: the basemap, the cover, the picture of a link preview."""

"""The sea and its coasts: longitude and latitude only, no shipments."""

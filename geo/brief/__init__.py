"""A Scene as finished files: plates for slides and print, drawn without a browser."""

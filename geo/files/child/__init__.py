"""The process of its own in which files of a complex form are read, so that one that takes it down takes nothing else.

`process` starts it, asks, and says in words what ended it. `main` runs in it, with one reader for each form: these
modules import as little as they can, since what they import is the time that a small file waits.
"""

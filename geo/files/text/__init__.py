"""Lines of a text file -> cells: the fast way where lines are well formed, record by record where they are not."""

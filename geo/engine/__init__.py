"""Volume as an expression that any engine of tables can run, and sums of files of legs: the way past one process."""

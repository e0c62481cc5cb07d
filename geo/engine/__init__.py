"""Volume as one expression that any engine of tables can run: the way past what one process holds in memory."""

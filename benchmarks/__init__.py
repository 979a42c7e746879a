"""What the project promises of its speed, measured: bin/bench prints a table, one row a promise."""

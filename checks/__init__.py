"""What bin/test runs: the tools that read the code, then the suite on each kind of machine it is meant for."""

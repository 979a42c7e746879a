"""Whether jobs come through: workers are killed and brokers lost at seeded instants while posters are made."""

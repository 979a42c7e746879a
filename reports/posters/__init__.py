"""What is printed of a journey: wall posters, team sheets, pocket cards."""

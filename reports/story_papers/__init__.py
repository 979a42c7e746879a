"""Stories on paper: the wall of stories and the thank-you certificate."""

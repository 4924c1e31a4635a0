"""Impact assessments for people: on a terminal, and as a page on which nothing missing can be overlooked."""

"""Impact assessments: what the law's headings ask, what a description answers already, what is still missing."""

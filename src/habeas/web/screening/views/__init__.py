"""Pages of the screen: on the desk the questions, verdicts and assessments; for everybody the latest screen."""

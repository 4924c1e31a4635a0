"""The screen on the site: the questionnaire, the verdicts, the assessments."""

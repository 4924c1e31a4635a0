"""The statistics: counts in, findings out. Opens nothing, prints nothing, knows no clock and no chance."""

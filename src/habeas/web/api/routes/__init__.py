"""What the API can be asked: each function reads by a query and puts what it found into a shape."""

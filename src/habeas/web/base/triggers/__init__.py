"""What a database refuses whoever asks, a programmer at its console included."""

"""What must happen next, to whom and by when: pure state machines; time comes as an argument."""

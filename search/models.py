"""What the roof keeps of its own; the searched rows belong to the floors below."""

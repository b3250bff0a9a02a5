"""Finding people: analysis, questions, both engines, what waits and who is shown."""

"""A judged set: questions the talent team asks, people invented for them, and how well each person answers."""

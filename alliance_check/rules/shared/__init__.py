"""What several rules share: the shape of a rule, who counts, and how readings are judged."""

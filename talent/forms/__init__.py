"""Forms of the second floor, by job: profiles, the scheme's questions, eligibility, equality, what comes after."""

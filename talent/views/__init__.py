"""Views by audience: applicant, reviewer, staff."""

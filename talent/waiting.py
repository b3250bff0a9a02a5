"""What waits for people who apply, and for those who work on applications."""

from talent import waiting_applicant, waiting_duplicates, waiting_placements, waiting_pools, waiting_staff

__all__ = ["waiting_applicant", "waiting_duplicates", "waiting_placements", "waiting_pools", "waiting_staff"]

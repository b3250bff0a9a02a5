"""Ground-floor views, by audience: everyone (home, trusts), those who look after people, staff."""

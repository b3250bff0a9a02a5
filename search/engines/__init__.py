"""The engines: one interface, PostgreSQL always, Elasticsearch where there is one."""

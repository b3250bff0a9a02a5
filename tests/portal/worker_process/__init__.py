"""An app for the worker's own process in tests/portal/test_worker.py: settings, and jobs that can be watched."""

"""How gunicorn serves the portal, in the demonstration and in production; WEB_CONCURRENCY sets its processes."""

import os

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60  # a committee's pack of some hundred pages takes half of it
graceful_timeout = 10
preload_app = True
max_requests = 5000
max_requests_jitter = 500
loglevel = os.environ.get("WEB_LOG_LEVEL", "warning")
# No request line is logged: a search term in an address is somebody's business. The proxy keeps the access log.
accesslog = None
control_socket_disable = True

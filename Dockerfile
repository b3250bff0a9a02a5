# The portal as one image for both processes, web and worker; its steps are script/setup's own.
FROM python:3.12-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production \
    PORTAL_STATIC_DIR=/srv/portal/static \
    PORTAL_VAR_DIR=/var/lib/portal

WORKDIR /srv/portal
RUN useradd --system --home-dir /srv/portal portal && install -d -o portal -g portal /var/lib/portal

# Packages before the code: a change of the code alone rebuilds none of them.
COPY requirements.txt ./
COPY script ./script
RUN script/setup --packages && rm -rf /var/lib/apt/lists/*

COPY . .
RUN script/setup --image

USER portal
VOLUME /var/lib/portal
EXPOSE 8000
CMD [".venv/bin/python", "-m", "gunicorn", "portal.wsgi", "--bind", "0.0.0.0:8000"]

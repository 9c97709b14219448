FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /prosa

COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --only-binary :all: -r requirements.txt

COPY . .
# Translations are compiled here, because the account that serves cannot write beside the code.
RUN DATA_DIR=/tmp/build python manage.py compile_translations \
    && rm -r /tmp/build \
    && useradd --system --no-create-home prosa \
    && install -d -o prosa -g prosa -m 700 /data

USER prosa
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ.get(\"PORT\", \"8000\")}/healthz', timeout=2)"]
CMD ["python", "manage.py", "serve"]

# The API and the worker as one image. Written with care and not built by CI: see the README.
FROM python:3.11-slim AS packages
RUN python -m venv /app/.venv
COPY requirements/run.txt /tmp/run.txt
RUN /app/.venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r /tmp/run.txt

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home zhangban && install --directory --owner=zhangban /anchors
WORKDIR /app
COPY --from=packages /app/.venv .venv
COPY catalogue catalogue
COPY domain domain
COPY integrations integrations
COPY resolvers resolvers
COPY schema schema
COPY api api
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 ZHANGBAN_HOST=0.0.0.0
USER zhangban
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["python", "-m", "api", "healthy"]
CMD ["python", "-m", "api", "serve"]

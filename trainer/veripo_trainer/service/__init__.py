"""The service: an HTTP API over durable jobs."""

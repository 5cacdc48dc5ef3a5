"""`veripo-trainer`: starts the service."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from types import FrameType

import uvicorn

from veripo_trainer import __version__
from veripo_trainer.service.app import create_app
from veripo_trainer.service.config import ConfigError, read_config
from veripo_trainer.service.trainer import Trainer


def main() -> None:
    """Read arguments and environment, and serve until asked to stop."""
    parser = argparse.ArgumentParser(prog="veripo-trainer", description="The trainer of VerIPO Studio.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8711)
    parser.add_argument("--data", help="folder of jobs, files and checkpoints (VERIPO_TRAINER_DATA)")
    parser.add_argument("--models", help="folder of base models (VERIPO_TRAINER_MODELS)")
    parser.add_argument("--token-file", help="file that holds the token (VERIPO_TRAINER_TOKEN_FILE)")
    parser.add_argument("--tls-cert", help="certificate chain, to be reached by https")
    parser.add_argument("--tls-key", help="private key of the certificate")
    parser.add_argument("--version", action="version", version=__version__)
    given = parser.parse_args()
    named = {"DATA": given.data, "MODELS": given.models, "TOKEN_FILE": given.token_file}
    environment = {**os.environ, **{f"VERIPO_TRAINER_{name}": value for name, value in named.items() if value}}

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        trainer = Trainer(read_config(environment))
    except ConfigError as error:
        sys.exit(str(error))
    # Nobody who starts a process here needs the service's own token, and engines inherit only a list of names anyway.
    os.environ.pop("VERIPO_TRAINER_TOKEN", None)
    config = uvicorn.Config(
        create_app(trainer),
        host=given.host,
        port=given.port,
        ssl_certfile=given.tls_cert,
        ssl_keyfile=given.tls_key,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )
    address = config.bind_socket()  # first, so that no job is started by a service that nobody can reach
    try:
        trainer.start()
    except ConfigError as error:
        sys.exit(str(error))
    _Server(config, trainer).run(sockets=[address])


class _Server(uvicorn.Server):
    """Tells followers of events that it ends; it would wait for them otherwise."""

    def __init__(self, config: uvicorn.Config, trainer: Trainer) -> None:
        super().__init__(config)
        self._trainer = trainer

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Called on SIGTERM and SIGINT."""
        self._trainer.stopping = True
        super().handle_exit(sig, frame)


if __name__ == "__main__":
    main()

"""The trainer of VerIPO Studio: `service` runs jobs, `engine` trains, `contract` is what they and the studio share."""

__version__ = "0.1.0"

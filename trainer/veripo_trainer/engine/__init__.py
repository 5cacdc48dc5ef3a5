"""The built-in engine: GRPO, DPO, SFT, sampling and evaluation of Qwen2.5-VL on one device.

Started as `python -m veripo_trainer.engine JOB_DIR`. Every algorithm is one file and one function, and says what
happened through `Run.emit`; none of them knows where the job came from.
"""

"""What went wrong, in words for the person at the terminal."""


class BenchError(Exception):
    pass

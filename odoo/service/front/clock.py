"""The clock that deadlines are read from."""

import functools
import time

#: seconds on a clock that only goes forward; tests that freeze the time of the program do not stop it
now = functools.partial(time.clock_gettime, time.CLOCK_MONOTONIC)

"""A file dropped in the moment in which a run of the page begins is not lost.

Before the browser sends a file it asks where to, and Streamlit's answer waits in a queue for some milliseconds. The
start of a run clears that queue but for what tells of runs, and the browser then waits for its answer for good, without
a word. Two files dropped one right after the other are such a case: the arrival of the first starts a run.
"""

from __future__ import annotations

from functools import wraps

from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

ANSWER = "file_urls_response"


def keep() -> None:
    """From now on the start of a run leaves these answers in the queue. Doing it twice is doing it once."""
    plain = ForwardMsgQueue.clear
    if hasattr(plain, "__wrapped__"):
        return

    @wraps(plain)
    def clear(
        self: ForwardMsgQueue, retain_lifecycle_msgs: bool = False, fragment_ids_this_run: list[str] | None = None
    ) -> None:
        waiting = [each for each in self._queue if each.WhichOneof("type") == ANSWER] if retain_lifecycle_msgs else []
        plain(self, retain_lifecycle_msgs, fragment_ids_this_run)
        # Ahead of the rest: nothing has counted its place in the cleared queue yet.
        self._queue[:0] = [each for each in waiting if all(each is not one for one in self._queue)]

    ForwardMsgQueue.clear = clear  # type: ignore[method-assign]

"""Streamlit's answer to a drop outlives the start of a run, and nothing else does that did not before."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from geo.web.data import page


def _answer(number: int) -> ForwardMsg:
    message = ForwardMsg()
    message.file_urls_response.response_id = str(number)
    return message


def _drawn() -> ForwardMsg:
    message = ForwardMsg()
    message.delta.new_element.text.body = "drawn by the run that ended"
    message.metadata.delta_path[:] = [0, 0]
    return message


def _filled(*messages: ForwardMsg) -> ForwardMsgQueue:
    page.keep()
    page.keep()
    queue = ForwardMsgQueue()
    for message in messages:
        queue.enqueue(message)
    return queue


def test_the_start_of_a_run_keeps_the_answers_in_their_order_and_drops_what_was_drawn() -> None:
    queue = _filled(_answer(1), _drawn(), _answer(2))
    queue.clear(retain_lifecycle_msgs=True)
    queue.enqueue(_drawn())
    sent = queue.flush()
    assert [each.file_urls_response.response_id for each in sent] == ["1", "2", ""]
    assert queue.flush() == []


def test_the_run_of_a_fragment_keeps_each_answer_once() -> None:
    queue = _filled(_answer(1), _drawn())
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=["part"])
    sent = [each for each in queue.flush() if each.WhichOneof("type") == page.ANSWER]
    assert [each.file_urls_response.response_id for each in sent] == ["1"]


def test_a_queue_that_is_emptied_is_empty() -> None:
    queue = _filled(_answer(1), _drawn())
    queue.clear()
    assert queue.is_empty()


def test_streamlit_still_drops_answers_so_that_the_method_is_still_wrapped() -> None:
    plain = getattr(ForwardMsgQueue.clear, "__wrapped__", ForwardMsgQueue.clear)
    queue = ForwardMsgQueue()
    queue.enqueue(_answer(1))
    plain(queue, True)
    assert queue.is_empty(), "Streamlit keeps the answers itself now: drop_zone.keep, NEWEST and this test can go."
    installed = tuple(map(int, st.__version__.split(".")[:2]))
    assert installed <= page.NEWEST, "It drops them in this version too: set drop_zone.NEWEST to it."


def test_a_newer_streamlit_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = getattr(ForwardMsgQueue.clear, "__wrapped__", ForwardMsgQueue.clear)
    monkeypatch.setattr(ForwardMsgQueue, "clear", plain)
    monkeypatch.setattr(st, "__version__", f"{page.NEWEST[0]}.{page.NEWEST[1] + 1}.0")
    page.keep()
    assert ForwardMsgQueue.clear is plain
    monkeypatch.setattr(st, "__version__", "{}.{}.9".format(*page.NEWEST))
    page.keep()
    assert ForwardMsgQueue.clear is not plain

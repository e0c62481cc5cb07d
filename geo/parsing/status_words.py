"""What a cell beside a figure says of it: taken back, planned, revised, or a part of another row's figure."""

from __future__ import annotations

import re

from geo.parsing.total_words import folded

LONGEST_WORD = 60
"""A cell with more characters is a remark that says more than one thing."""


def listed(text: str) -> frozenset[str]:
    """Words between bars, as they are compared; see `total_words.folded`."""
    return frozenset(map(folded, re.split(r"[|\n]", text))) - {""}


_SAID_OF_TAKEN_BACK = """
cancelled | canceled | cancellation | retracted | withdrawn | superseded | annulled | void | voided | revoked | deleted
debunked | refuted | disproved | duplicate | did not sail
storniert | annulliert | widerrufen | zurückgezogen | gelöscht | abgesagt | doppelt
annulé | annulée | retiré | rétracté | supprimé | cancelado | cancelada | anulado | anulada | retirado
annullato | cancellato | iptal | отменено | отменён | отменен | отменена | аннулировано | отозвано | удалено | дубликат
скасовано | 取消 | 已取消 | 撤回 | 作废 | 作廢 | 취소 | 취소됨 | 철회 | キャンセル | 取り消し
"""
_TAKEN_BACK = listed(_SAID_OF_TAKEN_BACK)
_BEGINNINGS = map(str.strip, re.split(r"[|\n]", _SAID_OF_TAKEN_BACK.strip()))
PATTERN = rf"(?i)^\W*(?:{'|'.join(map(re.escape, _BEGINNINGS))})"
"""Of RE2: how a cell may begin that `is_taken_back`, for columns of very many texts."""
_PLANNED = listed("""
forecast | forecasted | planned | plan | projected | projection | expected | target | budget | booked | upcoming
not yet departed | to be shipped | prognose | geplant | erwartet | prévu | prévision | planifié | previsto | pronóstico
planeado | planejado | previsione | планируется | план | прогноз | ожидается | заплановано
计划 | 計劃 | 计划中 | 预测 | 預測 | 预计 | 예정 | 계획 | 예측 | 予定 | 計画 | 予測 | 見込み
""")
_PROVISIONAL = listed("""
provisional | preliminary | prelim | first estimate | flash | vorläufig | provisoire | provisorio
предварительно | предварительные | 初步 | 速報 | 速報値 | 잠정 | 잠정치
""")
_REVISED = listed("""
revised | corrected | updated | amended | revidiert | korrigiert | révisé | revisado | corregido
уточнено | уточнённые | исправлено | 修订 | 改定 | 수정
""")
_FINAL = listed("""
final | finalised | finalized | definitive | endgültig | définitif | definitivo | окончательно | окончательные
最终 | 最終 | 確報 | 확정 | 확정치
""")
_RANKS = {word: rank for rank, words in enumerate((_PROVISIONAL, _REVISED, _FINAL), 1) for word in words}
_ALL = listed("all | alle | tous | todos | tutti | все | 全部 | 全体 | 전체 | all cargo | all types")
_PART = re.compile(
    r"\W*(?:(?:of which|of them|thereof|including|incl|davon|darunter|dont|de los cuales|de las cuales|di cui|"
    r"dos quais|в том числе|в т\. ?ч|из них|у тому числі)\b|其中|うち|그중|그 중)",
    re.IGNORECASE,
)


def is_taken_back(text: str) -> bool:
    """Whether a cell begins by saying that its row does not count: "Cancelled", "retracted by the source"."""
    words = folded(text).split() if len(text) <= LONGEST_WORD else []
    return any(" ".join(words[:size]) in _TAKEN_BACK for size in (1, 2, 3))


def is_planned(text: str) -> bool:
    """Whether a cell says that its row is a plan or a forecast, and says nothing else."""
    return len(text) <= LONGEST_WORD and folded(text) in _PLANNED


def rank(text: str) -> int:
    """1 provisional, 2 revised, 3 final; 0 where a cell says nothing of this kind."""
    return _RANKS.get(folded(text), 0) if len(text) <= LONGEST_WORD else 0


def is_part(text: str) -> bool:
    """Whether a cell says that its row is part of another's figure: "of which reefers"."""
    return len(text) <= LONGEST_WORD and _PART.match(text) is not None


def is_all(text: str) -> bool:
    """Whether a cell of a breakdown says "all"."""
    return len(text) <= LONGEST_WORD and folded(text) in _ALL

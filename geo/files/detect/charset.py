"""The bytes of a text -> its charset, and why it was taken to be that one.

UTF-8 and UTF-16 tell themselves. Of the others, any bytes merely decode in several; taken is the one whose letters are
those of its language. Where two are as likely, nobody is served by a guess: the file is read as UTF-8, and the rows
with other bytes wait until somebody says.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from geo.errors import UnreadableFile
from geo.files.text.decode import is_text_with_nul, nearly_utf8

_NAMES = {
    "cp1252": "Windows-1252",
    "cp1251": "Windows-1251",
    "cp932": "Shift-JIS",
    "cp949": "EUC-KR",
    "gb18030": "GB18030",
}
_BOMS = {codecs.BOM_UTF8: "utf-8", b"\xff\xfe\0\0": "utf-32-le", b"\0\0\xfe\xff": "utf-32-be"}
_BOMS |= {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
ASCII = "All characters at its beginning are ASCII, which is UTF-8 too."
VALID = "The bytes at its beginning are valid UTF-8."
_SAVE = "Save the table as CSV (UTF-8) and load that."
_ASIDE = "Rows with other bytes are rejected"
_LEAST, _MARGIN = 0.5, 0.12
_SAMPLE = 64 * 1024
_FOREIGN = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*[\r\n]*")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x7f]")


def mixed(reason: str) -> bool:
    """Whether the reason for an encoding says that not all bytes are in it."""
    return _ASIDE in reason


def encoding_of(head: bytes, name: str) -> tuple[str, str]:
    """(Python's name of the charset, the reason) for a text that begins with these bytes. Raises UnreadableFile."""
    for bom, encoding in _BOMS.items():
        if head.startswith(bom):
            return encoding, f"The file begins with the byte order mark of {encoding.upper()}."
    if b"\0" in head:
        if encoding := _utf16(head):
            return encoding, "Every other byte is zero, as in UTF-16 without a byte order mark."
        if not is_text_with_nul(head):
            raise UnreadableFile(name, "is not a text table", _SAVE)
        head = head.replace(b"\0", b"")
    if head.isascii():
        return "utf-8", ASCII
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(head)
    except UnicodeDecodeError:
        return other(head, name)
    return "utf-8", VALID


def _utf16(head: bytes) -> str:
    """Zeros stand at odd places in little-endian text of mostly ASCII marks, at even ones in big-endian; "" for others.

    Text of ASCII marks in which a zero is rare is none: in UTF-16 it would be every other byte.
    """
    if head.isascii() and head.count(0) * 4 < len(head) and not _CONTROL.search(head.replace(b"\0", b"")):
        return ""
    odd, even = head[1::2].count(0), head[0::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if min(odd, even) * 20 <= max(odd, even) and max(odd, even) * 20 >= len(head):
        try:
            text = codecs.getincrementaldecoder(encoding)("strict").decode(head)
        except UnicodeDecodeError:
            return ""
        if (
            text.count("\0") * 100 <= len(text)
            and sum(mark.isprintable() or mark in "\r\n\t" for mark in text) >= len(text) * 0.95
        ):
            return encoding
    return ""


def other(head: bytes, name: str) -> tuple[str, str]:
    """The same for bytes that are not all UTF-8."""
    if nearly_utf8(head):
        return "utf-8", f"Nearly all of its letters beyond ASCII are UTF-8. {_ASIDE}."
    return _legacy(head, name)


def _legacy(head: bytes, name: str) -> tuple[str, str]:
    sample = b"".join(_FOREIGN.findall(head.replace(b"\0", b"")))[:_SAMPLE]
    if len(_CONTROL.findall(sample)) * 50 > len(sample):
        raise UnreadableFile(name, "is not a text table", _SAVE)
    scores = {encoding: _score(sample, encoding) for encoding in _SCORES}
    ranked = sorted(scores, key=lambda encoding: -scores[encoding])
    best, second = ranked[:2]
    margin = scores[best] - max(scores[second], 0.0)
    if scores[best] >= _LEAST and (margin >= _MARGIN or _second_opinion(sample) == best):
        language = _SCORES[best][0]
        return best, f"It is not UTF-8; read as {_NAMES[best]} its letters make {language} words."
    likely = [_NAMES[each] for each in ranked if scores[each] > 0.2]
    which = f"; it may be {' or '.join(likely)}" if likely else ""
    return "utf-8", f"It is not all UTF-8, and its character set is unclear{which}. {_ASIDE}: choose its encoding."


def _score(sample: bytes, encoding: str) -> float:
    """From 1 for text with only letters that one expects, to -1; -1 for what does not decode."""
    try:
        text = codecs.getincrementaldecoder(encoding)("strict").decode(sample)
    except UnicodeDecodeError:
        return -1.0
    scores = _SCORES[encoding][1](text)
    return sum(scores) / len(scores) if scores else -1.0


def _second_opinion(sample: bytes) -> str:
    """What charset-normalizer takes it for, out of the same charsets."""
    from charset_normalizer import from_bytes

    found = from_bytes(sample, cp_isolation=list(_SCORES)).best()
    return found.encoding if found else ""


_HANGUL = frozenset(
    "가각간감갑강개객거건검게격견결경계고곡공과관광교구국군굴권귀규그근글금급기긴길김까나난남납내너넘네년노농높누뉴는능니다단달담당대"
    "더덕도독동두둘드득든들등디따때떤또라락란람랑래량러럼레려력련령로록론료루류륙르른를름리린림립마막만말망매머먼메면명모목몬무묵문물므"
    "미민바박반받발방배백번벌법벨변별병보복본부북분불브비빈사산살삼상새색생서석선설성세센소속송수순술숭스슬습승시식신실심싱싸쓰아안알암"
    "압앙애야약양어억언얼업없에엔여역연열염영예오온올와완왕외요용우운울워원월위유육율으은을음의이인일임입있자작장재저적전절점접정제조족"
    "존종주준중증지직진질집차착참창채처척천철청체초촌최추축출충치칠침카칸캄컨케코콩크키타탁탄태터테텐토통투트특파판패페편평포표푸품프"
    "피필하학한할함합항해했행향허헌험현협형호홍화확환활황회획효후훈휴흑희히"
)
_CHINESE = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三"
    "之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间"
    "样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革"
    "位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处府"
    "研究南京海港口船舶箱货物运输出发抵达到目始离靠泊码航班期名称编号数备注来源吨柜集装大连上海青岛天津宁波厦门深圳广州香港釜山东京横滨"
    "神户仁川罗津清津符拉迪沃斯托克海参崴纳霍德卡东方营丹营口秦皇烟台威连云湾北俄罗斯朝鲜韩日美新加坡马来西亚尼泰越胡志明高雄基隆鹿特丹"
    "汉堡安特卫普洛杉矶鹤壁阳沈哈尔滨绥芬河满洲里二三四五六七八九年号约余"
)
_JAPANESE = frozenset(
    "日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四定今回新場金員九入選立開手米力学問高"
    "代明実円関決子動京全目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的要用制治度務強気小七成期公野協取都和統以機平総加山"
    "思家話世受区領多県続進正安設保改数記院女初北午指権心界支第産結百派点教報済書府活原先共得解名交資予川向際査勝面委告軍文反元重近千考"
    "判認画海参売利組知案道信策集在件団別物側任引使求所次水半品昨論計死官増係感特情投示変打男基私各始島直両朝革価式確村提運終挙果西勢減"
    "港船積荷揚横浜神戸名古屋阪博多清津羅新潟舞鶴釜仁川到着出発航路便個備考出典仕向地数量貨輸送隻敦賀函館苫小牧秋田酒伏木富室蘭稚内根釧"
    "路九州門司下関長崎鹿児沖縄那覇千葉塩釜石巻八戸青森境浦項上海大連天津青岛島威韓朝鮮露中米英番号社元先品目日付時刻約本"
)
_CYRILLIC = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ")
_CYRILLIC_OFTEN = frozenset("оеаинтсрвлкмдпу")
_LATIN_OFTEN = frozenset("éèêëáàâäãåçñóòôöõúùûüíìîïæøßœšžýÿðþ")
_LATIN_MARKS = frozenset("–—‘’“”•…€£°±§©®·«»¿¡ºª×½\u00a0´№„‚")
_WORD = re.compile(r"[^\W\d_]+")


def latin(text: str) -> list[float]:
    """Western European: single foreign letters within words of plain ones."""
    scores: list[float] = []
    for word in _WORD.findall(text):
        foreign = [letter for letter in word if letter > "\x7f"]
        if foreign:
            crowded = len(foreign) > max(1, len(word) * 0.5)
            cased = word.islower() or word.isupper() or word[1:].islower()
            lone = len(word) == 1 and word not in "àáéèêóôúÀÉ"
            good = cased and not crowded and not lone
            scores += [(1.0 if letter.lower() in _LATIN_OFTEN else -0.5) if good else -0.5 for letter in foreign]
    for at, mark in enumerate(text):
        if mark > "\x7f" and not mark.isalpha():
            between = text[max(at - 1, 0) : at + 2]
            odd = mark in "£€°±§©®¿¡½" and len(between) == 3 and between[0].isalpha() and between[2].isalpha()
            scores.append(0.6 if mark in _LATIN_MARKS and not odd else -0.7)
    return scores


def cyrillic(text: str) -> list[float]:
    """Russian and its neighbours: whole words of Cyrillic letters, capitals first or throughout."""
    scores: list[float] = []
    for word in _WORD.findall(text):
        foreign = [letter for letter in word if letter > "\x7f"]
        if foreign:
            pure = len(foreign) == len(word) and all(letter.lower() in _CYRILLIC for letter in word)
            cased = word.islower() or word.isupper() or word[1:].islower()
            lone = len(word) == 1 and word.lower() not in "авиксоуяіє"
            good = pure and cased and not lone
            scores += [(1.0 if letter.lower() in _CYRILLIC_OFTEN else 0.8) if good else -0.7 for letter in foreign]
    scores += [0.6 if mark in _LATIN_MARKS else -0.7 for mark in text if mark > "\x7f" and not mark.isalpha()]
    return scores


def japanese(text: str) -> list[float]:
    """Kana, and the kanji of newspapers and ports; half-width kana tell of other bytes."""
    return [_japanese(mark) for mark in text if mark > "\x7f"]


def _japanese(mark: str) -> float:
    if "\u3041" <= mark <= "\u3096" or "\u30a1" <= mark <= "\u30fc" or mark in _JAPANESE:
        return 1.0
    if "\uff61" <= mark <= "\uff9f":
        return -0.2
    if "\u3000" <= mark <= "\u303f" or "\uff01" <= mark <= "\uff5e" or mark in "〜～―‐→○●×":
        return 0.7
    return _double_byte(mark, "cp932", 0x88, 0x97, 0x40) if "\u4e00" <= mark <= "\u9fff" else -0.6


def korean(text: str) -> list[float]:
    """Syllables of the 2,350 in KS X 1001, those of every day above all."""
    return [_korean(mark) for mark in text if mark > "\x7f"]


def _korean(mark: str) -> float:
    if mark in _HANGUL:
        return 1.0
    if "\uac00" <= mark <= "\ud7a3":
        return _double_byte(mark, "cp949", 0xB0, 0xC8, 0xA1) - 0.2
    if "\u3000" <= mark <= "\u303f" or "\uff01" <= mark <= "\uff5e" or mark in "·‘’“”→○●×":
        return 0.6
    return -0.3


def chinese(text: str) -> list[float]:
    """Simplified characters of GB 2312's first level, those of every day and of ports above all."""
    return [_chinese(mark) for mark in text if mark > "\x7f"]


def _chinese(mark: str) -> float:
    if mark in _CHINESE:
        return 1.0
    if "\u3000" <= mark <= "\u303f" or "\uff01" <= mark <= "\uff5e" or mark in "·‘’“”—…→○●×":
        return 0.6
    return _double_byte(mark, "gb18030", 0xB0, 0xD7, 0xA1) if "\u4e00" <= mark <= "\u9fff" else -0.6


def _double_byte(mark: str, charset: str, first: int, last: int, trail: int) -> float:
    """0.45 for a character among the everyday rows of a charset, -0.4 for one beyond them."""
    code = mark.encode(charset)
    return 0.45 if len(code) == 2 and first <= code[0] <= last and code[1] >= trail else -0.4


_SCORES: dict[str, tuple[str, Callable[[str], list[float]]]] = {
    "cp1252": ("Western European", latin),
    "cp1251": ("Cyrillic", cyrillic),
    "cp932": ("Japanese", japanese),
    "cp949": ("Korean", korean),
    "gb18030": ("Chinese", chinese),
}
"""Charset -> the language of its letters, and how likely each kind of letter is in a text of it."""

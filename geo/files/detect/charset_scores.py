"""How likely a decoded text is in its language: the letters that one expects, and how they stand together.

Each function takes a non-ASCII character of a decoded text, or a word of it, and gives 1.0 for what one expects, about
0.4 for what can be, and less than 0 for what tells that the bytes were meant otherwise.
"""

from __future__ import annotations

import re

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

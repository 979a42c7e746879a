"""Words that surveys use for marks, and what they are taken for until a manager says otherwise; None: no level."""

from __future__ import annotations

_BY_LEVEL: dict[int | None, tuple[str, ...]] = {
    1: (
        *("very dissatisfied", "very poor", "very bad", "terrible", "awful", "strongly disagree", "unacceptable"),
        *("sehr unzufrieden", "sehr schlecht", "ungenügend"),
        *("très insatisfait", "très mauvais", "pas du tout satisfait"),
        *("muy insatisfecho", "muy malo"),
        *("mycket missnöjd", "mycket dålig"),
        *("غير راض جدا", "سيئ جدا"),
    ),
    2: (
        *("dissatisfied", "poor", "bad", "disagree", "below expectations", "no"),
        *("unzufrieden", "schlecht", "mangelhaft", "nein"),
        *("insatisfait", "mauvais", "non"),
        *("insatisfecho", "malo"),
        *("missnöjd", "dålig", "nej"),
        *("غير راض", "سيئ", "لا"),
    ),
    3: (
        *("neutral", "fair", "average", "ok", "okay", "neither", "neither agree nor disagree", "as expected"),
        *("neither satisfied nor dissatisfied", "teils/teils", "teils teils", "mittel", "weder noch", "befriedigend"),
        *("neutre", "moyen", "ni satisfait ni insatisfait"),
        *("regular", "ni satisfecho ni insatisfecho"),
        *("varken eller", "varken nöjd eller missnöjd", "medel"),
        *("محايد", "متوسط"),
    ),
    4: (
        *("satisfied", "good", "agree", "above expectations", "yes"),
        *("zufrieden", "gut", "ja"),
        *("satisfait", "bon", "oui"),
        *("satisfecho", "bueno", "sí"),
        *("nöjd", "bra"),
        *("راض", "جيد", "نعم"),
    ),
    5: (
        *("very satisfied", "very good", "great", "excellent", "strongly agree"),
        *("sehr zufrieden", "sehr gut", "ausgezeichnet"),
        *("très satisfait", "très bon", "excellent"),
        *("muy satisfecho", "muy bueno", "excelente"),
        *("mycket nöjd", "mycket bra", "utmärkt"),
        *("راض جدا", "جيد جدا", "ممتاز"),
    ),
    6: ("outstanding", "exceptional", "perfect", "hervorragend", "exceptionnel", "excepcional", "enastående"),
    None: (
        *("n/a", "na", "n.a.", "none", "null", "nan", "-", "–", "—", "?", ".", "not applicable", "does not apply"),
        *("don't know", "dont know", "no answer", "no opinion", "not seen", "i do not see this", "not for me", "skip"),
        *("keine angabe", "k.a.", "k. a.", "weiß nicht", "trifft nicht zu", "nicht zutreffend"),
        *("sans objet", "ne sait pas", "sans réponse", "no aplica", "no sabe", "sin respuesta"),
        *("ej aktuellt", "vet ej", "inget svar", "لا ينطبق", "لا أعرف"),
    ),
}
MEANINGS: dict[str, int | None] = {word: level for level, words in _BY_LEVEL.items() for word in words}

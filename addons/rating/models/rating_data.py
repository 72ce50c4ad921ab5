"""What numbers of stars mean."""

from odoo.tools import float_compare

LOWEST, HIGHEST = 0, 5
#: stars from which a rating is good, fair, bad
GREAT, OKAY, BAD = 4, 3, 1
#: the same for averages
AVERAGES = (("top", 3.66), ("ok", 2.33), ("ko", 1))
RATING_TEXT = [("top", "Satisfied"), ("ok", "Okay"), ("ko", "Dissatisfied"), ("none", "No Rating yet")]
#: numbers of the faces in e-mails
FACES = (1, 3, 5)
_PRECISION = 2


def _reaches(value, limit):
    return float_compare(value, limit, precision_digits=_PRECISION) >= 0


def text_of(value):
    """Return what a rating means: ``top``, ``ok``, ``ko`` or ``none``."""
    limits = (("top", GREAT), ("ok", OKAY), ("ko", BAD))
    return next((name for name, limit in limits if _reaches(value, limit)), "none")


def text_of_average(value):
    """Return what an average means, as :func:`text_of` does."""
    return next((name for name, limit in AVERAGES if _reaches(value, limit)), "none")


def grade_of(value):
    """Return ``great``, ``okay`` or ``bad``."""
    return "great" if _reaches(value, GREAT) else "okay" if _reaches(value, OKAY) else "bad"


def face_of(value):
    """Return the number of the picture of a rating."""
    return {"ko": 1, "none": 0, "ok": 3, "top": 5}[text_of(value)]


def repartition_of(rows):
    """Return ``{1 to 5: how many}`` from pairs of a rating and how often there is it.

    What lies between two whole numbers has a key of its own, with one decimal.
    """
    counts = dict.fromkeys(range(1, HIGHEST + 1), 0)
    for value, count in rows:
        key = round(value, 1)
        counts[key] = counts.get(key, 0) + count
    return counts


def summary_of(counts):
    """Return average and total of a repartition."""
    total = sum(counts.values())
    return (sum(value * count for value, count in counts.items()) / total if total else 0), total


def satisfaction_of(counts):
    """Return the share of great ratings in percent, -1 without ratings."""
    total = sum(counts.values())
    great = sum(count for value, count in counts.items() if grade_of(value) == "great")
    return great * 100 / total if total else -1


def averages_search(model, operator, value, groups):
    """Return the ids of records whose average fits.

    :param groups: pairs of an id and an average
    :return: domain on the ids
    :raise NotImplementedError: for other comparisons
    """
    compare = {
        "!=": lambda average: float_compare(average, value, _PRECISION) != 0,
        "<": lambda average: float_compare(average, value, _PRECISION) < 0,
        "<=": lambda average: float_compare(average, value, _PRECISION) <= 0,
        "=": lambda average: float_compare(average, value, _PRECISION) == 0,
        ">": lambda average: float_compare(average, value, _PRECISION) > 0,
        ">=": lambda average: float_compare(average, value, _PRECISION) >= 0,
    }.get(operator)
    if compare is None:
        raise NotImplementedError(f"averages of {model} are not compared by {operator}")
    known = dict(groups)
    if compare(0):
        # who has no rating has the average 0
        return [("id", "not in", [id_ for id_, average in known.items() if not compare(average)])]
    return [("id", "in", [id_ for id_, average in known.items() if compare(average)])]

"""Pictures of workflows: boxes in rows by their distance from the beginning, and arrows between them."""

from lxml import etree

__all__ = ["draw"]

_WIDTH, _HEIGHT, _GAP_X, _GAP_Y, _MARGIN = 150, 40, 40, 60, 20
#: boxes of a picture at most; what is beyond is not drawn
_LIMIT = 200
_STYLE = {
    "current": ("#cfe2ff", "#0d6efd", "3"),
    "start": ("#ffffff", "#198754", "2"),
    "stop": ("#ffffff", "#6c757d", "2"),
    "plain": ("#ffffff", "#adb5bd", "1"),
}
#: legible on top of an arrow
_TEXT = {"text-anchor": "middle", "fill": "#212529", "stroke": "#ffffff", "stroke-width": "3", "paint-order": "stroke"}


def draw(boxes: list[tuple], arrows: list[tuple], current: tuple = ()) -> str:
    """Return an SVG picture.

    :param boxes: ``(id, text, whether ways begin there, whether they end there)``
    :param arrows: ``(id of the box it leaves, id of the box it leads to, text)``
    :param current: ids of the boxes to point out
    """
    boxes = boxes[:_LIMIT]
    places = _places(boxes, arrows)
    width = max((x for x, _y in places.values()), default=0) + _WIDTH + 2 * _MARGIN
    height = max((y for _x, y in places.values()), default=0) + _HEIGHT + 2 * _MARGIN
    svg = etree.Element(
        "svg", {"viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height), "class": "o_workflow"}
    )
    head = etree.SubElement(etree.SubElement(svg, "defs"), "marker", _marker())
    etree.SubElement(head, "path", d="M0,0 L10,5 L0,10 z", fill="#495057")
    for origin, target, text in arrows:
        if origin in places and target in places:
            _draw_arrow(svg, places[origin], places[target], text)
    for number, text, begins, ends in boxes:
        kind = "current" if number in current else "start" if begins else "stop" if ends else "plain"
        _draw_box(svg, places[number], text, kind)
    return etree.tostring(svg, encoding="unicode")


def _marker():
    size = {"markerWidth": "8", "markerHeight": "8", "refX": "10", "refY": "5"}
    return {"id": "o_workflow_arrow", "viewBox": "0 0 10 10", "orient": "auto", **size}


def _places(boxes, arrows):
    """Return ``{id: (x, y)}``: a row for each number of steps from the beginning."""
    following = {}
    for origin, target, _text in arrows:
        following.setdefault(origin, []).append(target)
    numbers = [number for number, *_rest in boxes]
    rows, seen = [], set()
    row = [number for number, _text, begins, _ends in boxes if begins] or numbers[:1]
    while row:
        rows.append(row)
        seen.update(row)
        targets = dict.fromkeys(target for number in row for target in following.get(number, ()))
        # what nothing leads to comes last
        row = [target for target in targets if target in numbers and target not in seen]
        row = row or [number for number in numbers if number not in seen][:1]
    return {
        number: (_MARGIN + column * (_WIDTH + _GAP_X), _MARGIN + line * (_HEIGHT + _GAP_Y))
        for line, row in enumerate(rows)
        for column, number in enumerate(row)
    }


def _draw_box(svg, place, text, kind):
    x, y = place
    fill, stroke, thickness = _STYLE[kind]
    group = etree.SubElement(svg, "g", {"class": f"o_workflow_activity o_workflow_{kind}"})
    frame = {"width": str(_WIDTH), "height": str(_HEIGHT), "rx": "6"}
    colours = {"fill": fill, "stroke": stroke, "stroke-width": thickness}
    etree.SubElement(group, "rect", {"x": str(x), "y": str(y), **frame, **colours})
    _draw_text(group, x + _WIDTH // 2, y + _HEIGHT // 2 + 5, text, 13)


def _draw_arrow(svg, origin, target, text):
    """Draw an arrow: down or up between rows, and round the outside to the same row or box."""
    (x1, y1), (x2, y2) = origin, target
    middle1, middle2 = x1 + _WIDTH // 2, x2 + _WIDTH // 2
    if y2 > y1:
        path = f"M{middle1},{y1 + _HEIGHT} L{middle2},{y2}"
        label = (middle1 + middle2) // 2, (y1 + _HEIGHT + y2) // 2
    else:
        side = max(x1, x2) + _WIDTH + _GAP_X // 2
        start, end = y1 + _HEIGHT // 2 + 8, y2 + _HEIGHT // 2 - 8
        path = f"M{x1 + _WIDTH},{start} C{side},{start} {side},{end} {x2 + _WIDTH},{end}"
        label = side, (start + end) // 2
    etree.SubElement(
        svg, "path", {"d": path, "fill": "none", "stroke": "#495057", "marker-end": "url(#o_workflow_arrow)"}
    )
    if text:
        _draw_text(svg, *label, text, 11)


def _draw_text(parent, x, y, text, size):
    node = etree.SubElement(parent, "text", {"x": str(x), "y": str(y), "font-size": str(size), **_TEXT})
    node.text = text if len(text) <= 22 else f"{text[:21]}\u2026"
    etree.SubElement(node, "title").text = text

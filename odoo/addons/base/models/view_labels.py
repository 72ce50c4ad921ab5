"""Labels of fields that depend on the company, set in views on their way to the client."""

from collections.abc import Mapping

from lxml import etree


def relabel(arch: etree._Element, labels: Mapping[str, str | bool]) -> None:
    """Set the labels of fields in a view, at the fields and at the label elements for them.

    :param labels: field name -> label; without one, the field keeps its own
    """
    for node in arch.iter("field", "label"):
        label = labels.get(node.get("name" if node.tag == "field" else "for"))
        if label:
            node.set("string", label)

"""Pages of lists, the neighbours of a document, and addresses with other arguments."""

import math
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit


def pager(url, total, page=1, step=30, scope=5, url_args=None) -> dict:
    """Return what the template of pagers shows.

    :param url: address of the first page; others have ``/page/<number>`` behind it
    :param total: number of records
    :param page: the page that is shown; what is no number is the first
    :param step: records on a page
    :param scope: how many pages are named around the one shown
    :param url_args: arguments of the addresses
    :return: ``page_count``, ``offset`` of the first record, and addresses and numbers of pages
    """
    count = math.ceil(total / step)
    try:
        page = int(page)
    except (TypeError, ValueError):
        page = 1
    page = max(1, min(page, count))
    first = max(1, min(page - scope // 2, count - scope + 1))
    last = max(1, min(first + scope - 1, count))
    tail = f"?{urlencode(url_args, doseq=True)}" if url_args else ""

    def place(number):
        path = url if number <= 1 else f"{url}/page/{number}"
        return {"url": path + tail, "num": number}

    return {
        "page_count": count,
        "offset": (page - 1) * step,
        "page": place(page),
        "page_first": place(1),
        "page_start": place(first),
        "page_previous": place(max(first, page - 1)),
        "page_next": place(min(last, page + 1)),
        "page_end": place(last),
        "page_last": place(max(1, count)),
        "pages": [place(number) for number in range(first, last + 1)],
    }


def get_records_pager(ids, current) -> dict:
    """Return where the documents before and after one are.

    :param ids: of the documents of a list, in their order
    :param current: the document that is shown
    :return: ``prev_record`` and ``next_record``, each an address or False; nothing for a document out of the list
    """
    if current.id not in ids or not ({"access_url", "website_url"} & current._fields.keys()):
        return {}
    place = ids.index(current.id)

    def address(index):
        if not 0 <= index < len(ids):
            return False
        neighbour = current.browse(ids[index])
        if "access_url" not in neighbour._fields:
            return neighbour.website_url
        # who may not read it, or whose list is older than it, gets a page that says so
        return (
            f"{neighbour.access_url}?access_token={neighbour._portal_ensure_token()}" if neighbour.exists() else False
        )

    return {"prev_record": address(place - 1), "next_record": address(place + 1)}


def _build_url_w_params(url_string, query_params, remove_duplicates=True) -> str:
    """Return an address with more arguments.

    :param query_params: dict
    :param remove_duplicates: they replace those of the same name
    """
    parts = urlsplit(url_string)
    present = parse_qsl(parts.query, keep_blank_values=True)
    if remove_duplicates:
        query = urlencode({**dict(present), **query_params}, doseq=True)
    else:
        query = "&".join(filter(None, [urlencode(present), urlencode(query_params, doseq=True)]))
    return urlunsplit(parts._replace(query=query))

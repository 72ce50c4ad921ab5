"""Whether a link gives access to a document, and to whom it was sent."""

import hmac


def _same(expected, given) -> bool:
    """Compare two texts in a time that tells nothing about them."""
    return bool(expected) and isinstance(given, str) and hmac.compare_digest(str(expected).encode(), given.encode())


def validate_thread_with_hash_pid(thread, _hash, pid) -> bool:
    """Return whether a hash says that a document was sent to a partner.

    :param thread: one document
    :param _hash: as of ``_sign_token``
    :param pid: id of the partner
    """
    partner_id = _whole(pid)
    if not (thread and _hash and partner_id) or thread._mail_post_token_field not in thread._fields:
        return False
    thread = thread.sudo()
    return _same(thread._sign_token(partner_id), _hash) or _same(
        thread._portal_get_parent_hash_token(partner_id), _hash
    )


def validate_thread_with_token(thread, token) -> bool:
    """Return whether a token is that of a document.

    :param thread: one document
    """
    name = thread._mail_post_token_field if thread else None
    return bool(token) and name in thread._fields and _same(thread.sudo()[name], token)


def get_portal_partner(thread, _hash, pid, token):
    """Return for whom a visitor speaks who came by a link.

    :return: the partner whom the link was sent to; for a link without one, the customer of the document; or nobody
    """
    nobody = thread.env["res.partner"].sudo()
    if validate_thread_with_hash_pid(thread, _hash, pid):
        return nobody.browse(_whole(pid)).exists()
    if validate_thread_with_token(thread, token):
        return thread.sudo()._mail_get_partners(introspect_fields=True)[thread.id][:1]
    return nobody


def _whole(value) -> int:
    """Return a positive whole number, 0 for what is none."""
    try:
        number = int(value)
    except (TypeError, ValueError):
        return 0
    return number if 0 < number < 2**31 else 0

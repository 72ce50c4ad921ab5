"""Silence for a while: in one channel, or altogether."""

from datetime import datetime

from odoo import fields

#: as good as never: there is no end of it to plan
FOREVER = datetime.max.replace(microsecond=0)

#: how many are told at once
_PORTION = 1000


def plan_end(records, cron_xmlid):
    """Have a cron job run when those who muted notifications want to hear again.

    :param records: with ``mute_until_dt``
    :param str cron_xmlid: external id of the job
    """
    ends = {record.mute_until_dt for record in records} - {False, FOREVER}
    for end in ends:
        records.env.ref(cron_xmlid).sudo()._trigger(end)


def end_expired(model):
    """Have those hear again whose time is over, and tell their browsers.

    :param model: records with ``mute_until_dt`` and a method ``_notify_mute``
    """
    past = [("mute_until_dt", "<=", fields.Datetime.now())]
    while portion := model.search(past, limit=_PORTION):
        portion.mute_until_dt = False
        portion._notify_mute()

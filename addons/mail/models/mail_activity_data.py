"""Activities as clients show them."""

from collections import defaultdict

from odoo import api, models

from ..tools.discuss import Store


class MailActivityData(models.Model):
    """What clients are told of activities."""

    _inherit = "mail.activity"

    @api.readonly
    def activity_format(self):
        """Return the activities for clients."""
        return Store(self).get_result()

    def _to_store(self, store: Store):
        """Put activities into a store."""
        for activity, values in zip(self, self.read(), strict=True):
            templates = activity.mail_template_ids
            values["mail_template_ids"] = [{"id": template.id, "name": template.name} for template in templates]
            values["attachment_ids"] = Store.many(activity.attachment_ids, fields=["name"])
            values["persona"] = Store.one(activity.user_id.partner_id)
            store.add(activity, {name: value for name, value in values.items() if name != "id"})

    @api.model
    @api.readonly
    def get_activity_data(self, res_model, domain, limit=None, offset=0, fetch_done=False):
        """Return the activities of documents, by document and kind.

        :param res_model: model of the documents
        :param domain: which documents
        :param fetch_done: those that are done too, as far as they are kept
        :return: dict with ``activity_res_ids``, ``activity_types`` and ``grouped_activities``
        """
        kinds = self.env["mail.activity.type"].search([("res_model", "in", (res_model, False))])
        fetch_done = fetch_done and any(kinds.mapped("keep_done"))
        wanted = [("res_model", "=", res_model)]
        documents = None
        if domain or limit or offset:
            documents = self.env[res_model].search(domain or [], offset=offset, limit=limit)
            wanted.append(("res_id", "in", documents.ids))
        activities = self.with_context(active_test=not fetch_done).search(wanted, order="date_deadline ASC, id ASC")
        if documents is None:
            readable = self.env[res_model].browse(set(activities.mapped("res_id"))).exists()._filtered_access("read")
            activities = activities.filtered(lambda activity: activity.res_id in set(readable._ids))
        grouped, files = defaultdict(dict), activities._attachments_by_activity() if fetch_done else {}
        for (res_id, kind), of_group in activities.grouped(lambda row: (row.res_id, row.activity_type_id)).items():
            grouped[res_id][kind.id] = of_group._group_data(files)
        ongoing = list(dict.fromkeys(activities.filtered("active").mapped("res_id")))
        done = activities.filtered(lambda row: not row.active and row.res_id not in set(ongoing))
        done_ids = list(dict.fromkeys(done.sorted("date_done", reverse=True).mapped("res_id")))
        return {
            "activity_res_ids": ongoing + done_ids,
            "activity_types": [
                {
                    "id": kind.id,
                    "keep_done": kind.keep_done,
                    "name": kind.name,
                    "template_ids": [{"id": row.id, "name": row.name} for row in kind.mail_template_ids],
                }
                for kind in kinds
            ],
            "grouped_activities": dict(grouped),
        }

    def _group_data(self, files):
        """Return what is told of the activities of one kind on one document.

        :param files: ``{activity id: attachments}`` of those that are done
        """
        ongoing = self.filtered("active").sorted("date_deadline")
        done = self - ongoing
        states = [self._compute_state_from_date(row.date_deadline) for row in ongoing] + ["done"] * len(done)
        date = ongoing[0].date_deadline if ongoing else max(done.mapped("date_done"))
        values = {
            "count_by_state": {state: states.count(state) for state in dict.fromkeys(states)},
            "ids": self.ids,
            "reporting_date": date,
            "state": states[0],
            "user_assigned_ids": ongoing.user_id.ids,
        }
        attachments = self.env["ir.attachment"].union(*(files[id_] for id_ in done.ids if id_ in files))
        if attachments:
            latest = max(attachments, key=lambda file: (file.create_date, file.id))
            values["attachments_info"] = {
                "count": len(attachments),
                "most_recent_id": latest.id,
                "most_recent_name": latest.name,
            }
        return values

    def _attachments_by_activity(self):
        """Return ``{activity id: attachments}`` of the activities that are done."""
        done = self.filtered(lambda activity: not activity.active)
        return {activity.id: activity.attachment_ids for activity in done if activity.attachment_ids}


class UsersActivities(models.Model):
    """What users have to do."""

    _inherit = "res.users"

    @api.model
    def _get_activity_groups(self):
        """Return the activities of the user by model, for clients.

        :return: list of dicts with ``id``, ``name``, ``model``, ``type``, ``icon``, ``view_type`` and the counts
        """
        number = self.env["mail.thread"]._mail_parameter("mail.activity.systray.limit", 1000)
        own = [("user_id", "=", self.env.uid)]
        activities = self.env["mail.activity"].search(own, limit=number, order="id desc")
        groups, others = [], self.env["mail.activity"]
        for model_name, of_model in activities._grouped_by_model().items():
            documents = self.env[model_name].browse(set(of_model.mapped("res_id"))).exists()
            readable = documents._filtered_access("read")
            elsewhere = (
                (documents - readable)
                .with_context(allowed_company_ids=self.env.user._get_company_ids())
                ._filtered_access("read")
            )
            seen, left_out = set(readable._ids), set(elsewhere._ids)
            shown = of_model.filtered(lambda row, seen=seen: row.res_id in seen)
            others |= of_model.filtered(lambda row, known=seen | left_out: row.res_id not in known)
            if shown:
                groups.append(self._activity_group(model_name, shown))
        if others:
            group = self._activity_group("mail.activity", others)
            groups.append({**group, "name": self.env._("Other activities"), "activity_ids": others.ids})
        return groups

    def _activity_group(self, model_name, activities):
        """Return the counts of activities of a model."""
        model = self.env["ir.model"]._get(model_name).with_prefetch()
        states = [activity.state for activity in activities]
        counts = {state: states.count(state) for state in ("today", "overdue", "planned")}
        return {
            "id": model.id,
            "name": model.name,
            "model": model_name,
            "type": "activity",
            "icon": self.env["mail.message"]._icon_of(self.env[model_name]),
            "total_count": counts["today"] + counts["overdue"],
            "today_count": counts["today"],
            "overdue_count": counts["overdue"],
            "planned_count": counts["planned"],
            "view_type": getattr(self.env[model_name], "_systray_view", "list"),
        }

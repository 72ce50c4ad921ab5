"""Messages whose text is a view or a template."""

from odoo import models

_RENDERED_POST = frozenset(("body", "composition_mode", "model", "res_id", "values"))


def _refuse(names, kwargs):
    """Check that a caller leaves names to the method.

    :raise ValueError: otherwise
    """
    if given := names & kwargs.keys():
        raise ValueError(f"these follow from the source of the message: {', '.join(sorted(given))}")


class MailThreadSource(models.AbstractModel):
    """Posting, sending and logging views and templates."""

    _inherit = "mail.thread"

    def _get_source_from_ref(self, source_ref):
        """Return the template and the view that a reference means, one of them ``False``.

        :param source_ref: template, view, or the external id of one
        :raise ValueError: for anything else
        """
        source = source_ref
        if isinstance(source_ref, str):
            source = self.env.ref(source_ref, raise_if_not_found=False)
            if source is None or not source:
                raise ValueError(f"there is no template or view {source_ref}")
        if not isinstance(source, models.BaseModel):
            raise ValueError(f"a text is a template, a view, or the external id of one, not {source_ref!r}")
        if source._name not in ("mail.template", "ir.ui.view"):
            raise ValueError(f"a text is a template or a view, not a record of {source._name}")
        if not source:
            raise ValueError(f"no {source._name} is given as the text")
        return (source, False) if source._name == "mail.template" else (False, source)

    def _rendered_view(self, view, render_values):
        """Return ``{record id: the view for it}``."""
        return self.env["mail.render.mixin"]._render_template_qweb_view(
            view, self._name, self.ids, add_context=render_values or {}
        )

    def message_post_with_source(
        self,
        source_ref,
        render_values=None,
        message_type="notification",
        subtype_xmlid=False,
        subtype_id=False,
        **kwargs,
    ):
        """Post a view or a template on each document.

        :param source_ref: see :meth:`_get_source_from_ref`
        :param render_values: what a view uses beside ``object``
        :param kwargs: for :meth:`message_post`; for a template, values of the composer
        :return: the messages
        """
        _refuse(_RENDERED_POST, kwargs)
        template, view = self._get_source_from_ref(source_ref)
        subtype_id = self._subtype_of(subtype_xmlid, subtype_id)
        messages = self.env["mail.message"]
        if view:
            bodies = self._rendered_view(view, render_values)
            for record in self:
                messages += record.message_post(
                    body=bodies[record.id], message_type=message_type, subtype_id=subtype_id, **kwargs
                )
            return messages
        for record in self:
            composer = record._composer_of(
                template, "comment", {"message_type": message_type, "subtype_id": subtype_id, **kwargs}
            )
            messages += composer._action_send_mail()[1]
        return messages

    def message_mail_with_source(
        self, source_ref, render_values=None, message_type="notification", auto_commit=False, **kwargs
    ):
        """Send a view or a template by e-mail about each document.

        :param auto_commit: commit after each e-mail
        :param kwargs: values of the composer
        :return: the e-mails, as superuser
        """
        _refuse(_RENDERED_POST, kwargs)
        template, view = self._get_source_from_ref(source_ref)
        values = {"message_type": message_type, "subtype_id": self._subtype_of(None, False), **kwargs}
        if template:
            return self._composer_of(template, "mass_mail", values)._action_send_mail(auto_commit=auto_commit)[0]
        mails = self.env["mail.mail"].sudo()
        bodies = self._rendered_view(view, render_values)
        for record in self:
            composer = record._composer_of(False, "mass_mail", {**values, "body": bodies[record.id]})
            mails += composer._action_send_mail(auto_commit=auto_commit)[0]
        return mails

    def _composer_of(self, template, mode, values):
        """Return the composer of a text about these documents.

        :param template: or ``False``
        :param mode: ``comment`` or ``mass_mail``
        :param values: its values
        """
        composer = self.env["mail.compose.message"].with_context(
            default_composition_mode=mode,
            default_model=self._name,
            default_res_ids=self.ids,
            default_template_id=template.id if template else False,
        )
        return composer.create(values)

    def _message_log_with_view(self, view_ref, render_values=None, message_type="notification", **kwargs):
        """Add a view as a note to each document.

        :param view_ref: view, its id or external id
        :param render_values: what it uses beside ``object``
        """
        _refuse(frozenset(("body", "bodies")), kwargs)
        bodies = self._rendered_view(view_ref, render_values)
        return self._message_log_batch(bodies, message_type=message_type, **kwargs)

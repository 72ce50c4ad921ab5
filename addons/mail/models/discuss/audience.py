"""Who is told of what belongs to a document."""


def audience_of(record, model_name, res_id):
    """Return who sees what becomes of a message or file: all in the channel that it is in, else nobody but the caller.

    :param record: the message or file
    :param model_name: model of its document
    :param res_id: id of its document
    :return: one record that listens to the bus
    """
    env = record.env
    if res_id and model_name == "discuss.channel":
        return env[model_name].browse(res_id)
    partner, guest = env["res.partner"]._get_current_persona()
    return partner or guest or env.user.partner_id

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** Tool for developers: all messages of the record that is shown. */
export function manageMessages({ component, env }) {
    const { resId, resModel } = component.model?.root || {};
    if (!resId) {
        return null;
    }
    const place = { default_model: resModel, default_res_id: resId };
    return {
        type: "item",
        section: "record",
        sequence: 130,
        description: _t("Messages"),
        callback: () =>
            env.services.action.doAction({
                type: "ir.actions.act_window",
                name: _t("Messages").toString(),
                res_model: "mail.message",
                domain: [
                    ["res_id", "=", resId],
                    ["model", "=", resModel],
                ],
                context: place,
                views: [
                    [false, "list"],
                    [false, "form"],
                ],
            }),
    };
}

registry.category("debug").category("form").add("mail.manageMessages", manageMessages);

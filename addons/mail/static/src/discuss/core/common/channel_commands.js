import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

registry
    .category("discuss.channel_commands")
    .add("help", { help: _t("What can be done here"), methodName: "execute_command_help" })
    .add("leave", { help: _t("Go away from here"), methodName: "execute_command_leave" })
    .add("who", {
        channel_types: ["channel", "chat", "group"],
        help: _t("Who else is here"),
        methodName: "execute_command_who",
    });

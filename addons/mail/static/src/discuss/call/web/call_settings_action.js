import { CallSettings } from "@mail/discuss/call/common/call_settings";
import { registry } from "@web/core/registry";

registry.category("actions").add("mail.discuss_call_settings_action", CallSettings, { force: true });

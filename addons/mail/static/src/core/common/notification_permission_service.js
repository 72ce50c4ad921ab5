import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

/** What the browser says of notifications; one that has none refuses them. @returns {"prompt"|"granted"|"denied"} */
function currentPermission() {
    const permission = browser.Notification?.permission || "denied";
    return permission === "default" ? "prompt" : permission;
}

/** Whether the user lets pages show notifications. */
export const notificationPermissionService = {
    start() {
        const state = reactive({
            permission: currentPermission(),
            /** Ask the user. Browsers want a click for it. */
            requestPermission: async () => {
                if (browser.Notification && state.permission === "prompt") {
                    await browser.Notification.requestPermission();
                    state.permission = currentPermission();
                }
            },
        });
        const follow = async () => {
            const status = await browser.navigator.permissions.query({ name: "notifications" });
            status.onchange = () => (state.permission = currentPermission());
        };
        // some browsers cannot be asked, and tell of nothing
        follow().catch(() => {});
        return state;
    },
};

registry.category("services").add("mail.notification.permission", notificationPermissionService);

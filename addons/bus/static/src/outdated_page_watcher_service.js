import { deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { adviseReload } from "@bus/reload_notice";

const { DateTime } = luxon;
/** When messages were deleted, for all tabs. */
const KEY = "bus.autovacuum_info";

/** Tells when messages were deleted before a page, which had no connection, could get them. */
export class OutdatedPageWatcherService {
    constructor(env, services) {
        this.setup(env, services);
    }

    /** @param {Object} env @param {Object} services */
    setup(env, { bus_service: bus, multi_tab: multiTab, notification }) {
        this.notification = notification;
        this.multiTab = multiTab;
        this.disconnectedAt = null;
        this.isShown = false;
        bus.addEventListener("disconnect", () => {
            this.disconnectedAt ??= DateTime.now();
        });
        for (const event of ["reconnect", "connect"]) {
            bus.addEventListener(event, () => this.onConnected());
        }
        multiTab.bus.addEventListener("shared_value_updated", ({ detail: { key, newValue } }) => {
            if (key === KEY && newValue) {
                this.compare(JSON.parse(newValue));
            }
        });
    }

    async onConnected() {
        if (!this.disconnectedAt || !this.multiTab.isOnMainTab()) {
            return;
        }
        let info = this.multiTab.getSharedValue(KEY, null);
        if (!info || deserializeDateTime(info.nextcall) <= DateTime.now()) {
            info = await rpc("/bus/get_autovacuum_info", {}, { silent: true });
            this.multiTab.setSharedValue(KEY, info);
        }
        this.compare(info);
    }

    /** Compare when messages were deleted with when the connection was lost. */
    compare({ lastcall }) {
        const lostAt = this.disconnectedAt;
        this.disconnectedAt = null;
        if (lostAt && lastcall && lostAt <= deserializeDateTime(lastcall)) {
            this.show();
        }
    }

    show() {
        if (this.isShown) {
            return;
        }
        this.isShown = true;
        const why = _t("This page was without a connection for long, and may show what is no longer so.");
        adviseReload(this.notification, why, () => {
            this.isShown = false;
        });
    }
}

export const outdatedPageWatcherService = {
    dependencies: ["bus_service", "multi_tab", "notification"],
    start(env, services) {
        return new OutdatedPageWatcherService(env, services);
    },
};

registry.category("services").add("bus.outdated_page_watcher", outdatedPageWatcherService);

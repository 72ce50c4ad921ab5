import { Component, onWillStart, useState } from "@odoo/owl";
import { isIOS } from "@web/core/browser/feature_detection";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

/** The page of one application: what it is called, and how it comes onto the device by itself. */
export class InstallScopedApp extends Component {
    static template = "web.InstallScopedApp";
    static props = {};

    setup() {
        this.pwa = useState(useService("pwa"));
        this.state = useState({ isInstalled: false });
        this.manifest = {};
        onWillStart(async () => {
            this.manifest = await this.pwa.getManifest();
            this.state.isInstalled = this.pwa.hasScopeBeenInstalled(this.manifest.scope);
        });
    }

    get icon() {
        return this.manifest.icons?.[0]?.src;
    }

    /** By the menu of the browser, where it does not offer it. */
    get isDoneByHand() {
        return !this.pwa.canPromptToInstall || isIOS();
    }

    install() {
        return this.pwa.show({
            // who is on this page wants it, whatever was answered before
            again: true,
            onDone: ({ outcome }) => {
                this.state.isInstalled = outcome === "accepted";
            },
        });
    }
}

registry.category("public_components").add("web.install_scoped_app", InstallScopedApp);

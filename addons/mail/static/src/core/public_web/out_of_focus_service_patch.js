import { OutOfFocusService, outOfFocusService } from "@mail/core/common/out_of_focus_service";
import { patch } from "@web/core/utils/patch";

patch(outOfFocusService, { dependencies: [...outOfFocusService.dependencies, "title"] });

/** The title of the page counts what came while nobody looked. */
patch(OutOfFocusService.prototype, {
    async notify(message, thread) {
        if (!this.env.services.presence?.isOdooFocused()) {
            this._countInTitle(1);
        }
        return super.notify(message, thread);
    },

    _countInTitle(more) {
        if (!this.listens) {
            this.listens = true;
            this.env.bus.addEventListener("window_focus", () => this._countInTitle(0));
        }
        this.counter = more ? (this.counter || 0) + more : 0;
        this.env.services.title.setCounters({ discuss: this.counter });
    },
});

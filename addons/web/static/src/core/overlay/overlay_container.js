import { Component, onWillDestroy, useChildSubEnv, useEffect, useRef, xml } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { sortBy } from "@web/core/utils/arrays";
import { ErrorHandler } from "@web/core/utils/components";

const OVERLAY = Symbol("overlay");
const overlays = [];

/** One thing above the page; knows the overlays opened from inside it. */
class OverlayItem extends Component {
    static template = xml`
        <div class="o-overlay-item" t-ref="item" t-att-data-hotkey-scope="props.hotkeyScope">
            <t t-component="props.component" t-props="props.props"/>
        </div>`;
    static props = { component: Function, props: Object, env: { optional: true }, hotkeyScope: { optional: true } };

    setup() {
        this.ref = useRef("item");
        this.parentOverlay = this.props.env?.[OVERLAY];
        overlays.push(this);
        onWillDestroy(() => overlays.splice(overlays.indexOf(this), 1));
        if (this.props.env) {
            this.__owl__.childEnv = this.props.env;
        }
        useChildSubEnv({ [OVERLAY]: { contains: (target) => this.contains(target), item: this } });
        useEffect(
            () => {},
            () => []
        );
    }

    contains(target) {
        return (
            Boolean(this.ref.el?.contains(target)) ||
            overlays.some((other) => other.parentOverlay?.item === this && other.contains(target))
        );
    }
}

// by this key in the environment addons know what overlay they are in
export { OVERLAY as OVERLAY_SYMBOL };

/** Whether a node is inside the overlay that `env` belongs to, or in one opened from it. */
export function isInsideOverlay(env, target) {
    return Boolean(env[OVERLAY]?.contains(target));
}

/** Renders all overlays. */
export class OverlayContainer extends Component {
    static template = xml`
        <div class="o-overlay-container" t-att="sortedOverlays.length ? { role: 'region', 'aria-label': label } : {}">
            <t t-foreach="sortedOverlays" t-as="overlay" t-key="overlay.id">
                <ErrorHandler onError="error => this.handleError(overlay, error)">
                    <OverlayItem component="overlay.component" props="overlay.props" env="overlay.env"/>
                </ErrorHandler>
            </t>
        </div>`;
    static components = { ErrorHandler, OverlayItem };
    static props = { overlays: Object };

    get label() {
        return _t("In front of the page");
    }

    get sortedOverlays() {
        return sortBy(Object.values(this.props.overlays), (overlay) => overlay.sequence);
    }

    handleError(overlay, error) {
        overlay.remove();
        Promise.reject(error);
    }
}

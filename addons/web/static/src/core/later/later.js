import { Component, useState } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";

/** Stands in the place of what is on its way. */
export class LoadingPart extends Component {
    static template = "web.LoadingPart";
    static props = { hasFailed: Boolean, retry: Function, given: { type: Object, optional: true } };
}

/** Stands in the place of a dialog that is on its way. */
export class LoadingDialog extends Component {
    static template = "web.LoadingDialog";
    static components = { Dialog, LoadingPart };
    static props = LoadingPart.props;

    get title() {
        return this.props.given.title || _t("Loading");
    }
}

/**
 * A component that stands for one of a bundle that pages load when it is shown for the first time.
 *
 * @param {string} bundle
 * @param {() => Promise<typeof Component>} find imports the component, once the bundle is there
 * @param {{Loading?: typeof Component, prepare?: (props: Object) => Promise<Object>}} [options] what is shown until
 *  then, and what the props become that the component gets, where they need the bundle as well
 * @returns {typeof Component}
 */
export function laterComponent(bundle, find, { Loading = LoadingPart, prepare } = {}) {
    /** @type {typeof Component|null} */
    let Part = null;

    return class LaterComponent extends Component {
        static template = "web.LaterComponent";
        static props = ["*"];

        setup() {
            this.Loading = Loading;
            this.prepared = null;
            this.state = useState({ isReady: Boolean(Part && !prepare), hasFailed: false });
            this.retry = () => this.load();
            if (!this.state.isReady) {
                this.load();
            }
        }

        get Part() {
            return Part;
        }

        async load() {
            this.state.hasFailed = false;
            try {
                await loadBundle(bundle);
                Part ||= await find();
                this.prepared = prepare ? await prepare(this.props) : null;
                this.state.isReady = true;
            } catch (error) {
                console.warn(`The bundle ${bundle} could not be loaded:`, error);
                this.state.hasFailed = true;
            }
        }
    };
}

/**
 * The same for a dialog: until it is there, its frame is.
 *
 * @param {string} bundle
 * @param {() => Promise<typeof Component>} find
 * @param {{prepare?: (props: Object) => Promise<Object>}} [options]
 */
export function laterDialog(bundle, find, options = {}) {
    return laterComponent(bundle, find, { Loading: LoadingDialog, ...options });
}

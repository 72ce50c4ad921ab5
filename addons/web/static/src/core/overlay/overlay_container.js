import {
    Component,
    markRaw,
    onWillDestroy,
    onWillRender,
    reactive,
    toRaw,
    useChildSubEnv,
    useEffect,
    useRef,
    xml,
} from "@odoo/owl";
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

/**
 * Where an overlay is shown once there is one. It is on the page before: what it shows is drawn by itself then, and is
 * not begun anew when something else appears meanwhile.
 */
class OverlayPlace extends Component {
    static template = xml`
        <ErrorHandler t-if="props.place.overlay" onError="error => this.handleError(error)">
            <OverlayItem
                component="props.place.overlay.component"
                props="props.place.overlay.props"
                env="props.place.overlay.env"
            />
        </ErrorHandler>`;
    static components = { ErrorHandler, OverlayItem };
    static props = { place: Object };

    handleError(error) {
        this.props.place.overlay.remove();
        Promise.reject(error);
    }
}

/** How many overlays may be added in the same moment without beginning each other anew. */
const SPARE_PLACES = 3;

/** Renders all overlays. */
export class OverlayContainer extends Component {
    static template = xml`
        <div class="o-overlay-container" t-att="sortedOverlays.length ? { role: 'region', 'aria-label': label } : {}">
            <OverlayPlace t-foreach="places" t-as="place" t-key="place.id" place="place"/>
        </div>`;
    static components = { OverlayPlace };
    static props = { overlays: Object };

    setup() {
        this.nextPlace = 0;
        /** Places in the order of the page, the empty ones last. @type {{id: number, overlay: Object|null}[]} */
        this.places = [];
        onWillRender(() => this.arrange());
    }

    get label() {
        return _t("In front of the page");
    }

    get sortedOverlays() {
        return sortBy(Object.values(this.props.overlays), (overlay) => overlay.sequence);
    }

    /** Give each overlay a place, and have some empty ones. */
    arrange() {
        const taken = new Map();
        const free = [];
        for (const place of this.places) {
            const { overlay } = toRaw(place);
            if (overlay) {
                taken.set(overlay.id, place);
            } else {
                free.push(place);
            }
        }
        const make = () => reactive({ id: ++this.nextPlace, overlay: null });
        this.places = this.sortedOverlays.map((overlay) => {
            const place = taken.get(overlay.id) || free.shift() || make();
            if (!taken.has(overlay.id)) {
                place.overlay = markRaw(toRaw(overlay));
            }
            return place;
        });
        while (free.length < SPARE_PLACES) {
            free.push(make());
        }
        this.places.push(...free);
    }
}

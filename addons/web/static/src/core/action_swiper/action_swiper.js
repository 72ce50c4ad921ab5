import { Component, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { hasTouch } from "@web/core/browser/feature_detection";
import { useCleanup } from "@web/core/utils/hooks";
import { clamp } from "@web/core/utils/numbers";
import { isScrollableX } from "@web/core/utils/scrolling";

const SWIPE = { type: Object, optional: true };

/** What it holds can be swiped aside, by which something is done: `{ action, icon, bgColor }`. */
export class ActionSwiper extends Component {
    static template = "web.ActionSwiper";
    static props = {
        onLeftSwipe: SWIPE,
        onRightSwipe: SWIPE,
        slots: Object,
        animationOnMove: { type: Boolean, optional: true },
        animationType: { type: String, optional: true },
        swipeDistanceRatio: { type: Number, optional: true },
        swipeInvalid: { type: Function, optional: true },
    };
    static defaultProps = { animationOnMove: true, animationType: "bounce", swipeDistanceRatio: 2 };

    setup() {
        this.root = useRef("root");
        this.state = useState({ shift: 0, isSwiping: false });
        this.start = null;
        useCleanup(() => browser.clearTimeout(this.timer));
    }

    /** What swipes to the left and right of the screen do. */
    get swipes() {
        const { onLeftSwipe, onRightSwipe } = this.props;
        const isRtl = document.documentElement.dir === "rtl";
        return isRtl ? { left: onRightSwipe, right: onLeftSwipe } : { left: onLeftSwipe, right: onRightSwipe };
    }

    get isEnabled() {
        return hasTouch() && Boolean(this.props.onLeftSwipe || this.props.onRightSwipe);
    }

    onTouchStart(ev) {
        if (!this.isEnabled || ev.touches.length > 1) {
            return;
        }
        const [{ clientX: x, clientY: y }] = ev.touches;
        let scrolls = false;
        for (let el = ev.target; el && el !== this.root.el; el = el.parentElement) {
            scrolls ||= isScrollableX(el);
        }
        this.start = scrolls || this.props.swipeInvalid?.() ? null : { x, y, width: this.root.el.clientWidth };
    }

    onTouchMove(ev) {
        if (!this.start) {
            return;
        }
        const [{ clientX, clientY }] = ev.touches;
        const [x, y] = [clientX - this.start.x, clientY - this.start.y];
        if (!this.state.isSwiping && Math.abs(y) > Math.abs(x)) {
            // a finger that goes down scrolls
            this.start = null;
            return;
        }
        const { left, right } = this.swipes;
        const { width } = this.start;
        this.state.isSwiping = true;
        this.state.shift = clamp(x, left ? -width : 0, right ? width : 0);
    }

    onTouchEnd() {
        if (!this.start) {
            return;
        }
        const { shift } = this.state;
        const enough = this.start.width / this.props.swipeDistanceRatio;
        const swipe = shift < 0 ? this.swipes.left : this.swipes.right;
        this.start = null;
        Object.assign(this.state, { shift: 0, isSwiping: false });
        if (swipe && Math.abs(shift) > enough) {
            const wait = this.props.animationType === "forwards" ? 100 : 0;
            this.timer = browser.setTimeout(() => swipe.action(Promise.resolve()), wait);
        }
    }
}

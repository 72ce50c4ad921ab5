/** Points at what is to be used next, and says what it is for. */

import { Component, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { reposition } from "@web/core/position/position_hook";
import { clamp } from "@web/core/utils/numbers";

/** Half of the room that the tip takes, in pixels. */
const TIP_SIZE = 9;

/** The sides of the page beyond which an element is. */
function sideOutOf({ bottom, left, right, top }) {
    if (bottom <= 0) {
        return "top";
    }
    if (top >= window.innerHeight) {
        return "bottom";
    }
    return right <= 0 || left >= window.innerWidth ? "side" : "";
}

/** The place of an element on this page, also of one in a frame. */
function rectOf(el) {
    const frame = el.ownerDocument.defaultView?.frameElement;
    const { height, left, top, width } = el.getBoundingClientRect();
    const outer = frame && el.ownerDocument !== document ? frame.getBoundingClientRect() : { left: 0, top: 0 };
    return new DOMRect(left + outer.left, top + outer.top, width, height);
}

export class TourPointer extends Component {
    static template = "web_tour.TourPointer";
    static props = { state: { type: Object } };

    setup() {
        /** `anchor`, `content`, `position` of what is pointed at, and `outOf` where it is beyond the page. */
        this.state = useState(this.props.state);
        this.root = useRef("root");
        useEffect(
            () => this.follow(true),
            () => [this.state.anchor, this.state.content, this.state.outOf]
        );
        onWillUnmount(() => browser.cancelAnimationFrame(this.frame));
    }

    /** Stay beside the element wherever it goes. */
    follow(isNew) {
        browser.cancelAnimationFrame(this.frame);
        const { anchor } = this.props.state;
        if (!anchor || !this.root.el) {
            return;
        }
        const rect = rectOf(anchor);
        const place = JSON.stringify(rect) + window.innerWidth;
        if (isNew || place !== this.place) {
            this.place = place;
            this.state.outOf = sideOutOf(rect);
            if (!this.state.outOf) {
                const { position } = this.props.state;
                const target = { getBoundingClientRect: () => rect, ownerDocument: document };
                reposition(this.root.el, /** @type {any} */ (target), {
                    position,
                    margin: 6,
                    onPositioned: (el, { direction }) => {
                        el.setAttribute("data-direction", direction);
                        this.placeTip(rect);
                    },
                });
            }
        }
        this.frame = browser.requestAnimationFrame(() => this.follow(false));
    }

    /** Have the tip touch the element also where the words have no room beside it. */
    placeTip(rect) {
        const tip = this.root.el.querySelector(".o_tour_pointer_tip");
        if (!tip) {
            // it is drawn after the next change
            return;
        }
        const box = this.root.el.getBoundingClientRect();
        const isBeside = ["left", "right"].includes(this.root.el.dataset.direction);
        const shift = isBeside
            ? rect.y + rect.height / 2 - box.y - box.height / 2
            : rect.x + rect.width / 2 - box.x - box.width / 2;
        const room = Math.max(0, (isBeside ? box.height : box.width) / 2 - TIP_SIZE);
        tip.style.translate = `${isBeside ? 0 : clamp(shift, -room, room)}px ${isBeside ? clamp(shift, -room, room) : 0}px`;
    }

    /** Bring the element onto the page. */
    onClickScroll() {
        this.props.state.anchor.scrollIntoView({ behavior: "smooth", block: "center" });
    }
}

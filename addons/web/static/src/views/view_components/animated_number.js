import { Component, onWillUnmount, onWillUpdateProps, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { formatCurrency } from "@web/core/currency";
import { formatInteger } from "@web/views/fields/formatters";

/** A number that runs up to its new value when it grows. */
export class AnimatedNumber extends Component {
    static template = "web.AnimatedNumber";
    static props = {
        value: Number,
        duration: Number,
        animationClass: { type: String, optional: true },
        currency: { type: [Object, Boolean, Number], optional: true },
        title: { type: String, optional: true },
        slots: { type: Object, optional: true },
    };
    static enableAnimations = true;

    setup() {
        this.formatInteger = formatInteger;
        this.state = useState({ value: this.props.value, isRunning: false });
        this.handle = null;
        onWillUpdateProps((nextProps) => this.show(nextProps));
        onWillUnmount(() => browser.cancelAnimationFrame(this.handle));
    }

    show({ duration, value }) {
        browser.cancelAnimationFrame(this.handle);
        const { value: from } = this.state;
        const ownClass = /** @type {typeof AnimatedNumber} */ (this.constructor);
        const isCalm = browser.matchMedia("(prefers-reduced-motion: reduce)").matches;
        if (!ownClass.enableAnimations || isCalm || !duration || value <= from) {
            Object.assign(this.state, { value, isRunning: false });
            return;
        }
        const start = Date.now();
        const step = () => {
            const share = Math.min(1, (Date.now() - start) / duration);
            Object.assign(this.state, { value: from + (value - from) * share, isRunning: share < 1 });
            if (share < 1) {
                this.handle = browser.requestAnimationFrame(step);
            }
        };
        step();
    }

    /** @returns {string} the number in short */
    format(value) {
        const { currency } = this.props;
        const id = typeof currency === "object" ? currency?.[0] : currency;
        return id ? formatCurrency(value, id, { humanReadable: true }) : formatInteger(value, { humanReadable: true });
    }
}

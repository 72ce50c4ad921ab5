import { Component, onMounted, onPatched, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { clamp } from "@web/core/utils/numbers";

/** Where the size of the part is kept. */
const KEY = "barcode_scanner_overlay";
/** Smallest part that codes are looked for in, pixels. */
const SMALLEST = 60;

/** Frame above the picture of a camera: codes are looked for inside, and its corner makes it bigger and smaller. */
export class CropOverlay extends Component {
    static template = "web.CropOverlay";
    static props = { onResize: Function, isReady: Boolean, slots: { type: Object } };

    setup() {
        this.containerRef = useRef("crop-container");
        const [width, height] = (browser.localStorage.getItem(KEY) || "0.6,0.4").split(",").map(Number);
        /** Parts of the picture. */
        this.state = useState({ width: width || 0.6, height: height || 0.4 });
        this.isMoving = false;
        onMounted(() => this.tell());
        onPatched(() => this.tell());
    }

    get style() {
        return `width: ${this.state.width * 100}%; height: ${this.state.height * 100}%`;
    }

    tell() {
        const { clientWidth, clientHeight } = this.containerRef.el;
        const [width, height] = [clientWidth * this.state.width, clientHeight * this.state.height];
        const box = { x: (clientWidth - width) / 2, y: (clientHeight - height) / 2, width, height };
        if (this.props.isReady && JSON.stringify(box) !== this.told) {
            this.told = JSON.stringify(box);
            this.props.onResize(box);
        }
    }

    onPointerDown(ev) {
        ev.preventDefault();
        ev.target.setPointerCapture(ev.pointerId);
        this.isMoving = true;
    }

    onPointerMove(ev) {
        if (!this.isMoving) {
            return;
        }
        const box = this.containerRef.el.getBoundingClientRect();
        const part = (position, start, size) =>
            clamp((2 * Math.abs(position - start - size / 2)) / size, SMALLEST / size, 1);
        this.state.width = part(ev.clientX, box.left, box.width);
        this.state.height = part(ev.clientY, box.top, box.height);
    }

    onPointerUp() {
        this.isMoving = false;
        browser.localStorage.setItem(KEY, `${this.state.width},${this.state.height}`);
    }
}

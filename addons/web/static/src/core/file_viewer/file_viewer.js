import { Component, useState } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { useActiveElement } from "@web/core/ui/ui_service";
import { useAutofocus } from "@web/core/utils/hooks";

const ZOOM_STEP = 1.25;
const [SMALLEST, LARGEST] = [0.25, 8];

/** Files over the whole page, one at a time: images, PDF, video, sound and text. */
export class FileViewer extends Component {
    static template = "web.FileViewer";
    static props = {
        close: { type: Function, optional: true },
        files: Array,
        modal: { type: Boolean, optional: true },
        startIndex: Number,
    };
    static defaultProps = { modal: true };

    setup() {
        useActiveElement("root");
        useAutofocus({ refName: "root" });
        this.state = useState({ index: this.props.startIndex, scale: 1, angle: 0, x: 0, y: 0 });
        this.drag = null;
        useHotkey("escape", () => this.close(), { bypassEditableProtection: true });
        useHotkey("arrowleft", () => this.step(-1), { allowRepeat: true });
        useHotkey("arrowright", () => this.step(1), { allowRepeat: true });
    }

    get file() {
        return this.props.files[this.state.index];
    }

    get hasSeveral() {
        return this.props.files.length > 1;
    }

    get imageStyle() {
        const { angle, scale, x, y } = this.state;
        return `transform: translate(${x}px, ${y}px) scale(${scale}) rotate(${angle}deg)`;
    }

    close() {
        this.props.close?.();
    }

    /** The next or previous file; after the last comes the first. */
    step(by) {
        const { length } = this.props.files;
        this.state.index = (this.state.index + by + length) % length;
        this.reset();
    }

    // ------------------------------------------------------------------ images

    zoom(factor) {
        this.state.scale = Math.min(LARGEST, Math.max(SMALLEST, this.state.scale * factor));
    }

    zoomIn() {
        this.zoom(ZOOM_STEP);
    }

    zoomOut() {
        this.zoom(1 / ZOOM_STEP);
    }

    rotate() {
        this.state.angle = (this.state.angle + 90) % 360;
    }

    reset() {
        Object.assign(this.state, { scale: 1, angle: 0, x: 0, y: 0 });
    }

    onWheel(ev) {
        if (ev.deltaY) {
            this.zoom(ev.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP);
        }
    }

    onPointerDown(ev) {
        const { x, y } = this.state;
        this.drag = { x: x - ev.clientX, y: y - ev.clientY };
        ev.currentTarget.setPointerCapture(ev.pointerId);
    }

    onPointerMove(ev) {
        if (this.drag) {
            Object.assign(this.state, { x: this.drag.x + ev.clientX, y: this.drag.y + ev.clientY });
        }
    }

    onPointerUp() {
        this.drag = null;
    }

    onKeydown(ev) {
        const keys = {
            "+": () => this.zoomIn(),
            "-": () => this.zoomOut(),
            0: () => this.reset(),
            r: () => this.rotate(),
        };
        if (this.file.isImage && keys[ev.key] && !ev.ctrlKey && !ev.metaKey) {
            ev.preventDefault();
            keys[ev.key]();
        }
    }

    /** A click beside the file closes the viewer. */
    onClickStage(ev) {
        if (ev.target === ev.currentTarget) {
            this.close();
        }
    }
}

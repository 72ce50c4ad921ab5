import { Component, useExternalListener, useRef, useState } from "@odoo/owl";
import { usePrepared } from "@web/core/utils/hooks";
import { convertCSSColorToRgba, convertHslToRgb, convertRgbaToCSSColor, convertRgbToHsl } from "@web/core/utils/colors";

/** How far an arrow key goes, and with Shift. */
const STEPS = [1, 10];
const clampTo = (value, limit) => Math.min(limit, Math.max(0, value));

/** Choice of any colour: by an area, by sliders for hue and opacity, and by its numbers. */
export class Colorpicker extends Component {
    static template = "web.Colorpicker";
    static props = {
        "*": { optional: true },
        defaultColor: { type: String, optional: true },
        defaultOpacity: { type: Number, optional: true },
        noTransparency: { type: Boolean, optional: true },
        onColorPreview: { type: Function, optional: true },
        onColorSelect: { type: Function, optional: true },
        onInputEnter: { type: Function, optional: true },
        selectedColor: { type: String, optional: true },
    };
    static defaultProps = {
        defaultColor: "#FF0000",
        defaultOpacity: 100,
        noTransparency: false,
        onColorPreview: () => {},
        onColorSelect: () => {},
        onInputEnter: () => {},
    };

    setup() {
        this.area = useRef("area");
        this.color = useState({ hue: 0, saturation: 100, lightness: 50, opacity: 100 });
        this.isDragging = false;
        usePrepared(({ defaultColor, defaultOpacity, selectedColor }) => {
            const shown = convertCSSColorToRgba(selectedColor || defaultColor);
            if (shown && this.cssColor !== convertRgbaToCSSColor(shown.red, shown.green, shown.blue, shown.opacity)) {
                const opacity = selectedColor ? shown.opacity : defaultOpacity;
                Object.assign(this.color, convertRgbToHsl(shown.red, shown.green, shown.blue), { opacity });
            }
        });
        useExternalListener(window, "pointermove", (ev) => this.isDragging && this.pick(ev));
        useExternalListener(window, "pointerup", () => this.drop());
    }

    // ------------------------------------------------------------------ the colour

    get rgb() {
        const { hue, saturation, lightness } = this.color;
        return /** @type {{red: number, green: number, blue: number}} */ (convertHslToRgb(hue, saturation, lightness));
    }

    get hue() {
        return Math.round(this.color.hue);
    }

    get hex() {
        const { red, green, blue } = this.rgb;
        return convertRgbaToCSSColor(red, green, blue);
    }

    get cssColor() {
        const { red, green, blue } = this.rgb;
        return convertRgbaToCSSColor(red, green, blue, this.props.noTransparency ? 100 : this.color.opacity);
    }

    /** What listeners get. */
    get colorComponents() {
        return { ...this.color, ...this.rgb, hex: this.hex, cssColor: this.cssColor };
    }

    change(changes, { isFinal = true } = {}) {
        Object.assign(this.color, changes);
        this.props.onColorPreview(this.colorComponents);
        if (isFinal) {
            this.props.onColorSelect(this.colorComponents);
        }
    }

    changeRgb(changes) {
        const { red, green, blue } = { ...this.rgb, ...changes };
        this.change(convertRgbToHsl(red, green, blue));
    }

    // ------------------------------------------------------------------ events

    pick(ev) {
        const box = this.area.el.getBoundingClientRect();
        const saturation = clampTo(((ev.clientX - box.left) / box.width) * 100, 100);
        const lightness = clampTo(100 - ((ev.clientY - box.top) / box.height) * 100, 100);
        this.change({ saturation, lightness }, { isFinal: false });
    }

    onPointerDown(ev) {
        this.isDragging = true;
        this.pick(ev);
    }

    drop() {
        if (this.isDragging) {
            this.isDragging = false;
            this.props.onColorSelect(this.colorComponents);
        }
    }

    onAreaKeydown(ev) {
        const step = STEPS[Number(ev.shiftKey)];
        const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
        const move = moves[ev.key];
        if (move) {
            ev.preventDefault();
            const { saturation, lightness } = this.color;
            this.change({
                saturation: clampTo(saturation + move[0], 100),
                lightness: clampTo(lightness + move[1], 100),
            });
        }
    }

    onSlide(part, ev) {
        this.change({ [part]: Number(ev.target.value) }, { isFinal: ev.type === "change" });
    }

    onHexChange(ev) {
        const typed = ev.target.value.trim();
        const parts = convertCSSColorToRgba(typed.startsWith("#") ? typed : `#${typed}`);
        if (parts) {
            this.change({ ...convertRgbToHsl(parts.red, parts.green, parts.blue), opacity: parts.opacity });
        }
        ev.target.value = this.hex;
    }

    onPartChange(part, ev) {
        const limit = part === "opacity" ? 100 : 255;
        const value = clampTo(Math.round(Number(ev.target.value)) || 0, limit);
        if (part === "opacity") {
            this.change({ opacity: value });
        } else {
            this.changeRgb({ [part]: value });
        }
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && ev.target.matches("input")) {
            ev.target.dispatchEvent(new Event("change"));
            this.props.onInputEnter(ev);
        }
    }
}

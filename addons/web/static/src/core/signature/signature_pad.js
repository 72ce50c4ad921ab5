/** A surface that is drawn upon by pointer; what is drawn is kept as lines, so that it can be drawn again. */
export class SignaturePad {
    /**
     * @param {HTMLCanvasElement} canvas
     * @param {{color: string, onChange: () => void}} options
     */
    constructor(canvas, { color, onChange }) {
        this.canvas = canvas;
        this.context = canvas.getContext("2d");
        this.color = color;
        this.onChange = onChange;
        this.isDrawn = false;
        this.last = null;
    }

    get isEmpty() {
        return !this.isDrawn;
    }

    /** Give the picture as many points as the screen shows, and begin anew. */
    fit(width, height) {
        const density = globalThis.devicePixelRatio || 1;
        Object.assign(this.canvas, { width: width * density, height: height * density });
        Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
        this.context.setTransform(density, 0, 0, density, 0, 0);
        this.size = { width, height };
        this.clear();
    }

    clear() {
        const { width, height } = this.size;
        this.context.clearRect(0, 0, width, height);
        this.isDrawn = false;
    }

    point(ev) {
        const box = this.canvas.getBoundingClientRect();
        return { x: ev.clientX - box.left, y: ev.clientY - box.top };
    }

    begin(ev) {
        this.canvas.setPointerCapture(ev.pointerId);
        this.last = this.point(ev);
        Object.assign(this.context, { strokeStyle: this.color, lineWidth: 2.2, lineCap: "round", lineJoin: "round" });
        this.line(this.last);
    }

    move(ev) {
        if (this.last) {
            const place = this.point(ev);
            this.line(place);
            this.last = place;
        }
    }

    line({ x, y }) {
        const { context, last } = this;
        context.beginPath();
        context.moveTo(last.x, last.y);
        context.lineTo(x, y);
        context.stroke();
        this.isDrawn = true;
    }

    end() {
        if (this.last) {
            this.last = null;
            this.onChange();
        }
    }

    /** Write a name as large as there is room. */
    write(text, font) {
        this.clear();
        if (!text) {
            return;
        }
        const { context, size } = this;
        let height = size.height * 0.6;
        const measure = () => {
            context.font = `${height}px ${font}`;
            return context.measureText(text).width;
        };
        while (measure() > size.width * 0.9 && height > 8) {
            height *= 0.9;
        }
        Object.assign(context, { fillStyle: this.color, textAlign: "center", textBaseline: "middle" });
        context.fillText(text, size.width / 2, size.height / 2);
        this.isDrawn = true;
    }

    /** Show a picture, in its proportions. */
    show(image) {
        this.clear();
        const { width, height } = this.size;
        const scale = Math.min(width / image.width, height / image.height);
        const [w, h] = [image.width * scale, image.height * scale];
        this.context.drawImage(image, (width - w) / 2, (height - h) / 2, w, h);
        this.isDrawn = true;
    }

    toDataURL() {
        return this.canvas.toDataURL("image/png");
    }
}

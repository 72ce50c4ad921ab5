/** `#rrggbb[aa]` to components. @returns {{red, green, blue, opacity}|false} */
export function convertCSSColorToRgba(cssColor) {
    const hex = /^#([0-9a-f]{3,8})$/i.exec(cssColor);
    if (hex && [3, 6, 8].includes(hex[1].length)) {
        const digits = hex[1].length === 3 ? [...hex[1]].map((c) => c + c).join("") : hex[1];
        const part = (index) => parseInt(digits.slice(index, index + 2), 16);
        const opacity = digits.length === 8 ? Math.round((part(6) / 255) * 100) : 100;
        return { red: part(0), green: part(2), blue: part(4), opacity };
    }
    const rgba = /^rgba?\((\d+),\s*(\d+),\s*(\d+)(?:,\s*([\d.]+))?\)$/.exec(cssColor);
    if (!rgba) {
        return false;
    }
    const [red, green, blue] = rgba.slice(1, 4).map(Number);
    return { red, green, blue, opacity: Math.round((rgba[4] === undefined ? 1 : Number(rgba[4])) * 100) };
}

/** Components to `#rrggbb`. */
export function convertRgbaToCSSColor(red, green, blue, opacity = 100) {
    const hex = (value) => Math.round(value).toString(16).padStart(2, "0");
    const alpha = opacity >= 100 ? "" : hex((opacity / 100) * 255);
    return `#${hex(red)}${hex(green)}${hex(blue)}${alpha}`;
}

/** Canonical `#rrggbb` form when it is a colour, else the text itself. */
export function normalizeCSSColor(cssColor) {
    const rgba = convertCSSColorToRgba(cssColor);
    return rgba ? convertRgbaToCSSColor(rgba.red, rgba.green, rgba.blue, rgba.opacity) : cssColor;
}

/** Whether it is a colour in hexadecimal or rgb() notation. */
export function isCSSColor(cssColor) {
    return convertCSSColorToRgba(cssColor) !== false;
}

/** Mix two colours. */
export function mixCssColors(first, second, weight) {
    const a = convertCSSColorToRgba(first);
    const b = convertCSSColorToRgba(second);
    const mix = (key) => a[key] * weight + b[key] * (1 - weight);
    return convertRgbaToCSSColor(mix("red"), mix("green"), mix("blue"));
}

/** Hue in degrees, saturation and lightness in percent. @returns {{hue, saturation, lightness}|false} */
export function convertRgbToHsl(red, green, blue) {
    const parts = [red, green, blue];
    if (!parts.every((part) => Number.isFinite(part) && part >= 0 && part <= 255)) {
        return false;
    }
    const [r, g, b] = parts.map((part) => part / 255);
    const [high, low] = [Math.max(r, g, b), Math.min(r, g, b)];
    const chroma = high - low;
    const lightness = (high + low) / 2;
    const turns = !chroma
        ? 0
        : high === r
          ? (g - b) / chroma
          : high === g
            ? (b - r) / chroma + 2
            : (r - g) / chroma + 4;
    const saturation = chroma ? chroma / (1 - Math.abs(2 * lightness - 1)) : 0;
    return { hue: (turns * 60 + 360) % 360, saturation: saturation * 100, lightness: lightness * 100 };
}

/** Components from hue in degrees, saturation and lightness in percent. @returns {{red, green, blue}|false} */
export function convertHslToRgb(hue, saturation, lightness) {
    const isIn = (value, limit) => Number.isFinite(value) && value >= 0 && value <= limit;
    if (!isIn(hue, 360) || !isIn(saturation, 100) || !isIn(lightness, 100)) {
        return false;
    }
    const light = lightness / 100;
    const reach = (saturation / 100) * Math.min(light, 1 - light);
    const part = (shift) => {
        const place = (shift + hue / 30) % 12;
        return Math.round(255 * (light - reach * Math.max(-1, Math.min(place - 3, 9 - place, 1))));
    };
    return { red: part(0), green: part(8), blue: part(4) };
}

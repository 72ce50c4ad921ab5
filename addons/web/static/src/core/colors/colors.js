import { clamp } from "@web/core/utils/numbers";
import { convertCSSColorToRgba } from "@web/core/utils/colors";

/** Series of colours that stay apart from each other, also for many who see colours differently; by their number. */
const PALETTES = {
    bright: {
        sm: ["#2f6f9f", "#e0872e", "#3a9467", "#b8455b", "#7a62b3", "#a58a1f", "#3e9fb0"],
        md: ["#2f6f9f", "#e0872e", "#3a9467", "#b8455b", "#7a62b3", "#a58a1f", "#3e9fb0"].flatMap((color) => [
            color,
            mix(color, 255, 0.35),
        ]),
        lg: ["#2f6f9f", "#e0872e", "#3a9467", "#b8455b", "#7a62b3", "#a58a1f", "#3e9fb0", "#6d7380"].flatMap(
            (color) => [color, mix(color, 255, 0.35), mix(color, 0, 0.3)]
        ),
    },
};
PALETTES.dark = Object.fromEntries(
    Object.entries(PALETTES.bright).map(([size, colors]) => [size, colors.map((color) => mix(color, 255, 0.2))])
);
PALETTES.bright.xl = [...PALETTES.bright.lg, ...PALETTES.bright.lg.map((color) => mix(color, 128, 0.4))];
PALETTES.dark.xl = [...PALETTES.dark.lg, ...PALETTES.dark.lg.map((color) => mix(color, 128, 0.4))];
const SIZES = ["sm", "md", "lg", "xl"];

/** What stands for no value at all. */
export const DEFAULT_BG = "#c6cad3";

/** Parts of a colour nearer to black (0) or white (255) by a share. */
function mix(color, target, share) {
    const parts = [1, 3, 5].map((place) => parseInt(color.slice(place, place + 2), 16));
    const mixed = parts.map((part) => Math.round(part + (target - part) * clamp(share, 0, 1)));
    return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * Colours of a palette.
 *
 * @param {string} colorScheme bright, or dark
 * @param {string} paletteName sm, md, lg or xl
 * @returns {string[]} in the form #rrggbb
 */
export function getColors(colorScheme, paletteName) {
    return PALETTES[colorScheme === "dark" ? "dark" : "bright"][paletteName];
}

/** Name of the smallest palette that has a number of colours. */
function paletteFor(colorScheme, count) {
    return SIZES.find((size) => getColors(colorScheme, size).length >= count) || SIZES.at(-1);
}

/**
 * Colour of the n-th of some things; they begin anew when the palette ends.
 *
 * @param {number} index from 0
 * @param {string} colorScheme
 * @param {string|number} paletteSizeOrPaletteName name, or how many things there are
 */
export function getColor(index, colorScheme, paletteSizeOrPaletteName) {
    const name =
        typeof paletteSizeOrPaletteName === "string"
            ? paletteSizeOrPaletteName
            : paletteFor(colorScheme, paletteSizeOrPaletteName);
    const colors = getColors(colorScheme, name);
    return colors[index % colors.length];
}

/** One of two colours, as the page is bright or dark. */
export function getCustomColor(colorScheme, brightModeColor, darkModeColor) {
    return colorScheme === "dark" && darkModeColor ? darkModeColor : brightModeColor;
}

/** Colour of lines between coloured areas. */
export function getBorderWhite(colorScheme) {
    return getCustomColor(colorScheme, "rgba(255, 255, 255, 0.6)", "rgba(0, 0, 0, 0.6)");
}

/** `#rrggbb` with an opacity between 0 and 1. */
export function hexToRGBA(hex, opacity) {
    const { red, green, blue } = /** @type {any} */ (convertCSSColorToRgba(hex));
    return `rgba(${red},${green},${blue},${opacity})`;
}

/** Nearer to white by a share between 0 and 1. */
export function lightenColor(color, factor) {
    return mix(color, 255, factor);
}

/** Nearer to black by a share between 0 and 1. */
export function darkenColor(color, factor) {
    return mix(color, 0, factor);
}

/** Choices of how a file is read. */
import { _t } from "@web/core/l10n/translation";

export const ENCODINGS = [
    ...["utf-8", "utf-8-sig", "utf-16", "utf-32", "ascii", "windows-1252", "iso-8859-1", "iso-8859-2", "iso-8859-15"],
    ...["windows-1250", "windows-1251", "windows-1256", "koi8-r", "macroman", "big5", "gb18030", "euc-kr", "shift_jis"],
];

export const SEPARATORS = () => [
    { value: ",", label: _t("Comma") },
    { value: ";", label: _t("Semicolon") },
    { value: "\t", label: _t("Tab") },
    { value: " ", label: _t("Space") },
    { value: "|", label: _t("Vertical bar") },
    { value: "\x1f", label: _t("Unit separator") },
];

export const THOUSANDS = () => [
    { value: ",", label: _t("Comma") },
    { value: ".", label: _t("Point") },
    { value: " ", label: _t("None, or a space") },
    { value: "'", label: _t("Apostrophe") },
];

export const DECIMALS = () => [
    { value: ".", label: _t("Point") },
    { value: ",", label: _t("Comma") },
];

export const DATES = [
    ...["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y/%m/%d", "%Y%m%d"],
    ...["%d/%m/%y", "%m/%d/%y", "%d.%m.%y"],
];

export const DATETIMES = ["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y"].flatMap((date) => [
    `${date} %H:%M:%S`,
    `${date} %H:%M`,
]);

const SAMPLE = {
    ...{ Y: "2024", y: "24", m: "12", d: "31", H: "18", I: "06", M: "05", S: "09", p: "PM", b: "Dec", B: "December" },
};

/** A moment in a format of Python: what people recognise their dates by. */
export function exampleOf(format) {
    return format.replace(/%([a-zA-Z])/g, (code, letter) => SAMPLE[letter] ?? code);
}

/** Choices of formats, with the present one among them. */
export function formatChoices(formats, present) {
    const all = present && !formats.includes(present) ? [present, ...formats] : formats;
    return all.map((format) => ({ value: format, label: exampleOf(format) }));
}

/** Choices of plain values, with the present one among them. */
export function withPresent(choices, present) {
    const isKnown = !present || choices.some(({ value }) => value === present);
    return isKnown ? choices : [...choices, { value: present, label: present }];
}

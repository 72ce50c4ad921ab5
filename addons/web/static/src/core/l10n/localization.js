/**
 * How the user's language writes dates and numbers; filled by the localization service.
 */
export const localization = {
    dateFormat: "MM/dd/yyyy",
    timeFormat: "HH:mm:ss",
    shortTimeFormat: "HH:mm",
    dateTimeFormat: "MM/dd/yyyy HH:mm:ss",
    decimalPoint: ".",
    thousandsSep: ",",
    grouping: [3, 0],
    direction: "ltr",
    multiLang: false,
    weekStart: 7,
    code: "en_US",
};

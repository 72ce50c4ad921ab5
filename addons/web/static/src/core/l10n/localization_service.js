import { DateTime, Settings } from "luxon";
import { browser } from "@web/core/browser/browser";
import { localization } from "@web/core/l10n/localization";
import { setTranslations } from "@web/core/l10n/translation";
import { pyToJsLocale, strftimeToLuxonFormat } from "@web/core/l10n/utils";
import { user } from "@web/core/user";
import { registry } from "@web/core/registry";
import { session } from "@web/session";

function applyLanguage(parameters, multiLang, code) {
    const dateFormat = strftimeToLuxonFormat(parameters.date_format);
    const timeFormat = strftimeToLuxonFormat(parameters.time_format);
    const shortTimeFormat = strftimeToLuxonFormat(
        parameters.short_time_format || parameters.time_format.replace(/:?%S/, "")
    );
    Object.assign(localization, {
        dateFormat,
        timeFormat,
        shortTimeFormat,
        dateTimeFormat: `${dateFormat} ${timeFormat}`,
        decimalPoint: parameters.decimal_point,
        direction: parameters.direction,
        grouping: JSON.parse(parameters.grouping),
        multiLang,
        thousandsSep: parameters.thousands_sep,
        weekStart: parameters.week_start,
        code,
    });
}

export const localizationService = {
    async start() {
        const hash = session.cache_hashes?.translations || Date.now().toString();
        const lang = user.context.lang || document.documentElement.getAttribute("lang")?.replace("-", "_");
        const query = lang ? `?lang=${lang}` : "";
        const base = session.translationURL || "/web/webclient/translations";
        const response = await browser.fetch(`${base}/${hash}${query}`);
        if (!response.ok) {
            throw new Error(`Translations could not be fetched (HTTP ${response.status})`);
        }
        const answer = await response.json();
        const terms = {};
        for (const module of Object.values(answer.modules || {})) {
            for (const { id, string } of module.messages || []) {
                terms[id] = string;
            }
        }
        setTranslations(terms);
        const locale = pyToJsLocale(lang) || browser.navigator.language;
        Settings.defaultLocale = locale;
        if (user.tz && DateTime.local().setZone(user.tz).isValid) {
            Settings.defaultZone = user.tz;
        }
        if (answer.lang_parameters) {
            applyLanguage(answer.lang_parameters, answer.multi_lang, jsCode(locale));
            document.documentElement.dir = localization.direction;
        }
        return localization;
    },
};

function jsCode(locale) {
    return locale.replace("-", "_");
}

registry.category("services").add("localization", localizationService);

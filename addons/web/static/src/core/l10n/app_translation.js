import { translatedTerms } from "@web/core/l10n/translation";

/** Translation function for templates, called when a template is compiled. */
export function appTranslateFn(text) {
    return translatedTerms[text] ?? text;
}

import { formatFloat } from "@web/core/utils/numbers";
import { nbsp } from "@web/core/utils/strings";
import { session } from "@web/session";

export const currencies = session.currencies || {};
delete session.currencies;

/** @returns {{symbol: string, position: string, digits: [number, number]}|undefined} */
export function getCurrency(id) {
    return currencies[id];
}

/**
 * Amount with its currency's symbol.
 *
 * @param {number} amount
 * @param {number} currencyId
 * @param {{digits?: [number, number], noSymbol?: boolean, humanReadable?: boolean, trailingZeros?: boolean}} [options]
 */
export function formatCurrency(amount, currencyId, options = {}) {
    const currency = getCurrency(currencyId);
    const digits = options.digits || currency?.digits;
    const text = formatFloat(amount, {
        digits,
        humanReadable: options.humanReadable,
        trailingZeros: options.trailingZeros,
    });
    if (!currency || options.noSymbol) {
        return text;
    }
    const parts = [currency.symbol, text];
    return (currency.position === "after" ? parts.reverse() : parts).join(nbsp);
}

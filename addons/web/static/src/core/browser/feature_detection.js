import { browser } from "@web/core/browser/browser";

const agent = () => browser.navigator.userAgent;

export function isBrowserChrome() {
    return /Chrome/i.test(agent());
}

export function isBrowserFirefox() {
    return /Firefox/i.test(agent());
}

export function isBrowserSafari() {
    return !isBrowserChrome() && /Safari/i.test(agent());
}

export function isAndroid() {
    return /Android/i.test(agent());
}

export function isIOS() {
    return /(iPad|iPhone|iPod)/i.test(agent());
}

export function isOtherMobileOS() {
    return /(webOS|BlackBerry|Windows Phone)/i.test(agent());
}

export function isMacOS() {
    return /Mac/i.test(agent());
}

export function isMobileOS() {
    return isAndroid() || isIOS() || isOtherMobileOS();
}

export function isIosApp() {
    return /OdooMobile \(iOS\)/i.test(agent());
}

export function isAndroidApp() {
    return /OdooMobile.+Android/i.test(agent());
}

export function isDisplayStandalone() {
    return browser.matchMedia("(display-mode: standalone)").matches;
}

export function hasTouch() {
    return browser.ontouchstart !== undefined || browser.matchMedia("(pointer:coarse)").matches;
}

export function maxTouchPoints() {
    return browser.navigator.maxTouchPoints || 1;
}

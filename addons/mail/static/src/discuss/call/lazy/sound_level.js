import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

/** How loud somebody is who speaks, how often it is looked, and how long a pause between words is. */
const LOUD = 0.02;
const INTERVAL = 150;
const PAUSE = 500;

/**
 * Follow whether something is heard in a stream.
 *
 * @param {MediaStream} stream
 * @param {(isTalking: boolean) => void} tell called when that changes
 * @returns {() => void} ends it
 */
export function watchSound(stream, tell) {
    const context = new window.AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let isTalking = false;
    let heard = 0;
    const timer = browser.setInterval(() => {
        analyser.getFloatTimeDomainData(samples);
        const level = Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
        const now = Date.now();
        heard = level > LOUD ? now : heard;
        const speaks = now - heard < PAUSE;
        if (speaks !== isTalking) {
            isTalking = speaks;
            tell(speaks);
        }
    }, INTERVAL);
    return () => {
        browser.clearInterval(timer);
        context.close();
    };
}

registry.category("discuss.call").add("watchSound", watchSound);

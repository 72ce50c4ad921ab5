/**
 * What a browser does with passkeys. Options come as JSON and answers go as JSON, with bytes in base64url; not all
 * browsers convert these themselves.
 */

function toBytes(text) {
    const padded = text.replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(atob(padded), (char) => char.charCodeAt(0));
}

function toText(buffer) {
    const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
    return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

const withBytes = (descriptors = []) => descriptors.map((one) => ({ ...one, id: toBytes(one.id) }));

function asJson(credential, names) {
    const { response } = credential;
    const given = names.filter((name) => response[name]);
    return JSON.stringify({
        id: credential.id,
        rawId: toText(credential.rawId),
        type: credential.type,
        authenticatorAttachment: credential.authenticatorAttachment,
        clientExtensionResults: credential.getClientExtensionResults(),
        response: {
            ...Object.fromEntries(given.map((name) => [name, toText(response[name])])),
            transports: response.getTransports?.(),
        },
    });
}

/** Whether passkeys can be used on this page: the browser knows them, and the page came safely. */
export function hasPasskeys() {
    return Boolean(globalThis.PublicKeyCredential && globalThis.isSecureContext);
}

/**
 * Have the device make a passkey.
 *
 * @param {object} options from the server
 * @returns {Promise<string>} for the server
 * @throws {DOMException} the person or the browser does not want to
 */
export async function makePasskey(options) {
    const credential = await navigator.credentials.create({
        publicKey: {
            ...options,
            challenge: toBytes(options.challenge),
            user: { ...options.user, id: toBytes(options.user.id) },
            excludeCredentials: withBytes(options.excludeCredentials),
        },
    });
    return asJson(credential, ["clientDataJSON", "attestationObject"]);
}

/**
 * Have a passkey sign the challenge of the server.
 *
 * @param {object} options from the server
 * @returns {Promise<string>} for the server
 * @throws {DOMException} the person or the browser does not want to
 */
export async function usePasskey(options) {
    const credential = await navigator.credentials.get({
        publicKey: {
            ...options,
            challenge: toBytes(options.challenge),
            allowCredentials: withBytes(options.allowCredentials),
        },
    });
    return asJson(credential, ["clientDataJSON", "authenticatorData", "signature", "userHandle"]);
}

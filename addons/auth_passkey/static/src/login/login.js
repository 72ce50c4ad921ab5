/** The button of the login page that logs in with a passkey. */
import { hasPasskeys, usePasskey } from "../core/passkeys.js";

const button = document.querySelector(".o_passkey_login");
const message = document.querySelector(".o_passkey_error");
// what is said when nobody unlocked a passkey, in the language of the page
const refused = message?.textContent;

async function logIn() {
    const answer = await fetch("/auth/passkey/start-auth", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", method: "call", params: {} }),
    });
    const { result, error } = await answer.json();
    if (error) {
        throw new Error(error.data.message);
    }
    const { form } = button;
    const { csrf_token, ...options } = result;
    form.elements.webauthn_response.value = await usePasskey(options);
    form.elements.csrf_token.value = csrf_token;
    form.elements.type.value = "webauthn";
    // the passkey knows whose it is
    for (const name of ["login", "password"]) {
        form.elements[name].disabled = true;
    }
    form.submit();
}

if (button && hasPasskeys()) {
    button.hidden = false;
    button.addEventListener("click", async () => {
        message.hidden = true;
        button.disabled = true;
        try {
            await logIn();
        } catch (error) {
            message.textContent = error instanceof DOMException ? refused : error.message;
            message.hidden = false;
            button.disabled = false;
        }
    });
}

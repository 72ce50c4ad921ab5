import { Plugin } from "@html_editor/plugin";

/** Dark enough for white letters on them. */
const COLORS = ["#b3261e", "#0b57d0", "#146c2e", "#8a4b00", "#7627bb", "#00687a", "#9c2764", "#5c5f00"];

/** @param {number} id of a user @returns {string} his colour, the same for everybody */
export const colorOf = (id) => COLORS[Math.abs(Number(id) || 0) % COLORS.length];

/** Where others are in the text, under their names; and what they have selected. */
export class CollaborationSelectionPlugin extends Plugin {
    static id = "collaborationSelection";
    static dependencies = ["collaborationOdoo"];

    resources = {
        collaborative_caret_views: {
            showCaret: (client) => this.caret(this.userOf(client)),
            showSelection: (client) => ({
                class: "o_we_peer_selection",
                style: `background-color: ${colorOf(this.userOf(client).id)}33`,
            }),
        },
    };

    /** The server says who it is, not his page. */
    userOf(client) {
        const peer = this.dependencies.collaborationOdoo.getPeers().find((each) => each.client === client);
        return peer?.user || { id: 0, name: "" };
    }

    caret({ id, name }) {
        const caret = this.document.createElement("span");
        caret.className = "o_we_peer_caret";
        caret.style.borderColor = colorOf(id);
        const label = this.document.createElement("span");
        label.className = "o_we_peer_name";
        label.style.backgroundColor = colorOf(id);
        label.textContent = name;
        caret.append("\u2060", label, "\u2060");
        return caret;
    }
}

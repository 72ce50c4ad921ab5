import { Plugin } from "@html_editor/plugin";

/** Commands that buttons, menus and keys name: `user_commands` is a list of `{id, run, title, icon, isAvailable}`. */
export class UserCommandPlugin extends Plugin {
    static id = "userCommand";
    static dependencies = ["prose"];
    static shared = ["getCommand", "runCommand"];

    setup() {
        this.commands = new Map();
        for (const command of this.getResource("user_commands")) {
            if (this.commands.has(command.id)) {
                throw new Error(`Two commands have the id "${command.id}"`);
            }
            this.commands.set(command.id, command);
        }
    }

    /**
     * @param {string} id
     * @returns {{id: string, run: Function, title?: any, description?: any, icon?: string, isAvailable?: Function}}
     * @throws {Error} when there is none
     */
    getCommand(id) {
        const command = this.commands.get(id);
        if (!command) {
            throw new Error(`There is no command "${id}"`);
        }
        return command;
    }

    /** @param {string} id @param {any} [params] */
    runCommand(id, params) {
        return this.getCommand(id).run(params);
    }
}

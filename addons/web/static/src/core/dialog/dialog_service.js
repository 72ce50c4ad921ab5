import { Component, markRaw, reactive, useChildSubEnv, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";

class DialogWrapper extends Component {
    static template = xml`<t t-component="props.subComponent" t-props="props.subProps"/>`;
    static props = ["subComponent", "subProps", "subEnv"];

    setup() {
        useChildSubEnv({ dialogData: this.props.subEnv });
    }
}

/** Opens dialogs: `dialog.add(Component, props, {onClose})` returns the closing function. */
export const dialogService = {
    dependencies: ["overlay"],
    start(env, { overlay }) {
        const stack = [];
        let nextId = 0;

        const refreshActive = () => {
            stack.forEach((data, index) => {
                data.isActive = index === stack.length - 1;
            });
        };
        const add = (dialogClass, props, options = {}) => {
            const id = nextId++;
            const close = async (params) => {
                if (options.onClose && !stack.includes(subEnv)) {
                    return;
                }
                remove(params);
            };
            const subEnv = reactive({ id, close, isActive: true, dismiss: null });
            const remove = overlay.add(
                DialogWrapper,
                { subComponent: dialogClass, subProps: markRaw({ ...props, close }), subEnv },
                {
                    env: options.context?.env || options.env,
                    onRemove: async (params) => {
                        const index = stack.indexOf(subEnv);
                        stack.splice(index, 1);
                        refreshActive();
                        await options.onClose?.(params);
                    },
                }
            );
            stack.push(subEnv);
            refreshActive();
            return close;
        };
        const closeAll = (params) => {
            for (const data of [...stack].reverse()) {
                data.close(params);
            }
        };
        return { add, closeAll };
    },
};

registry.category("services").add("dialog", dialogService);

import { reactive } from "@odoo/owl";
import { ProfilingItem } from "@web/core/debug/profiling/profiling_item";
import { profilingSystrayItem } from "@web/core/debug/profiling/profiling_systray_item";
import { registry } from "@web/core/registry";
import { session } from "@web/session";

const systray = registry.category("systray");
const SYSTRAY_NAME = "web.profiling";

/** Measuring of the requests of this session: whether, by which collectors, with which parameters. */
class Profiling {
    constructor(env) {
        this.env = env;
        const { profile_collectors: collectors, profile_params: params, profile_session: name } = session;
        this.state = reactive(
            {
                session: name || false,
                collectors: collectors || ["sql", "traces_async"],
                params: params || {},
                get isEnabled() {
                    return Boolean(this.session);
                },
            },
            () => this.showInSystray()
        );
        this.showInSystray();
    }

    /** A sign reminds of requests that are measured, and so are slower. */
    showInSystray() {
        const { isEnabled } = this.state;
        if (isEnabled && !systray.contains(SYSTRAY_NAME)) {
            systray.add(SYSTRAY_NAME, profilingSystrayItem, { sequence: 99 });
        } else if (!isEnabled && systray.contains(SYSTRAY_NAME)) {
            systray.remove(SYSTRAY_NAME);
        }
    }

    /** Tell the server. What it answers is the state, or the action that asks an administrator first. */
    async set(changes) {
        const { collectors, isEnabled, params } = this.state;
        const kwargs = { profile: isEnabled, collectors: [...collectors], params: { ...params }, ...changes };
        const answer = await this.env.services.orm.call("ir.profile", "set_profiling", [], kwargs);
        if (answer.type) {
            await this.env.services.action.doAction(answer);
        } else {
            const { collectors: kept, params: keptParams, session: name } = answer;
            Object.assign(this.state, { session: name || false, collectors: kept || [], params: keptParams || {} });
        }
    }

    async toggleProfiling() {
        await this.set({ profile: !this.state.isEnabled });
    }

    /** @param {string} name "sql", "traces_async", "qweb" */
    async toggleCollector(name) {
        const { collectors } = this.state;
        const others = collectors.filter((collector) => collector !== name);
        await this.set({ collectors: others.length < collectors.length ? others : [...collectors, name] });
    }

    async setParam(key, value) {
        await this.set({ params: { ...this.state.params, [key]: value } });
    }

    isCollectorEnabled(name) {
        return this.state.collectors.includes(name);
    }
}

/** In debug mode only. */
export const profilingService = {
    dependencies: ["orm"],
    start(env) {
        if (!env.debug) {
            return undefined;
        }
        const profiling = new Profiling(env);
        registry
            .category("debug")
            .category("default")
            .add(
                "profilingItem",
                () => ({
                    type: "component",
                    Component: ProfilingItem,
                    props: { bus: env.bus },
                    sequence: 570,
                    section: "tools",
                }),
                { force: true }
            );
        return profiling;
    },
};

registry.category("services").add("profiling", profilingService);

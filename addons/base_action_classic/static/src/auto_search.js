import { Domain } from "@web/core/domain";
import { patch } from "@web/core/utils/patch";
import { SearchModel } from "@web/search/search_model";
import { ViewController } from "@web/webclient/actions/view_controller";

/** Key of a context by which an action tells its searches to wait for the user. */
const WAITS = "__waits_for_search";

patch(ViewController.prototype, {
    actionProps() {
        const props = super.actionProps();
        return this.action.auto_search === false ? { ...props, context: { ...props.context, [WAITS]: true } } : props;
    },
});

patch(SearchModel.prototype, {
    /** Whether nothing is to be found until the user searches. */
    isWaiting: undefined,

    setGlobals(config) {
        super.setGlobals(config);
        this.isWaiting ??= Boolean(this.globalContext[WAITS]);
        delete this.globalContext[WAITS];
    },

    computeDomain() {
        return this.isWaiting ? Domain.FALSE.toList() : super.computeDomain();
    },

    exportState() {
        return { ...super.exportState(), isWaiting: this.isWaiting };
    },

    importState(state) {
        super.importState(state);
        this.isWaiting = state.isWaiting;
    },

    _notify() {
        this.isWaiting = false;
        super._notify();
    },
});

/** Panel that records what its user does on the pages, as a tour of the database. */

import { Component, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useAutofocus } from "@web/core/utils/hooks";
import { StepRecorder } from "./recorder_steps";

const STEPS = "current_tour_recorder";
const IS_RECORDING = "current_tour_recorder.record";
/** Steps that a tour may have: nobody follows more. */
const MAX_STEPS = 200;

/** @returns {Object[]} steps that were recorded on earlier pages */
function storedSteps() {
    try {
        return JSON.parse(browser.localStorage.getItem(STEPS)) || [];
    } catch {
        return [];
    }
}

export class TourRecorder extends Component {
    static template = "web_tour.TourRecorder";
    static props = { close: Function, services: Object };

    setup() {
        const isRecording = browser.localStorage.getItem(IS_RECORDING) === "true";
        const address = browser.location.pathname;
        this.state = useState({ steps: storedSteps(), isRecording, isSaving: false, name: "", url: address });
        this.recorder = new StepRecorder(this.state.steps, () => this.store());
        useAutofocus({ refName: "name" });
        isRecording && this.recorder.start();
        onWillUnmount(() => this.recorder.stop());
    }

    store() {
        this.state.steps.splice(MAX_STEPS);
        browser.localStorage.setItem(STEPS, JSON.stringify(this.state.steps));
    }

    onClickRecord() {
        this.state.isRecording = !this.state.isRecording;
        browser.localStorage.setItem(IS_RECORDING, String(this.state.isRecording));
        this.state.isRecording ? this.recorder.start() : this.recorder.stop();
    }

    onClickRemove(index) {
        this.state.steps.splice(index, 1);
        this.store();
    }

    onClickSave() {
        this.state.isRecording && this.onClickRecord();
        this.state.isSaving = true;
    }

    async onSubmit() {
        const { orm, notification } = this.props.services;
        const name = this.state.name.trim().replaceAll(" ", "_");
        const steps = this.state.steps.map(({ trigger, run }, sequence) => [0, 0, { trigger, run, sequence }]);
        const values = { name, url: this.state.url || "/odoo", custom: true, step_ids: steps };
        await orm.create("web_tour.tour", [values]);
        notification.add(_t("The tour %s is kept.", name), { type: "success" });
        this.onClickClose();
    }

    /** Forget what was recorded. */
    onClickClose() {
        [STEPS, IS_RECORDING].forEach((key) => browser.localStorage.removeItem(key));
        this.props.close();
    }
}

let remove = null;

export const recorder = {
    /**
     * Show the recorder; there is one at most.
     *
     * @param {any} services `overlay`, `orm`, `notification`
     * @param {() => void} onClose
     */
    show(services, onClose) {
        const close = () => {
            remove?.();
            remove = null;
            onClose();
        };
        remove ||= services.overlay.add(
            TourRecorder,
            { close, services },
            { sequence: 1000, onRemove: () => (remove = null) }
        );
    },
};

registry.category("web_tour.players").add("recorder", recorder);

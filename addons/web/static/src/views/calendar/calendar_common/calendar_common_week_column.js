/** Numbers of weeks beside the days of a month. */

/**
 * Name the numbers of weeks that are drawn, or hide them.
 *
 * @param {{el: HTMLElement, showWeek?: boolean, weekText?: string}} options element of the month; `weekText` goes before
 *  the numbers for those who do not see the column
 */
export function makeWeekColumn({ el, showWeek = true, weekText = "" }) {
    for (const number of el.querySelectorAll(".fc-daygrid-week-number")) {
        number.classList.toggle("d-none", !showWeek);
        if (weekText) {
            number.setAttribute("aria-label", `${weekText} ${/** @type {HTMLElement} */ (number).dataset.week}`);
        }
    }
}

/** Numbers of weeks beside the days of a month. */

/**
 * Give the numbers of the weeks a column of their own before the days, or none.
 *
 * @param {{el: HTMLElement, showWeek?: boolean, weekText?: string}} options element of the month; `weekText` goes before
 *  the numbers for those who do not see the column
 */
export function makeWeekColumn({ el, showWeek = true, weekText = "" }) {
    // an attribute: classes of this element are those of the library
    el.toggleAttribute("data-week-column", showWeek);
    for (const number of el.querySelectorAll(".fc-daygrid-week-number")) {
        number.classList.toggle("d-none", !showWeek);
        if (weekText) {
            number.setAttribute("aria-label", `${weekText} ${/** @type {HTMLElement} */ (number).dataset.week}`);
        }
    }
}

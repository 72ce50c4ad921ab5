/** Icons that may be put into a text, by their classes. */
export const ICONS = (
    "address-book anchor archive area-chart arrow-down arrow-left arrow-right arrow-up at balance-scale ban bar-chart bath " +
    "battery-full bed beer bell bicycle binoculars birthday-cake bolt bomb book bookmark briefcase bug building bullhorn bullseye " +
    "bus calculator calendar camera car certificate check check-circle circle clock-o cloud coffee cog comment comments compass " +
    "copy credit-card cube cubes database desktop diamond download envelope envelope-o euro exclamation-circle " +
    "exclamation-triangle external-link eye facebook file file-pdf-o film filter fire flag flask folder folder-open futbol-o " +
    "gamepad gavel gift github glass globe graduation-cap hand-o-right handshake-o headphones heart heart-o history home " +
    "hospital-o hourglass-half industry info-circle instagram key keyboard-o laptop leaf lightbulb-o line-chart link linkedin " +
    "list location-arrow lock magic magnet map map-marker medkit microphone minus-circle mobile money moon-o motorcycle music " +
    "newspaper-o paint-brush paper-plane paperclip pause paw pencil phone picture-o pie-chart plane play play-circle plug plus " +
    "plus-circle power-off print puzzle-piece question-circle quote-left recycle refresh rocket rss search shield ship " +
    "shopping-bag shopping-cart sign-in sign-out signal sitemap sliders smile-o snowflake-o space-shuttle star star-o stop " +
    "subway suitcase sun-o tablet tag tags taxi television thermometer-half thumbs-down thumbs-up ticket times tint trash tree " +
    "trophy truck umbrella university unlock upload usd user user-circle users video-camera volume-up wheelchair wifi wrench " +
    "youtube-play"
)
    .split(" ")
    .map((name) => `fa-${name}`);

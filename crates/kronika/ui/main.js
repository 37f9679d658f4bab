import "htmx.org/dist/htmx.esm.js";
import "./scripts/address.js";
import "./scripts/copy.js";
import "./scripts/frames.js";
import "./scripts/keys.js";
import "./scripts/place.js";
import "./scripts/repeat.js";
import "./scripts/unfold.js";

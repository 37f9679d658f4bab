import { desk } from "./desk/desk.mjs";
import { everyPage } from "./desk/axe.mjs";

await everyPage(await desk(), "dark");

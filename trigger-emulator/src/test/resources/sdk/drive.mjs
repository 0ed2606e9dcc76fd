// Drives the emulator with the official client, and prints one line of JSON for each call: its name, and why it failed;
// at last one about the functions that are not called. Usage: drive.mjs <directory of node_modules> with TRIGGER_* variables set.
import runs from "./runs.mjs";
import details from "./details.mjs";
import lists from "./lists.mjs";
import scheduling from "./scheduling.mjs";
import environment from "./environment.mjs";
import insights from "./insights.mjs";
import live from "./live.mjs";
import credentials from "./credentials.mjs";
import { surface } from "./surface.mjs";

for (const area of [runs, details, lists, scheduling, environment, insights, live, credentials]) {
  await area();
}
console.log(JSON.stringify({ surface: surface() }));
process.exit(0);

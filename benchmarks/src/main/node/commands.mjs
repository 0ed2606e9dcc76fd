// What the clients for Node.js share: they read a command a line, and write a line that begins with "= " for each.
import { createInterface } from "node:readline";

export async function serve(command) {
  console.log("= ready");
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(`= ${await execute(command, line.split(" "))}`);
  }
  process.exit(0);
}

async function execute(command, words) {
  try {
    return await command(words);
  } catch (error) {
    console.error(error);
    return `failed ${error}`;
  }
}

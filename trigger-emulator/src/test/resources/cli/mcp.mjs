// Speaks to the MCP server of the CLI as an agent does: arguments are the CLI and the calls as JSON. Prints one line for each.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const [cli, calls] = process.argv.slice(2);
const server = spawn(process.execPath, [cli, 'mcp'], { stdio: ['pipe', 'pipe', 'inherit'] });
const waiting = new Map();
let number = 0;
createInterface({ input: server.stdout }).on('line', (line) => {
	const message = JSON.parse(line);
	if (message.method === 'roots/list') {
		send({ id: message.id, result: { roots: [{ uri: 'file://' + process.cwd(), name: 'project' }] } });
	} else if (waiting.has(message.id)) {
		waiting.get(message.id)(message);
		waiting.delete(message.id);
	}
});

function send(message) {
	server.stdin.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\n');
}

function ask(method, params) {
	return new Promise((resolve) => {
		const id = ++number;
		waiting.set(id, resolve);
		send({ id, method, params });
	});
}

await ask('initialize', { protocolVersion: '2025-06-18', capabilities: { roots: {} }, clientInfo: { name: 'test', version: '1' } });
send({ method: 'notifications/initialized' });
let runId;
for (const [name, args] of JSON.parse(calls)) {
	const filled = JSON.parse(JSON.stringify(args).replaceAll('RUN_ID', runId));
	const { result, error } = await ask('tools/call', { name, arguments: filled });
	const text = error ? error.message : result.content.map((part) => part.text).join('\n');
	if (name === 'trigger_task') {
		runId = /run_[a-z0-9]+/.exec(text)?.[0];
	}
	console.log(JSON.stringify({ name, ok: !error && !result.isError, text }));
}
server.kill();
process.exit(0);

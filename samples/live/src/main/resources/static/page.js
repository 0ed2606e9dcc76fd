"use strict";

const element = (id) => document.getElementById(id);
const STATUS = {
	PENDING_VERSION: "Waiting for a deployment", DELAYED: "Delayed", QUEUED: "Queued", DEQUEUED: "Starting",
	EXECUTING: "Importing", WAITING: "Waiting", COMPLETED: "Completed", CANCELED: "Canceled", FAILED: "Failed",
	CRASHED: "Crashed", SYSTEM_FAILURE: "System failure", EXPIRED: "Expired", TIMED_OUT: "Timed out",
};

let runId = null;
let source = null;
let lastId = null;
let timer = null;
let line = "";
let seen = {};

// For screen readers: what matters in whole sentences, not each step of a bar and each word
function announce(topic, text) {
	if (!text || seen[topic] === text) {
		return;
	}
	seen[topic] = text;
	const entry = document.createElement("p");
	entry.textContent = text;
	element("announcements").append(entry);
	while (element("announcements").children.length > 30) {
		element("announcements").firstChild.remove();
	}
}

function showRun(run) {
	const percent = run.total > 0 ? Math.floor(100 * run.done / run.total) : 0;
	// In a development environment a run that waits is reported as executing
	const status = run.question ? "Waiting for a decision" : (STATUS[run.status] ?? run.status);
	element("run-title").textContent = `Products of ${run.catalog}`;
	element("status").textContent = status;
	element("status").className = `badge ${run.finished ? (run.report ? "good" : "bad") : ""}`;
	element("progress").value = percent;
	element("percent").textContent = `${percent}%`;
	element("count").textContent = `${run.done} of ${run.total} products`;
	element("question").textContent = run.question ?? "";
	if (element("approval").hidden === Boolean(run.question)) {
		const focused = element("approval").contains(document.activeElement);
		element("approval").hidden = !run.question;
		enableDecision(true);
		if (focused) {
			element("catalog").focus();
		}
	}
	element("result").textContent = run.report
		? `Imported ${run.report.products} products, ${run.report.raisedPrices} of them with a higher price.`
		: (run.error ?? "");
	announce("status", `${status}.`);
	announce("question", run.question);
	announce("progress", percent >= 25 ? `${percent - percent % 25} percent imported.` : "");
	announce("result", element("result").textContent);
}

function showText(text) {
	element("notes").append(text);
	const lines = (line + text).split("\n");
	line = lines.pop();
	lines.forEach((complete) => announce("notes", complete));
}

function showPictures(count) {
	const finished = count.completed + count.failed;
	element("pictures").max = count.total;
	element("pictures").value = finished;
	element("pictures-text").textContent = `${finished} of ${count.total}` + (count.failed ? `, ${count.failed} failed` : "");
	const grid = element("grid");
	while (grid.children.length < count.total) {
		grid.append(document.createElement("i"));
	}
	[...grid.children].forEach((cell, index) => {
		cell.className = index < count.completed ? "completed" : index < finished ? "failed"
			: index < finished + count.active ? "active" : "";
	});
	if (finished >= count.total) {
		announce("pictures", `All ${count.total} pictures are done.`);
	}
}

function showConnection(text, lost) {
	element("connection").textContent = text;
	element("connection").classList.toggle("lost", lost);
}

function stop() {
	clearTimeout(timer);
	source?.close();
	source = null;
	element("notes").classList.remove("writing");
}

function connect() {
	source = new EventSource(`/imports/${encodeURIComponent(runId)}/events`
		+ (lastId ? `?after=${encodeURIComponent(lastId)}` : ""));
	const on = (name, handler) => source.addEventListener(name, (event) => handler(JSON.parse(event.data), event));
	source.addEventListener("open", () => showConnection("Connected: changes are shown as they happen.", false));
	source.addEventListener("error", () => {
		showConnection("The connection is lost. Connecting again …", true);
		// What a browser does not try again by itself, such as after an error of a proxy
		if (source.readyState === EventSource.CLOSED) {
			timer = setTimeout(connect, 1000);
		}
	});
	on("run", showRun);
	on("text", (data, event) => {
		lastId = event.lastEventId;
		showText(data.text ?? "");
	});
	on("pictures", showPictures);
	source.addEventListener("end", () => {
		stop();
		showConnection("The import is over.", false);
	});
	source.addEventListener("gone", () => {
		stop();
		showConnection("", false);
		element("import").hidden = true;
		element("message").textContent = "This import does not exist any more. Start a new one.";
	});
}

function follow(id) {
	stop();
	runId = id;
	lastId = null;
	line = "";
	seen = {};
	element("message").textContent = "";
	element("notes").replaceChildren();
	element("notes").classList.add("writing");
	element("announcements").replaceChildren();
	showRun({ catalog: "the catalog", status: "QUEUED", done: 0, total: 0 });
	showPictures({ total: 50, active: 0, completed: 0, failed: 0 });
	element("import").hidden = false;
	showConnection("Connecting …", false);
	connect();
}

async function post(path, body) {
	const response = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" },
		body: JSON.stringify(body) });
	if (!response.ok) {
		throw new Error(`the service returned ${response.status}`);
	}
	return response.status === 204 ? null : response.json();
}

function enableDecision(enabled) {
	element("approve").disabled = !enabled;
	element("decline").disabled = !enabled;
}

async function decide(approved) {
	const id = runId;
	enableDecision(false);
	try {
		await post(`/imports/${encodeURIComponent(id)}/approval`, { approved });
		element("message").textContent = "";
	}
	catch (error) {
		enableDecision(true);
		element("message").textContent = `The decision was not sent: ${error.message}. Try again.`;
	}
}

element("start").addEventListener("submit", async (event) => {
	event.preventDefault();
	const button = event.target.querySelector("button");
	button.disabled = true;
	try {
		const started = await post("/imports", { catalog: element("catalog").value });
		location.hash = started.runId;
	}
	catch (error) {
		element("message").textContent = `The import did not start: ${error.message}. Try again.`;
	}
	finally {
		button.disabled = false;
	}
});
element("approve").addEventListener("click", () => decide(true));
element("decline").addEventListener("click", () => decide(false));

// The address names the import, so that a reload or a bookmark shows it
function open() {
	const id = location.hash.slice(1);
	if (/^run_\w+$/.test(id) && id !== runId) {
		follow(id);
	}
}
window.addEventListener("hashchange", open);
open();

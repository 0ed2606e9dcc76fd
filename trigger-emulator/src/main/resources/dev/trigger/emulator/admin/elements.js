// Elements and requests. What comes from the emulator is text and is set as text, never as HTML.

export function element(name, properties = {}, ...children) {
	const created = document.createElement(name);
	for (const [key, value] of Object.entries(properties)) {
		if (value === undefined || value === null || value === false) {
			continue;
		}
		if (key.startsWith('on')) {
			created.addEventListener(key.substring(2), value);
		} else if (key === 'class') {
			created.className = value;
		} else {
			created.setAttribute(key, value === true ? '' : String(value));
		}
	}
	created.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
	return created;
}

export const byId = (id) => document.getElementById(id);

const shown = new WeakMap();

// Replaces the children of a list by key, and leaves those alone that have not changed, so that the focus stays.
export function list(parent, items, key, create, empty) {
	const before = shown.get(parent) ?? new Map();
	const after = new Map();
	let previous = null;
	for (const item of items) {
		const name = key(item);
		const content = JSON.stringify(item);
		let entry = before.get(name);
		if (!entry || entry.content !== content) {
			const node = create(item);
			if (entry) {
				const focused = focusPath(entry.node);
				copyOpen(entry.node, node);
				entry.node.replaceWith(node);
				node.querySelectorAll('a, button, summary')[focused]?.focus();
			}
			entry = { node, content };
		}
		after.set(name, entry);
		const place = previous ? previous.nextSibling : parent.firstChild;
		if (entry.node !== place) {
			parent.insertBefore(entry.node, place);
		}
		previous = entry.node;
	}
	for (const [name, entry] of before) {
		if (!after.has(name)) {
			entry.node.remove();
		}
	}
	shown.set(parent, after);
	let note = parent.parentElement.querySelector(`:scope > .empty`) ?? parent.closest('.scroll')?.querySelector('.empty');
	if (items.length === 0 && empty && !note) {
		(parent.tagName === 'TBODY' ? parent.closest('table') : parent).after(element('p', { class: 'empty' }, empty));
	} else if (items.length > 0 && note) {
		note.remove();
	}
}

function focusPath(node) {
	return [...node.querySelectorAll('a, button, summary')].indexOf(document.activeElement);
}

function copyOpen(from, to) {
	const details = [...to.querySelectorAll('details')];
	[...from.querySelectorAll('details')].forEach((old, index) => {
		if (old.open && details[index]) {
			details[index].open = true;
		}
	});
}

export function badge(status) {
	const kind = { COMPLETED: 'good', EXECUTING: 'busy', DEQUEUED: 'busy', WAITING: 'wait', QUEUED: 'wait', DELAYED: 'wait',
		PENDING_VERSION: 'wait', FAILED: 'bad', CRASHED: 'bad', SYSTEM_FAILURE: 'bad', TIMED_OUT: 'bad', EXPIRED: 'bad' }[status] ?? '';
	return element('span', { class: `badge ${kind}` }, title(status));
}

export function title(constant) {
	const text = String(constant).toLowerCase().replaceAll('_', ' ');
	return text.charAt(0).toUpperCase() + text.substring(1);
}

export function json(value) {
	return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

export function time(instant) {
	if (!instant) {
		return '–';
	}
	const at = new Date(instant);
	return element('time', { datetime: instant, title: at.toLocaleString() }, at.toLocaleTimeString([], { hour12: false })
		+ '.' + String(at.getMilliseconds()).padStart(3, '0'));
}

export function span(from, to) {
	if (!from || !to) {
		return '–';
	}
	const millis = Math.max(0, new Date(to) - new Date(from));
	if (millis < 1000) {
		return `${millis} ms`;
	}
	const seconds = Math.floor(millis / 1000);
	if (seconds < 60) {
		return `${(millis / 1000).toFixed(1)} s`;
	}
	const parts = [[86400, 'd'], [3600, 'h'], [60, 'm'], [1, 's']];
	let rest = seconds;
	const text = [];
	for (const [size, name] of parts) {
		if (rest >= size && text.length < 2) {
			text.push(Math.floor(rest / size) + name);
			rest %= size;
		}
	}
	return text.join(' ');
}

export function place(thing) {
	return thing.environment + (thing.branch ? '/' + thing.branch : '');
}

export class Refused extends Error {
	constructor(status, message) {
		super(message);
		this.status = status;
	}
}

export async function call(method, path, body) {
	const headers = {};
	const token = sessionStorage.getItem('admin-token');
	if (token) {
		headers.authorization = 'Bearer ' + token;
	}
	if (body !== undefined) {
		headers['content-type'] = 'application/json';
	}
	const response = await fetch('/emulator/' + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
	const text = await response.text();
	let content;
	try {
		content = JSON.parse(text);
	} catch {
		content = { error: text };
	}
	if (!response.ok) {
		const error = content.error;
		throw new Refused(response.status, typeof error === 'string' ? error : JSON.stringify(error ?? content));
	}
	return content;
}

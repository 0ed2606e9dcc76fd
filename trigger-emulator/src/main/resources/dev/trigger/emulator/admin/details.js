import { badge, byId, call, element, json, place, span, time, title } from './elements.js';

let content = '';

// Shows a run, and leaves it alone while it has not changed.
export async function showRun(id, act) {
	const panel = byId('run');
	if (!id) {
		// the browser takes the focus away when the address changes
		const lost = !panel.hidden && (document.activeElement === document.body || panel.contains(document.activeElement));
		panel.hidden = true;
		content = '';
		if (lost) {
			document.querySelector(`#runs a[href="#runs/${panel.dataset.id}"]`)?.focus();
		}
		return;
	}
	const run = await call('GET', 'runs/' + encodeURIComponent(id));
	const text = JSON.stringify(run);
	if (text === content) {
		return;
	}
	const opened = panel.hidden || panel.dataset.id !== id;
	const focused = [...panel.querySelectorAll('a, button')].indexOf(document.activeElement);
	content = text;
	panel.dataset.id = id;
	panel.hidden = false;
	panel.replaceChildren(...parts(run, act));
	if (opened) {
		panel.focus({ preventScroll: false });
	} else if (focused >= 0) {
		panel.querySelectorAll('a, button')[focused]?.focus();
	}
}

function parts(run, act) {
	const path = 'runs/' + encodeURIComponent(run.id);
	return [
		element('div', { class: 'row' }, element('h3', {}, run.task, ' '), badge(run.status)),
		element('code', {}, run.id),
		element('div', { class: 'actions' },
			!run.finished && element('button', { type: 'button', onclick: () => act(() => call('POST', path + '/cancel'), 'Canceled') }, 'Cancel'),
			element('button', { type: 'button', onclick: () => act(async () => {
				const replay = await call('POST', path + '/replay');
				location.hash = '#runs/' + replay.id;
			}, 'Replayed') }, 'Replay'),
			element('button', { type: 'button', class: 'quiet', onclick: () => {
				location.hash = '#runs';
			} }, 'Close')),
		facts([
			['Environment', place(run)],
			['Queue', run.queue],
			['Triggered', time(run.createdAt)],
			['Delayed until', run.delayedUntil && time(run.delayedUntil)],
			['Duration', run.startedAt && span(run.startedAt, run.finishedAt)],
			['Attempts', String(run.attempts)],
			['Version', run.version],
			['Tags', run.tags.length > 0 && element('span', {}, ...run.tags.map((tag) => element('span', { class: 'tag' }, tag)))],
			['Idempotency key', run.idempotencyKey],
			['Batch', run.batch],
			['Schedule', run.schedule],
			['Parent', run.parent && element('a', { href: '#runs/' + run.parent }, run.parent)],
		]),
		element('h4', {}, 'Timeline'),
		element('ol', { class: 'timeline' }, ...run.timeline.map((change, index) => element('li', {},
			title(change.status), ' ', element('span', { class: 'muted' }, time(change.at),
				index > 0 ? ' +' + span(run.timeline[index - 1].at, change.at) : '')))),
		...block('Error', run.error && (run.error.message + (run.error.stackTrace ? '\n\n' + run.error.stackTrace : ''))),
		...block('Payload', run.payload),
		...block('Output', run.output),
		...block('Metadata', run.metadata),
		...block('Options', Object.keys(run.options ?? {}).length > 0 ? run.options : null),
		...(run.children.length > 0 ? [element('h4', {}, 'Children'), element('ul', {}, ...run.children.map((child) =>
			element('li', {}, badge(child.status), ' ', element('a', { href: '#runs/' + child.id }, child.task))))] : []),
	];
}

function facts(rows) {
	return element('dl', {}, ...rows.filter(([, value]) => value).flatMap(([name, value]) =>
		[element('dt', {}, name), element('dd', {}, value)]));
}

function block(name, value) {
	return value === null || value === undefined ? [] : [element('h4', {}, name),
		element('pre', { tabindex: 0, 'aria-label': name, id: 'run-' + name.toLowerCase() }, json(value))];
}

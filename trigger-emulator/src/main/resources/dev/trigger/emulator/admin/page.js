import { badge, byId, call, element, json, list, place, Refused, span, time } from './elements.js';
import { showRun } from './details.js';

const PAUSE = 800;
const PAGE = 200;
const MOST = 10000;
let status = { environments: [], tasks: [], operations: [] };
let view = 'runs';
let chosen = null;
let limit = PAGE;
let timer = null;
let stale = false;

function say(text, failed) {
	const message = byId('message');
	message.className = failed ? 'error' : '';
	message.textContent = text;
}

// Does something, says how it went, and shows the result at once.
async function act(action, done) {
	try {
		await action();
		say(done, false);
	} catch (error) {
		say(error.message, true);
	}
	await refresh();
}

function parse(text, name) {
	try {
		return text.trim() === '' ? undefined : JSON.parse(text);
	} catch (error) {
		throw new Error(`${name} is not JSON: ${error.message}`);
	}
}

const render = {
	async runs() {
		const query = new URLSearchParams(new FormData(byId('filter')));
		query.set('limit', limit);
		const { runs, matching, total } = await call('GET', 'runs?' + query);
		byId('count-runs').textContent = String(total);
		list(byId('runs'), runs.map((run) => ({ ...run, chosen: run.id === chosen })), (run) => run.id, row,
			total > 0 ? 'No run matches the filter.' : 'No runs yet. Trigger a task, here or from your application.');
		const more = byId('runs-more');
		more.hidden = matching <= runs.length;
		more.querySelector('span').textContent = `The newest ${runs.length} of ${matching} runs`;
		more.querySelector('button').hidden = limit >= MOST;
		await showRun(chosen, act);
	},
	tasks() {
		list(byId('tasks'), status.tasks, (task) => task.id, (task) => element('li', {},
			element('div', { class: 'row' }, element('h3', {}, task.id), element('span', { class: 'badge' },
				!task.deployed ? 'not deployed' : task.scheduled ? 'scheduled' : task.executes ? 'executes' : 'queued')),
			task.script ? element('pre', {}, json(task.script)) : element('p', { class: 'muted' }, 'A function of the application or test'),
			element('div', { class: 'actions' },
				element('button', { type: 'button', onclick: () => {
					location.hash = '#runs';
					byId('trigger-box').open = true;
					byId('trigger-task').value = task.id;
					setTimeout(() => byId('trigger-payload').focus(), 50);
				} }, 'Trigger'),
				element('button', { type: 'button', class: 'quiet', onclick: () => {
					byId('task-id').value = task.id;
					byId('task-script').value = json(task.script ?? {});
					byId('task-script').focus();
				} }, 'Change'))), 'No tasks yet.');
	},
	async tokens() {
		const { tokens } = await call('GET', 'tokens');
		byId('count-tokens').textContent = String(tokens.filter((token) => token.status === 'WAITING').length || '');
		list(byId('tokens'), tokens, (token) => token.id, (token) => element('li', {},
			element('div', { class: 'row' }, element('code', {}, token.id), badge(token.status)),
			element('p', { class: 'muted' }, place(token), ' · ', time(token.createdAt), ' ', token.tags.join(', ')),
			token.output && element('pre', {}, token.output),
			token.status === 'WAITING' && element('button', { type: 'button', 'aria-label': 'Complete ' + token.id, onclick: () => act(() =>
				call('POST', `tokens/${encodeURIComponent(token.id)}/complete`, { output: parse(byId('token-output').value, 'The output') ?? null }),
				'Completed') }, 'Complete')), 'No tokens yet.');
	},
	async schedules() {
		const { schedules } = await call('GET', 'schedules');
		list(byId('schedules'), schedules, (schedule) => schedule.id, (schedule) => element('li', {},
			element('div', { class: 'row' }, element('h3', {}, schedule.task), element('span', { class: 'badge' }, schedule.active ? 'active' : 'inactive')),
			element('p', {}, element('code', {}, schedule.generator.expression), ' ', schedule.timezone, ' ',
				element('span', { class: 'muted' }, schedule.generator.description ?? '')),
			element('p', { class: 'muted' }, place(schedule), ' · next ', time(schedule.nextRun)),
			element('button', { type: 'button', 'aria-label': `Fire the schedule of ${schedule.task}`, onclick: () => act(() =>
				call('POST', `schedules/${encodeURIComponent(schedule.id)}/fire`), 'Fired') }, 'Fire now')), 'No schedules yet.');
	},
	async queues() {
		const { queues } = await call('GET', 'queues');
		list(byId('queues'), queues, (queue) => place(queue) + queue.type + queue.name, (queue) => {
			const action = queue.paused ? 'resume' : 'pause';
			const name = queue.type === 'task' ? 'task/' + queue.name : queue.name;
			return element('li', {},
				element('div', { class: 'row' }, element('h3', {}, name), queue.paused ? badge('PAUSED') : ''),
				element('p', { class: 'muted' }, `${place(queue)} · ${queue.running} executing · ${queue.queued} queued`
					+ (queue.concurrencyLimit === null ? '' : ` · limit ${queue.concurrencyLimit}`)),
				element('button', { type: 'button', 'aria-label': `${queue.paused ? 'Resume' : 'Pause'} ${name} in ${place(queue)}`, onclick: () => act(() =>
					call('POST', `queues/${encodeURIComponent(name)}/${action}`, where(queue)), queue.paused ? 'Resumed' : 'Paused') },
				queue.paused ? 'Resume' : 'Pause'));
		}, 'No queues yet.');
	},
	async faults() {
		const { faults, kinds } = await call('GET', 'faults');
		fill(byId('fault-kind'), kinds);
		fill(byId('fault-operation'), status.operations, 'every request');
		byId('count-faults').textContent = String(faults.length || '');
		list(byId('faults'), faults, (fault) => fault.id, (fault) => element('li', {},
			element('div', { class: 'row' }, element('h3', {}, fault.operations.join(', ') || 'Every request'), badge(fault.kind)),
			element('p', { class: 'muted' }, [fault.status && `status ${fault.status}`, fault.durationMs && `${fault.durationMs} ms`,
				`happened ${fault.applied}×`, fault.remaining === null ? 'no limit' : `${fault.remaining} left`].filter(Boolean).join(' · ')),
			element('button', { type: 'button', onclick: () => act(() => call('DELETE', 'faults/' + fault.id), 'Ended') }, 'End')), 'No faults.');
	},
	async requests() {
		const { requests } = await call('GET', 'requests');
		list(byId('requests'), requests.map((request, index) => ({ ...request, key: requests.length - index })),
			(request) => request.receivedAt + request.method + request.uri + request.key, (request) => element('li', {},
				element('details', {},
					element('summary', {}, element('span', { class: 'badge ' + (request.status === null || request.status >= 500 ? 'bad' : request.status >= 400 ? 'wait' : 'good') },
						String(request.status ?? 'none')), ' ', element('code', {}, request.method, ' ', request.uri), ' ',
					request.fault ? element('span', { class: 'badge bad' }, request.fault) : '', element('span', { class: 'muted' }, ' ', time(request.receivedAt))),
					element('p', { class: 'muted' }, request.operation ?? 'no operation', ' · ', request.credential),
					element('pre', { tabindex: 0, 'aria-label': 'Headers' }, Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`).join('\n')),
					request.body ? element('pre', { tabindex: 0, 'aria-label': 'Body' }, request.body) : '')), 'No requests yet.');
	},
};

function row(run) {
	return element('tr', { class: run.chosen ? 'chosen' : null },
		element('td', {}, badge(run.status), typeof run.progress === 'number' && !run.finished
			? element('progress', { max: 100, value: run.progress, 'aria-label': 'Progress' }) : ''),
		element('td', { class: 'task' }, element('a', { href: '#runs/' + run.id, 'aria-current': run.chosen ? 'true' : null }, run.task)),
		element('td', {}, place(run)),
		element('td', {}, time(run.createdAt)),
		element('td', {}, span(run.startedAt, run.finishedAt)),
		element('td', {}, String(run.attempts), element('span', { class: 'hidden' }, ' attempts')),
		element('td', { class: 'tags' }, ...run.tags.map((tag) => element('span', { class: 'tag' }, tag))));
}

function where(thing) {
	return thing.branch ? { environment: thing.environment, branch: thing.branch } : { environment: thing.environment };
}

function fill(select, values, first) {
	const wanted = JSON.stringify(values);
	if (select.dataset.values !== wanted) {
		const value = select.value;
		select.dataset.values = wanted;
		select.replaceChildren(...(first === undefined ? [] : [element('option', { value: '' }, first)]),
			...values.map((name) => element('option', { value: name }, name)));
		select.value = [...select.options].some((option) => option.value === value) ? value : select.options[0]?.value ?? '';
	}
}

function renderStatus() {
	byId('project').textContent = status.projectRef;
	byId('now').replaceChildren(new Date(status.now).toLocaleString([], { hour12: false }));
	fill(byId('filter-task'), status.tasks.map((task) => task.id), 'all');
	list(byId('task-list'), status.tasks.map((task) => task.id), (id) => id, (id) => element('option', { value: id }));
	const usable = status.environments.filter((environment) => environment.environment !== 'preview' || environment.branch);
	fill(byId('trigger-environment'), usable.map(place));
	list(byId('environments'), usable, place, (environment) => element('div', {}, place(environment),
		element('span', { class: 'muted' }, `${environment.runs} runs`),
		element('button', { type: 'button', 'aria-label': `${environment.paused ? 'Resume' : 'Pause'} ${place(environment)}`, onclick: () => act(() =>
			call('POST', `environments/${environment.environment}/${environment.paused ? 'resume' : 'pause'}`,
				environment.branch ? { branch: environment.branch } : {}), environment.paused ? 'Resumed' : 'Paused') },
		environment.paused ? 'Resume' : 'Pause')));
}

async function refresh() {
	clearTimeout(timer);
	try {
		status = await call('GET', 'status');
		renderStatus();
		await render[view]();
		connection('on', 'Connected');
		byId('login').hidden = true;
		if (stale) {
			stale = false;
			say('', false);
		}
	} catch (error) {
		if (error instanceof Refused && error.status === 401) {
			byId('login').hidden = false;
			byId('login-reason').textContent = error.message;
		} else if (error instanceof Refused && error.status === 404 && chosen) {
			location.hash = '#runs';
		} else {
			stale = true;
			say(error instanceof Refused ? error.message : 'The emulator does not respond.', true);
		}
		connection('off', 'Not connected');
	}
	clearTimeout(timer);
	if (!document.hidden) {
		timer = setTimeout(refresh, PAUSE);
	}
}

function connection(kind, text) {
	byId('connection').className = 'dot ' + kind;
	byId('connection-text').textContent = text;
}

function route() {
	const [name, id] = location.hash.substring(1).split('/');
	view = Object.hasOwn(render, name) ? name : 'runs';
	chosen = view === 'runs' && id ? id : null;
	document.querySelectorAll('[data-section]').forEach((section) => {
		section.hidden = section.dataset.section !== view;
	});
	document.querySelectorAll('nav a').forEach((link) => {
		if (link.dataset.view === view) {
			link.setAttribute('aria-current', 'page');
		} else {
			link.removeAttribute('aria-current');
		}
	});
	refresh();
}

function submit(id, action, done) {
	byId(id).addEventListener('submit', (event) => {
		event.preventDefault();
		act(() => action(new FormData(event.target)), done);
	});
}

submit('advance', (form) => call('POST', 'advance', { duration: form.get('duration') }), 'The time has moved');
submit('task', (form) => call('PUT', 'tasks/' + encodeURIComponent(form.get('id')), parse(form.get('script'), 'What it does')), 'Saved');
submit('fault', (form) => call('POST', 'faults', {
	operations: form.get('operation') ? [form.get('operation')] : [], kind: form.get('kind'), duration: form.get('duration'),
	...(form.get('status') ? { status: Number(form.get('status')) } : {}), ...(form.get('times') ? { times: Number(form.get('times')) } : {}),
}), 'Fault set');
submit('trigger', async (form) => {
	const [environment, ...branch] = form.get('environment').split('/');
	const payload = parse(form.get('payload'), 'The payload');
	const options = parse(form.get('options'), 'The options');
	const run = await call('POST', `tasks/${encodeURIComponent(form.get('task'))}/trigger`, {
		environment, ...(branch.length > 0 ? { branch: branch.join('/') } : {}), ...(payload === undefined ? {} : { payload }),
		...(options === undefined ? {} : { options }),
	});
	location.hash = '#runs/' + run.id;
}, 'Triggered');
byId('login').addEventListener('submit', (event) => {
	event.preventDefault();
	sessionStorage.setItem('admin-token', byId('login-token').value);
	byId('login-token').value = '';
	refresh();
});
byId('reset').addEventListener('click', () => {
	if (confirm('Forget all runs, schedules, variables, faults and requests?')) {
		location.hash = '#runs';
		act(() => call('POST', 'reset'), 'Everything is forgotten');
	}
});
byId('filter').addEventListener('input', refresh);
byId('runs-more').querySelector('button').addEventListener('click', () => {
	limit = Math.min(limit + PAGE, MOST);
	refresh();
});
document.addEventListener('keydown', (event) => {
	if (event.key === 'Escape' && chosen && !event.target.closest('input, select, textarea')) {
		location.hash = '#runs';
	}
});
byId('filter').addEventListener('submit', (event) => event.preventDefault());
document.addEventListener('visibilitychange', () => document.hidden || refresh());
window.addEventListener('hashchange', route);
route();

'use strict';

const STATES = { PLACED: 'Placed', FULFILLED: 'Fulfilled', FAILED: 'Failed' };
const INTERVAL = 500;

const byId = (id) => document.getElementById(id);
let shown = '';

function setText(element, text) {
	if (element.textContent !== text) {
		element.textContent = text;
	}
}

function cell(row, text, className) {
	const td = row.insertCell();
	td.textContent = text ?? '';
	td.className = className ?? '';
}

function show(orders) {
	const now = JSON.stringify(orders);
	if (now === shown) {
		return;
	}
	shown = now;
	byId('none').hidden = orders.length > 0;
	byId('orders').hidden = orders.length === 0;
	const rows = orders.map((order) => {
		const row = document.createElement('tr');
		cell(row, String(order.id));
		cell(row, order.item);
		cell(row, STATES[order.state] ?? order.state, `badge ${order.state.toLowerCase()}`);
		cell(row, order.parcel);
		cell(row, order.runId, 'run');
		return row;
	});
	byId('orders').tBodies[0].replaceChildren(...rows);
}

function connected(yes) {
	byId('connection').className = yes ? '' : 'lost';
	setText(byId('connection'), yes ? 'Connected' : 'The service is down. It is started again, which takes some seconds.');
}

async function refresh() {
	try {
		const response = await fetch('orders');
		if (!response.ok) {
			throw new Error(String(response.status));
		}
		show(await response.json());
		connected(true);
	}
	catch {
		connected(false);
	}
	setTimeout(refresh, INTERVAL);
}

async function place(die) {
	const form = byId('place');
	if (!form.reportValidity()) {
		return;
	}
	setText(byId('message'), '');
	try {
		const response = await fetch(die ? 'orders?die=true' : 'orders', {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ item: byId('item').value }),
		});
		if (!response.ok) {
			setText(byId('message'), `The order was refused (${response.status}).`);
		}
	}
	catch {
		// a response that is lost says nothing: the list shows whether there is an order
		connected(false);
	}
}

byId('place').addEventListener('submit', (event) => {
	event.preventDefault();
	place(false);
});
byId('die').addEventListener('click', () => place(true));
refresh();

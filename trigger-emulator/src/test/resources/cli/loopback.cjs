// The command line asks the world for its newest version. A test that waits for the world, or fails with it, tests the world.
const { fetch } = globalThis;
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

globalThis.fetch = async (input, init) => {
	const { hostname } = new URL(input instanceof Request ? input.url : input);
	if (!LOOPBACK.includes(hostname)) {
		throw new TypeError('fetch failed: no request leaves this machine, not even to ' + hostname);
	}
	return fetch(input, init);
};

CREATE TABLE IF NOT EXISTS trigger_run_listener (
	listener VARCHAR(190) NOT NULL,
	since BIGINT NOT NULL,
	announced INTEGER NOT NULL,
	read_until BIGINT,
	PRIMARY KEY (listener)
);

CREATE TABLE IF NOT EXISTS trigger_run_cursor (
	reader VARCHAR(190) NOT NULL,
	finished_at BIGINT NOT NULL,
	run_id VARCHAR(100),
	PRIMARY KEY (reader)
);

CREATE TABLE IF NOT EXISTS trigger_run_event (
	listener VARCHAR(190) NOT NULL,
	run_id VARCHAR(100) NOT NULL,
	task VARCHAR(255),
	finished_at BIGINT,
	state VARCHAR(10) NOT NULL,
	attempts INTEGER NOT NULL,
	created_at BIGINT NOT NULL,
	next_attempt_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	last_error VARCHAR(1000),
	PRIMARY KEY (listener, run_id)
);

CREATE INDEX IF NOT EXISTS trigger_run_event_due ON trigger_run_event (state, next_attempt_at);

CREATE INDEX IF NOT EXISTS trigger_run_event_changed ON trigger_run_event (state, changed_at);

CREATE TABLE IF NOT EXISTS trigger_run_triggered (
	run_id VARCHAR(100) NOT NULL,
	client VARCHAR(190) NOT NULL,
	created_at BIGINT NOT NULL,
	check_at BIGINT NOT NULL,
	PRIMARY KEY (run_id)
);

CREATE INDEX IF NOT EXISTS trigger_run_triggered_check ON trigger_run_triggered (client, check_at);

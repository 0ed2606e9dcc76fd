CREATE TABLE trigger_run_listener (
	listener VARCHAR2(190 CHAR) NOT NULL,
	since NUMBER(19) NOT NULL,
	announced NUMBER(10) NOT NULL,
	read_until NUMBER(19),
	PRIMARY KEY (listener)
);

CREATE TABLE trigger_run_cursor (
	reader VARCHAR2(190 CHAR) NOT NULL,
	finished_at NUMBER(19) NOT NULL,
	run_id VARCHAR2(100 CHAR),
	PRIMARY KEY (reader)
);

CREATE TABLE trigger_run_event (
	listener VARCHAR2(190 CHAR) NOT NULL,
	run_id VARCHAR2(100 CHAR) NOT NULL,
	task VARCHAR2(255 CHAR),
	finished_at NUMBER(19),
	state VARCHAR2(10 CHAR) NOT NULL,
	attempts NUMBER(10) NOT NULL,
	created_at NUMBER(19) NOT NULL,
	next_attempt_at NUMBER(19) NOT NULL,
	changed_at NUMBER(19) NOT NULL,
	last_error VARCHAR2(1000 CHAR),
	PRIMARY KEY (listener, run_id)
);

CREATE INDEX trigger_run_event_due ON trigger_run_event (state, next_attempt_at);

CREATE INDEX trigger_run_event_changed ON trigger_run_event (state, changed_at);

CREATE TABLE trigger_run_triggered (
	run_id VARCHAR2(100 CHAR) NOT NULL,
	client VARCHAR2(190 CHAR) NOT NULL,
	created_at NUMBER(19) NOT NULL,
	check_at NUMBER(19) NOT NULL,
	PRIMARY KEY (run_id)
);

CREATE INDEX trigger_run_triggered_check ON trigger_run_triggered (client, check_at);

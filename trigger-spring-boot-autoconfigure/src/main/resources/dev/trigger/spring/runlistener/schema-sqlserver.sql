IF OBJECT_ID(N'trigger_run_listener', N'U') IS NULL CREATE TABLE trigger_run_listener (
	listener NVARCHAR(190) COLLATE Latin1_General_100_BIN2 NOT NULL,
	since BIGINT NOT NULL,
	announced INTEGER NOT NULL,
	read_until BIGINT NULL,
	PRIMARY KEY (listener)
);

IF OBJECT_ID(N'trigger_run_cursor', N'U') IS NULL CREATE TABLE trigger_run_cursor (
	reader NVARCHAR(190) COLLATE Latin1_General_100_BIN2 NOT NULL,
	finished_at BIGINT NOT NULL,
	run_id NVARCHAR(100) COLLATE Latin1_General_100_BIN2,
	PRIMARY KEY (reader)
);

IF OBJECT_ID(N'trigger_run_event', N'U') IS NULL CREATE TABLE trigger_run_event (
	listener NVARCHAR(190) COLLATE Latin1_General_100_BIN2 NOT NULL,
	run_id NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
	task NVARCHAR(255),
	finished_at BIGINT,
	state NVARCHAR(10) NOT NULL,
	attempts INTEGER NOT NULL,
	created_at BIGINT NOT NULL,
	next_attempt_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	last_error NVARCHAR(1000),
	PRIMARY KEY (listener, run_id),
	INDEX trigger_run_event_due (state, next_attempt_at),
	INDEX trigger_run_event_changed (state, changed_at)
);

IF OBJECT_ID(N'trigger_run_triggered', N'U') IS NULL CREATE TABLE trigger_run_triggered (
	run_id NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
	client NVARCHAR(190) COLLATE Latin1_General_100_BIN2 NOT NULL,
	created_at BIGINT NOT NULL,
	check_at BIGINT NOT NULL,
	PRIMARY KEY (run_id),
	INDEX trigger_run_triggered_check (client, check_at)
);

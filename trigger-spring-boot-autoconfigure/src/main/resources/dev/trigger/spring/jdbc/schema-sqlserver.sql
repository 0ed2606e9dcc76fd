IF OBJECT_ID(N'trigger_lease', N'U') IS NULL CREATE TABLE trigger_lease (
	name VARCHAR(100) NOT NULL PRIMARY KEY,
	owner VARCHAR(36) NOT NULL,
	expires_at BIGINT NOT NULL
);

/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package com.example.batch;

import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import com.example.batch.InvoiceWriters.Invoice;
import dev.trigger.emulator.EmulatedRun;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.outbox.TriggerOutbox;
import dev.trigger.spring.test.autoconfigure.AutoConfigureTriggerEmulator;
import org.junit.jupiter.api.Test;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.item.database.builder.JdbcCursorItemReaderBuilder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.transaction.PlatformTransactionManager;

import static dev.trigger.spring.test.TriggerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Restarts jobs that failed after the writers of {@code docs/RECIPES.md} had done their
 * work.
 */
@SpringBootTest(properties = { "trigger.outbox.enabled=true", "spring.datasource.generate-unique-name=true",
		"spring.sql.init.schema-locations=classpath:org/springframework/batch/core/schema-h2.sql" })
@AutoConfigureTriggerEmulator
class InvoiceWritersTests {

	private static final int INVOICES = 25;

	@Autowired
	private InvoiceWriters writers;

	@Autowired
	private TriggerEmulator emulator;

	@Autowired
	private JobOperator jobs;

	@Autowired
	private JobRepository repository;

	@Autowired
	private DataSource dataSource;

	@Autowired
	private PlatformTransactionManager transactions;

	@Test
	void triggersOfAChunkArePartOfItsTransaction(@Autowired TriggerOutbox outbox) throws Exception {
		assertThatNothingIsLostOrTwice("outbox", this.writers.withOutbox(outbox));
	}

	@Test
	void chunkThatIsWrittenAgainCreatesNoSecondRuns(@Autowired TriggerOperations trigger) throws Exception {
		assertThatNothingIsLostOrTwice("client", this.writers.withClient(trigger));
	}

	private void assertThatNothingIsLostOrTwice(String name, ItemWriter<Invoice> writer) throws Exception {
		this.emulator.task("send-invoice", Invoice.class, (invoice) -> null);
		AtomicBoolean failing = new AtomicBoolean(true);
		ItemWriter<Invoice> unreliable = (chunk) -> {
			writer.write(chunk);
			if (chunk.getItems().get(0).number().equals("11") && failing.getAndSet(false)) {
				throw new IllegalStateException("The process is killed between the trigger and the commit");
			}
		};
		JobExecution first = this.jobs.start(job(name, unreliable), new JobParameters());
		assertThat(first.getStatus()).isEqualTo(BatchStatus.FAILED);
		JobExecution second = this.jobs.start(job(name, unreliable), new JobParameters());
		assertThat(second.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.emulator).hasTriggered("send-invoice").times(INVOICES);
		assertThat(this.emulator.runs()).extracting(EmulatedRun::payload).doesNotHaveDuplicates();
	}

	private Job job(String name, ItemWriter<Invoice> writer) {
		ItemReader<Invoice> reader = new JdbcCursorItemReaderBuilder<Invoice>().name("invoices")
			.dataSource(this.dataSource)
			.sql("SELECT x, 'ada' FROM SYSTEM_RANGE(1, " + INVOICES + ")")
			.rowMapper((row, index) -> new Invoice(row.getString(1), row.getString(2)))
			.build();
		return new JobBuilder(name, this.repository)
			.start(new StepBuilder("send", this.repository).<Invoice, Invoice>chunk(10)
				.transactionManager(this.transactions)
				.reader(reader)
				.writer(writer)
				.build())
			.build();
	}

	@SpringBootApplication
	@EnableBatchProcessing
	@EnableJdbcJobRepository
	static class BatchApplication {

	}

}

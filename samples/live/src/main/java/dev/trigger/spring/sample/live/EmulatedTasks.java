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

package dev.trigger.spring.sample.live;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import dev.trigger.emulator.TaskContext;
import dev.trigger.emulator.TaskStream;
import dev.trigger.emulator.TriggerEmulator;

/**
 * Java functions that take the place of the tasks.
 */
final class EmulatedTasks {

	private static final int RAISED_PRICES = 7;

	private final Duration pace;

	private EmulatedTasks(Duration pace) {
		this.pace = pace;
	}

	/**
	 * Registers the tasks.
	 * @param emulator the emulator
	 * @param pace how long a product takes
	 */
	static void register(TriggerEmulator emulator, Duration pace) {
		EmulatedTasks tasks = new EmulatedTasks(pace);
		emulator.task(Imports.IMPORT_CATALOG.id(), CatalogImport.class, tasks::importCatalog);
		emulator.task(Imports.SHRINK_PICTURE.id(), Picture.class, tasks::shrinkPicture,
				(settings) -> settings.concurrencyLimit(5));
	}

	private ImportReport importCatalog(CatalogImport payload, TaskContext context)
			throws InterruptedException, TimeoutException {
		int products = payload.products();
		TaskStream notes = context.stream(ImportRelay.NOTES);
		write(notes, "Reading " + payload.catalog() + ": " + products + " products.");
		advance(context, 0, products / 3);
		write(notes, "Lamps and chairs are as before.");
		advance(context, products / 3, products * 3 / 5);
		write(notes, RAISED_PRICES + " shelves cost over a fifth more than before. A person has to decide.");
		boolean approved = ask(context, "Accept " + RAISED_PRICES + " prices that rose by more than a fifth?");
		write(notes, approved ? "Approved: the new prices apply." : "Declined: the old prices stay.");
		advance(context, products * 3 / 5, products);
		write(notes, "All " + products + " products are in the shop.");
		return new ImportReport(products, approved ? RAISED_PRICES : 0);
	}

	private String shrinkPicture(Picture picture, TaskContext context) throws InterruptedException {
		Thread.sleep(this.pace.multipliedBy(30).toMillis());
		return "picture-" + picture.number() + ".webp";
	}

	private boolean ask(TaskContext context, String question) throws InterruptedException, TimeoutException {
		String token = context.createToken(Duration.ofDays(1));
		context.metadata().update(Map.of(Imports.APPROVAL, token, "question", question));
		Decision decision = context.waitFor(token, Decision.class);
		context.metadata().delete(Imports.APPROVAL).delete("question");
		return decision != null && decision.approved();
	}

	private void advance(TaskContext context, int from, int to) throws InterruptedException {
		for (int done = from + 1; done <= to; done++) {
			Thread.sleep(this.pace.toMillis());
			context.metadata().set("done", done);
		}
	}

	private void write(TaskStream notes, String line) throws InterruptedException {
		for (String word : (line + "\n").split("(?<= )")) {
			Thread.sleep(this.pace.multipliedBy(2).toMillis());
			notes.append(word);
		}
	}

}

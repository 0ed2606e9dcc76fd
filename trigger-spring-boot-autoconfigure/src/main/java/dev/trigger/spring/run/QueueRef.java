package dev.trigger.spring.run;

import org.springframework.util.Assert;

/**
 * A queue by its name: the one that every task has, or one with a name of its own.
 *
 * @param type {@code task} or {@code custom}
 * @param name the identifier of the task, or the name of the queue
 * @since 1.0.0
 */
public record QueueRef(String type, String name) {

	private static final String TASK = "task";

	/**
	 * Create a reference.
	 */
	public QueueRef {
		Assert.hasText(type, "'type' must not be empty: use task or custom");
		Assert.hasText(name, "'name' must not be empty");
	}

	/**
	 * Return the queue of a task.
	 * @param taskIdentifier the identifier of the task
	 * @return the reference
	 */
	public static QueueRef ofTask(String taskIdentifier) {
		return new QueueRef(TASK, taskIdentifier);
	}

	/**
	 * Return a queue with a name of its own.
	 * @param name the name
	 * @return the reference
	 */
	public static QueueRef custom(String name) {
		return new QueueRef("custom", name);
	}

	/**
	 * Return the queue as filters have it.
	 */
	@Override
	public String toString() {
		return TASK.equals(this.type) ? TASK + "/" + this.name : this.name;
	}

}

package dev.trigger.spring.run;

import dev.trigger.spring.exception.TriggerException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the output of a run is awaited, but the run is over without success.
 *
 * @since 1.0.0
 */
public class RunFailedException extends TriggerException {

	private static final long serialVersionUID = 1L;

	private final transient Run run;

	/**
	 * Create a new exception.
	 * @param run the run
	 */
	public RunFailedException(Run run) {
		super("Run " + run.id() + " of " + run.taskIdentifier() + " ended as " + run.status()
				+ ((run.error() != null) ? ": " + run.error() : ""), null);
		this.run = run;
	}

	/**
	 * Return the run.
	 * @return the run
	 */
	public Run getRun() {
		return this.run;
	}

	/**
	 * Return how the run ended.
	 * @return the status, such as {@link RunStatus#FAILED} or {@link RunStatus#CANCELED}
	 */
	public @Nullable RunStatus getStatus() {
		return this.run.status();
	}

	/**
	 * Return the error of the task.
	 * @return the error, {@code null} if the run ended for another reason
	 */
	public @Nullable RunError getError() {
		return this.run.error();
	}

}

package dev.trigger.spring.run;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Why a run failed.
 *
 * @param message the message of the error
 * @param name its name, such as {@code TypeError}
 * @param stackTrace its stack trace
 * @param causes the errors that caused it
 * @since 1.0.0
 */
public record RunError(@Nullable String message, @Nullable String name, @Nullable String stackTrace,
		List<RunError> causes) {

	/**
	 * Create an error.
	 */
	public RunError {
		causes = (causes != null) ? List.copyOf(causes) : List.of();
	}

	@Override
	public String toString() {
		return (this.name != null) ? this.name + ": " + this.message : String.valueOf(this.message);
	}

}

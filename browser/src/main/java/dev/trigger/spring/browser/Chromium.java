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

package dev.trigger.spring.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A Chromium without a window, driven by the driver that is installed beside it. Nothing
 * is downloaded: where one of the two is missing, tests are skipped, or fail if
 * {@code TRIGGER_BROWSER_REQUIRED} is set.
 */
public final class Chromium implements AutoCloseable {

	/**
	 * How long to wait for what a page is to show.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ChromeDriver driver;

	private final Path profile;

	private Chromium(ChromeDriver driver, Path profile) {
		this.driver = driver;
		this.profile = profile;
	}

	/**
	 * Start a browser, or skip the test.
	 * @return the browser, to be closed
	 */
	public static Chromium start() {
		Path browser = executable("chromium", "chromium-browser", "google-chrome");
		Path driver = executable("chromedriver");
		if (browser == null || driver == null) {
			String reason = "Chromium and chromedriver are not both installed: on Debian, apt-get install chromium chromium-driver";
			if (System.getenv("TRIGGER_BROWSER_REQUIRED") != null) {
				throw new AssertionError(reason);
			}
			return Assumptions.abort(reason);
		}
		Path profile = directory();
		ChromeOptions options = new ChromeOptions();
		options.setBinary(browser.toFile());
		options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
				"--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run", "--user-data-dir=" + profile);
		LoggingPreferences logging = new LoggingPreferences();
		logging.enable(LogType.BROWSER, Level.ALL);
		options.setCapability("goog:loggingPrefs", logging);
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(driver.toFile())
			.usingAnyFreePort()
			.withSilent(true)
			.build();
		return new Chromium(new ChromeDriver(service, options), profile);
	}

	/**
	 * Send a command of the browser's own protocol, for what this class has no method
	 * for.
	 * @param name the command, such as {@code Network.enable}
	 * @param parameters its parameters
	 */
	public void command(String name, Map<String, Object> parameters) {
		this.driver.executeCdpCommand(name, parameters);
	}

	/**
	 * Cut the connection of the page, or mend it.
	 * @param offline whether the page reaches nothing
	 */
	public void offline(boolean offline) {
		command("Network.enable", Map.of());
		command("Network.emulateNetworkConditions",
				Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
	}

	/**
	 * Press keys on the element that has the focus.
	 * @param keys the keys
	 */
	public void press(CharSequence... keys) {
		this.driver.switchTo().activeElement().sendKeys(keys);
	}

	/**
	 * Return the document as it is now.
	 * @return its HTML
	 */
	public String source() {
		return String.valueOf(this.driver.getPageSource());
	}

	/**
	 * Become a desktop with a light design.
	 */
	public void desktop() {
		screen(1200, 900, false, "light");
	}

	/**
	 * Become a phone with a dark design.
	 */
	public void phone() {
		screen(390, 844, true, "dark");
	}

	/**
	 * Open a page.
	 * @param url its address
	 */
	public void open(String url) {
		this.driver.get(url);
	}

	/**
	 * Return an element as soon as it is there.
	 * @param css the selector
	 * @return the element
	 */
	public WebElement find(String css) {
		await(() -> !this.driver.findElements(By.cssSelector(css)).isEmpty(), "an element " + css);
		return this.driver.findElement(By.cssSelector(css));
	}

	/**
	 * Click on an element.
	 * @param css the selector
	 */
	public void click(String css) {
		await(() -> {
			this.driver.findElement(By.cssSelector(css)).click();
			return true;
		}, "a click on " + css);
	}

	/**
	 * Replace the text of a field.
	 * @param css the selector
	 * @param text the text
	 */
	public void type(String css, String text) {
		WebElement field = find(css);
		field.clear();
		field.sendKeys(text);
	}

	/**
	 * Return the text of an element that is visible now.
	 * @param css the selector
	 * @return the text, empty without such an element
	 */
	public String text(String css) {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (true) {
			List<WebElement> elements = this.driver.findElements(By.cssSelector(css));
			try {
				return elements.isEmpty() ? "" : elements.get(0).getText();
			}
			catch (StaleElementReferenceException ex) {
				// the page has replaced it since it was found
				if (System.nanoTime() > deadline) {
					throw ex;
				}
			}
		}
	}

	/**
	 * Wait until an element contains a text.
	 * @param css the selector
	 * @param text the text
	 */
	public void awaitText(String css, String text) {
		await(() -> text(css).contains(text), "'" + text + "' in " + css);
	}

	/**
	 * Wait for something.
	 * @param condition what to wait for
	 * @param what what to name if it does not come
	 */
	public void await(BooleanSupplier condition, String what) {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (System.nanoTime() < deadline) {
			try {
				if (condition.getAsBoolean()) {
					return;
				}
				TimeUnit.MILLISECONDS.sleep(50);
			}
			catch (NoSuchElementException | StaleElementReferenceException | ElementNotInteractableException ex) {
				// the page is about to change
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				break;
			}
		}
		throw new AssertionError("Waited in vain for " + what + ". The page shows: " + text("body"));
	}

	/**
	 * Evaluate a script.
	 * @param script the body of a function
	 * @param arguments its arguments
	 * @return the result
	 */
	public @Nullable Object evaluate(String script, Object... arguments) {
		return this.driver.executeScript(script, arguments);
	}

	/**
	 * Return the errors that the page has logged since the last call, such as failed
	 * scripts and violations of its policy.
	 * @return the messages
	 */
	public List<String> errors() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map(LogEntry::getMessage)
			.toList();
	}

	/**
	 * Save what the page looks like.
	 * @param file where, as PNG
	 */
	public void screenshot(Path file) {
		try {
			Files.createDirectories(file.toAbsolutePath().getParent());
			Files.write(file, this.driver.getScreenshotAs(OutputType.BYTES));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.driver.quit();
		try (Stream<Path> files = Files.walk(this.profile)) {
			files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
		}
		catch (IOException | UncheckedIOException ex) {
			// a file of the browser's last process: the directory is a temporary one
		}
	}

	private void screen(int width, int height, boolean mobile, String scheme) {
		command("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
		command("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

	private static Path directory() {
		try {
			return Files.createTempDirectory("trigger-browser");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static @Nullable Path executable(String... names) {
		String path = System.getenv("PATH");
		for (String name : names) {
			for (String directory : ((path != null) ? path : "").split(File.pathSeparator)) {
				Path file = Path.of(directory, name);
				if (Files.isExecutable(file)) {
					return file;
				}
			}
		}
		return null;
	}

}

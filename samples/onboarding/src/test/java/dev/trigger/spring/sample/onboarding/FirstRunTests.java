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

package dev.trigger.spring.sample.onboarding;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FirstRun}, in an application of its own: it prints once, at start.
 */
@ExtendWith(OutputCaptureExtension.class)
class FirstRunTests {

	private static final Pattern URL = Pattern.compile("http://localhost:\\d+/\\S*|http://127\\.0\\.0\\.1:\\d+");

	private static final Pattern POST = Pattern.compile("curl -i (\\S+) -H '([^:]+): ([^']+)' -d '([^']+)'");

	@Test
	void runIsFollowedToItsOutputAndWhatIsPrintedWorks(CapturedOutput output) throws Exception {
		ConfigurableApplicationContext context = SpringApplication.run(OnboardingApplication.class, "--server.port=0");
		try {
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(output::toString, (text) -> text.contains("Stop it with Ctrl-C."));
			assertThat(output).contains("is COMPLETED", "Output: Receipt[messageId=");
			Matcher post = POST.matcher(output);
			assertThat(post.find()).isTrue();
			assertThat(send(HttpRequest.newBuilder(URI.create(post.group(1)))
				.header(post.group(2), post.group(3))
				.POST(HttpRequest.BodyPublishers.ofString(post.group(4)))
				.build())).isEqualTo(202);
			String printed = output.toString().substring(output.toString().indexOf("The sample is running"));
			List<String> urls = URL.matcher(printed)
				.results()
				.map((match) -> match.group())
				.filter((url) -> !url.endsWith("/sign-ups"))
				.toList();
			assertThat(urls).hasSizeGreaterThanOrEqualTo(4);
			for (String url : urls) {
				assertThat(send(HttpRequest.newBuilder(URI.create(url)).build())).as(url).isLessThan(400);
			}
		}
		finally {
			context.close();
		}
	}

	private static int send(HttpRequest request) throws Exception {
		// without an offer of HTTP/2, which the server of Trigger.dev ends the connection
		// for
		HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
		return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
	}

}

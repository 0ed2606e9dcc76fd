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

package dev.trigger.spring.alert.web;

import java.io.IOException;
import java.io.InputStream;

import dev.trigger.spring.alert.AlertEvent;
import dev.trigger.spring.alert.WebhookTooLargeException;
import dev.trigger.spring.alert.WebhookVerifier;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.MethodParameter;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.util.Assert;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives the alert of a webhook to controllers of Spring MVC.
 *
 * @since 1.0.0
 */
public final class ServletWebhookArgumentResolver implements HandlerMethodArgumentResolver {

	private final ObjectProvider<WebhookVerifier> verifier;

	/**
	 * Create a resolver.
	 * @param verifier verifies webhooks; that there is none is reported when one arrives
	 */
	public ServletWebhookArgumentResolver(ObjectProvider<WebhookVerifier> verifier) {
		this.verifier = verifier;
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return WebhookParameter.isMarked(parameter);
	}

	@Override
	public AlertEvent resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer mavContainer,
			NativeWebRequest webRequest, @Nullable WebDataBinderFactory binderFactory) throws IOException {
		HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
		Assert.state(request != null, "There is no HttpServletRequest");
		WebhookVerifier verifier = WebhookParameter.verifier(this.verifier);
		return verifier.read(read(request, verifier.maxBodySize()), new ServletServerHttpRequest(request).getHeaders());
	}

	private static byte[] read(HttpServletRequest request, int maxBytes) throws IOException {
		if (request.getContentLengthLong() > maxBytes) {
			throw new WebhookTooLargeException(maxBytes);
		}
		try (InputStream body = request.getInputStream()) {
			// one byte more shows that there are too many
			byte[] bytes = body.readNBytes((maxBytes < Integer.MAX_VALUE) ? maxBytes + 1 : maxBytes);
			// no signature would match what a filter has left
			Assert.state(bytes.length > 0 || request.getContentLengthLong() <= 0,
					"The body of the webhook was read before its controller is called: a filter that reads it has to "
							+ "pass on a request that can be read again");
			return bytes;
		}
	}

}

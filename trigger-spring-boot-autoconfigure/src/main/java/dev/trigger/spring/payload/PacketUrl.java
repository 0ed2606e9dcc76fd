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

package dev.trigger.spring.payload;

import org.jspecify.annotations.Nullable;

/**
 * A presigned URL for a payload or an output that is too large to travel inline. Anyone
 * who has the URL can read the content until it expires: {@link #toString()} leaves its
 * query out.
 *
 * @param presignedUrl the URL; it is called without any credential
 * @param storagePath where the content is stored: the value of a payload of the type
 * {@code application/store}; {@code null} for a download
 * @since 1.0.0
 */
public record PacketUrl(String presignedUrl, @Nullable String storagePath) {

	@Override
	public String toString() {
		int query = this.presignedUrl.indexOf('?');
		String url = (query < 0) ? this.presignedUrl
				: this.presignedUrl.substring(0, query) + "?\u2022\u2022\u2022\u2022";
		return "PacketUrl[presignedUrl=" + url + ", storagePath=" + this.storagePath + "]";
	}

}

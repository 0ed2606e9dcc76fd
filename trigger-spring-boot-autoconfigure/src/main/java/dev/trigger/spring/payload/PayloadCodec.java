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

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.json.TriggerJson;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

import org.springframework.http.MediaType;

/**
 * Encodes payloads and decodes outputs, with the application's own JSON settings.
 *
 * @since 1.0.0
 */
public final class PayloadCodec {

	/**
	 * The number of bytes from which on a payload is uploaded instead of sent inline.
	 */
	public static final int UPLOAD_THRESHOLD = 128 * 1024;

	private static final Log logger = LogFactory.getLog(PayloadCodec.class);

	private final TriggerHttp http;

	private final JsonMapper mapper;

	private final ObjectWriter writer;

	private final PacketOperations packets;

	private final PayloadUpload upload;

	/**
	 * Create a codec.
	 * @param http the way to the network, for what is too large to travel inline
	 * @param mapper the mapper for the application's types
	 */
	public PayloadCodec(TriggerHttp http, JsonMapper mapper) {
		this.http = http;
		this.mapper = mapper;
		this.writer = mapper.writer().without(SerializationFeature.INDENT_OUTPUT);
		this.packets = PacketOperations.create(http);
		this.upload = new PayloadUpload(http);
	}

	/**
	 * Encode a payload: a {@link String} as text, everything else as JSON. What has 128
	 * KiB or more is uploaded first. Each subscription encodes, and uploads, anew.
	 * <p>
	 * {@code PUT /api/v2/packets/{filename}} for what is uploaded
	 * @param payload the payload, {@code null} for the JSON value {@code null}
	 * @return the encoded payload; fails with an {@link IllegalArgumentException} if the
	 * payload can't be written as JSON, and with a {@link TriggerException} if it can't
	 * be uploaded
	 */
	public Mono<EncodedPayload> encode(@Nullable Object payload) {
		return Mono.defer(() -> {
			String text = asText(payload);
			return (text != null) ? encode(text) : encode(writeJson(payload));
		});
	}

	private Mono<EncodedPayload> encode(String text) {
		return isLarge(text) ? upload(text.getBytes(StandardCharsets.UTF_8), MediaType.TEXT_PLAIN)
				: Mono.just(inline(text));
	}

	private Mono<EncodedPayload> encode(byte[] json) {
		return isLarge(json) ? upload(json, MediaType.APPLICATION_JSON) : Mono.just(inline(json));
	}

	/**
	 * Encode a payload at once, without the cost of operators where there are many.
	 * @param payload the payload, {@code null} for the JSON value {@code null}
	 * @return the encoded payload, {@code null} if it has to be uploaded first
	 * @throws IllegalArgumentException if the payload can't be written as JSON
	 * @see #encode(Object)
	 */
	public @Nullable EncodedPayload encodeInline(@Nullable Object payload) {
		String text = asText(payload);
		if (text != null) {
			return isLarge(text) ? null : inline(text);
		}
		byte[] json = writeJson(payload);
		return isLarge(json) ? null : inline(json);
	}

	private static EncodedPayload inline(String text) {
		return new EncodedPayload(TriggerJson.shared().write(text), MediaType.TEXT_PLAIN_VALUE);
	}

	private static EncodedPayload inline(byte[] json) {
		return new EncodedPayload(json, MediaType.APPLICATION_JSON_VALUE);
	}

	/**
	 * Write a value as JSON with the application's own settings, whatever its size. For
	 * what belongs to a request but is no payload, such as metadata.
	 * @param value the value
	 * @return the JSON
	 * @throws IllegalArgumentException if the value can't be written as JSON
	 */
	public RawValue json(@Nullable Object value) {
		return new RawValue(new String(writeJson(value), StandardCharsets.UTF_8));
	}

	private Mono<EncodedPayload> upload(byte[] content, MediaType type) {
		return within(this.upload.upload(content, type))
			.map((storagePath) -> new EncodedPayload(TriggerJson.shared().write(storagePath), Packet.STORE));
	}

	private static @Nullable String asText(@Nullable Object payload) {
		if (payload instanceof JsonNode node && node.isString()) {
			return node.stringValue();
		}
		return (payload instanceof String text) ? text : null;
	}

	private byte[] writeJson(@Nullable Object payload) {
		try {
			byte[] json = this.writer.writeValueAsBytes(payload);
			for (int i = 0; i < json.length; i++) {
				// a line break, which is white space here, would end an item of a batch
				if (json[i] == '\n' || json[i] == '\r') {
					json[i] = ' ';
				}
			}
			return json;
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The payload cannot be written as JSON: " + describe(ex)
					+ ". Give an object that Jackson can write", ex);
		}
	}

	private static boolean isLarge(byte[] content) {
		return content.length >= UPLOAD_THRESHOLD;
	}

	private static boolean isLarge(String content) {
		int length = content.length();
		if (length >= UPLOAD_THRESHOLD) {
			return true;
		}
		// no character has more than three bytes
		return length * 3L >= UPLOAD_THRESHOLD && content.getBytes(StandardCharsets.UTF_8).length >= UPLOAD_THRESHOLD;
	}

	/**
	 * Decode an output to the application's type.
	 * <p>
	 * {@code GET /api/v1/packets/{filename}} for what is stored
	 * @param <T> the type
	 * @param output the output
	 * @param type the type
	 * @return the value, empty if there is none or if it is JSON's {@code null}; fails
	 * with a {@link TriggerException} if it can't be downloaded, or is not of the type
	 */
	public <T> Mono<T> decode(EncodedOutput output, Type type) {
		return packet(output).mapNotNull((packet) -> read(packet, type));
	}

	/**
	 * Decode an output to a tree of plain JSON.
	 * <p>
	 * {@code GET /api/v1/packets/{filename}} for what is stored
	 * @param output the output
	 * @return the tree, empty if there is no value, if it is JSON's {@code null}, or if
	 * it can't be downloaded, which is logged
	 */
	public Mono<JsonNode> decodeTree(EncodedOutput output) {
		return packet(output).onErrorResume(TriggerException.class, (ex) -> {
			logger.warn("A payload or output is left out, since it could not be downloaded: " + ex.getMessage());
			return Mono.empty();
		}).map(Packet::tree).filter((tree) -> !isNothing(tree));
	}

	private Mono<Packet> packet(EncodedOutput output) {
		String presignedUrl = output.presignedUrl();
		if (presignedUrl != null) {
			return within(download(presignedUrl));
		}
		JsonNode data = output.data();
		if (data == null || isNothing(data)) {
			return Mono.empty();
		}
		if (Packet.STORE.equals(output.dataType()) && data.isString()) {
			return within(this.packets.downloadUrl(data.stringValue()).flatMap((url) -> download(url.presignedUrl())));
		}
		return Mono.fromSupplier(() -> Packet.of(data, output.dataType()));
	}

	private Mono<Packet> download(String presignedUrl) {
		return this.http.objectStore().download(presignedUrl).map(Packet::of);
	}

	/**
	 * A transfer with all its attempts may take as long as a call.
	 */
	private <T> Mono<T> within(Mono<T> transfer) {
		return this.http.limit("The transfer of a large payload or output", transfer);
	}

	private <T> @Nullable T read(Packet packet, Type type) {
		ObjectReader reader = this.mapper.readerFor(this.mapper.constructType(type));
		JsonNode tree = packet.tree();
		if (isNothing(tree)) {
			return null;
		}
		try {
			return reader.readValue(tree);
		}
		catch (JacksonException ex) {
			return readAlternative(packet, reader, type, ex);
		}
	}

	private static <T> @Nullable T readAlternative(Packet packet, ObjectReader reader, Type type, JacksonException ex) {
		JsonNode alternative = packet.alternative();
		if (alternative != null) {
			try {
				return reader.readValue(alternative);
			}
			catch (JacksonException ignored) {
				// the usual way is the one to complain about
			}
		}
		throw new TriggerDecodingException(null,
				"The value cannot be read as " + type.getTypeName() + ": " + describe(ex), ex);
	}

	/**
	 * What Jackson says, without the part of the value that it quotes.
	 */
	private static String describe(JacksonException ex) {
		String path = (ex instanceof DatabindException databind) ? databind.getPathReference() : "";
		return ex.getClass().getSimpleName() + (path.isEmpty() ? "" : " at " + path);
	}

	private static boolean isNothing(JsonNode node) {
		return node.isNull() || node.isMissingNode();
	}

}

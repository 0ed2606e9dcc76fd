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
import dev.trigger.spring.json.Utf8;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

import org.springframework.http.MediaType;

/**
 * Encodes payloads and decodes outputs, with the application's own JSON settings.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class PayloadCodec {

	/**
	 * The number of bytes from which on a payload is uploaded instead of sent inline.
	 */
	public static final int UPLOAD_THRESHOLD = 128 * 1024;

	private static final String PAYLOAD = "payload";

	private static final Log logger = LogFactory.getLog(PayloadCodec.class);

	private final TriggerHttp http;

	private final JsonMapper mapper;

	private final PayloadWriter writer;

	private final PacketOperations packets;

	private final PayloadUpload upload;

	private final @Nullable PayloadValidator validator;

	/**
	 * Create a codec.
	 * @param http the transport, for what is too large to travel inline
	 * @param mapper the mapper for the application's types
	 */
	public PayloadCodec(TriggerHttp http, JsonMapper mapper) {
		this(http, mapper, null);
	}

	/**
	 * Create a codec that checks payloads.
	 * @param http the transport, for what is too large to travel inline
	 * @param mapper the mapper for the application's types
	 * @param validator checks the payloads of tasks, {@code null} for no checks
	 */
	public PayloadCodec(TriggerHttp http, JsonMapper mapper, @Nullable PayloadValidator validator) {
		this.http = http;
		this.validator = validator;
		this.mapper = mapper;
		this.writer = new PayloadWriter(mapper);
		this.packets = PacketOperations.create(http);
		this.upload = new PayloadUpload(http);
	}

	/**
	 * Encode the payload of a run, and check it if there is a validator.
	 * @param task the identifier of the task
	 * @param payload the payload, {@code null} for the JSON value {@code null}
	 * @param type the type that the payload is declared with, {@code null} if it is not
	 * known
	 * @return the encoded payload
	 * @throws IllegalArgumentException if the task would refuse the payload, or it can't
	 * be written as JSON
	 * @see #encode(Object, Type)
	 */
	public EncodedPayload encode(String task, @Nullable Object payload, @Nullable Type type) {
		EncodedPayload encoded = encode(payload, type);
		if (this.validator != null && encoded.json() != null) {
			this.validator.validate(task, this.mapper.readTree(encoded.json()));
		}
		return encoded;
	}

	/**
	 * Encode a payload whatever its size: a {@link String} as text, everything else as
	 * JSON.
	 * @param payload the payload, {@code null} for the JSON value {@code null}
	 * @param type the type that the payload is declared with, whose type arguments decide
	 * whether elements are written with a type id; {@code null} if it is not known
	 * @return the encoded payload, to be {@link #offload offloaded} if it {@link #isLarge
	 * is large}
	 * @throws IllegalArgumentException if the payload can't be written as JSON
	 */
	public EncodedPayload encode(@Nullable Object payload, @Nullable Type type) {
		String text = asText(payload);
		return (text != null) ? inline(text) : inline(this.writer.write(PAYLOAD, payload, type));
	}

	/**
	 * Return whether a payload has to be offloaded before it is sent.
	 * @param payload the encoded payload
	 * @return {@code false} if {@link #offload} would return it as it is
	 */
	public boolean isLarge(EncodedPayload payload) {
		byte[] json = payload.json();
		return json != null && json.length >= UPLOAD_THRESHOLD;
	}

	/**
	 * Upload an encoded payload of 128 KiB or more. Each subscription uploads it again.
	 * <p>
	 * {@code PUT /api/v2/packets/{filename}} for an upload
	 * @param payload the encoded payload
	 * @return the same payload, or the path of what was uploaded; fails with a
	 * {@link TriggerException} if it can't be uploaded
	 */
	public Mono<EncodedPayload> offload(EncodedPayload payload) {
		byte[] json = payload.json();
		if (json == null || !isLarge(payload)) {
			return Mono.just(payload);
		}
		if (!MediaType.TEXT_PLAIN_VALUE.equals(payload.type())) {
			return upload(json, MediaType.APPLICATION_JSON);
		}
		String text = (String) TriggerJson.shared().read(json, String.class);
		if (!Utf8.canEncode(text)) {
			// half of a surrogate pair has a form in JSON only
			return upload(json, MediaType.APPLICATION_JSON);
		}
		byte[] content = text.getBytes(StandardCharsets.UTF_8);
		// as text, without the quotes of JSON, it may be short enough to go inline
		return (content.length >= UPLOAD_THRESHOLD) ? upload(content, MediaType.TEXT_PLAIN) : Mono.just(payload);
	}

	private static EncodedPayload inline(String text) {
		return new EncodedPayload(TriggerJson.shared().write(text), MediaType.TEXT_PLAIN_VALUE);
	}

	private static EncodedPayload inline(byte[] json) {
		return new EncodedPayload(json, MediaType.APPLICATION_JSON_VALUE);
	}

	/**
	 * Write a value as JSON with the application's own settings, whatever its size. For
	 * values that belong to a request but are no payload, such as metadata.
	 * @param value the value
	 * @return the JSON
	 * @throws IllegalArgumentException if the value can't be written as JSON
	 */
	public RawValue json(@Nullable Object value) {
		return json("value", value);
	}

	/**
	 * Write a value as JSON, as {@link #json(Object)} does.
	 * @param what what the value is, such as {@code metadata}, for the message of a
	 * failure
	 * @param value the value
	 * @return the JSON
	 * @throws IllegalArgumentException if the value can't be written as JSON
	 */
	public RawValue json(String what, @Nullable Object value) {
		return new RawValue(new String(this.writer.write(what, value, null), StandardCharsets.UTF_8));
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
		return packet(output).mapNotNull((packet) -> packet.read(this.mapper, type));
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
		return packet(output).onErrorResume(TriggerException.class, this::leaveOut)
			.map(Packet::tree)
			.filter((tree) -> !Packet.isNothing(tree));
	}

	/**
	 * Return what an output holds, to be read later.
	 * <p>
	 * {@code GET /api/v1/packets/{filename}} for what is stored
	 * @param output the output
	 * @return the content; the empty one if there is no value, or if it can't be
	 * downloaded, which is logged
	 */
	public Mono<PayloadContent> content(EncodedOutput output) {
		return packet(output).onErrorResume(TriggerException.class, this::leaveOut)
			.map((packet) -> new PayloadContent(this.mapper, packet))
			.defaultIfEmpty(PayloadContent.empty());
	}

	/**
	 * Read a value that was written as JSON, or as text that may be JSON.
	 * @param <T> the type
	 * @param value the value
	 * @param type the type
	 * @return the value, {@code null} if it is JSON's {@code null}
	 * @throws TriggerDecodingException if it is not of the type
	 */
	public <T> @Nullable T read(JsonNode value, Type type) {
		boolean asIs = type == Object.class || (type instanceof Class<?> tree && JsonNode.class.isAssignableFrom(tree));
		return read(Packet.of(value, asIs ? null : MediaType.APPLICATION_JSON_VALUE), value, type);
	}

	/**
	 * Read an output that was decoded already. A text is a text, and taken for JSON only
	 * if it can't be read as the type otherwise.
	 * @param <T> the type
	 * @param output the output
	 * @param type the type
	 * @return the value, {@code null} if it is JSON's {@code null}
	 * @throws TriggerDecodingException if it is not of the type
	 */
	public <T> @Nullable T readOutput(JsonNode output, Type type) {
		return read(new Packet(output, Packet.Form.UNKNOWN), output, type);
	}

	private <T> @Nullable T read(Packet packet, JsonNode value, Type type) {
		if (type == String.class && !Packet.isNothing(value)) {
			String text = value.isString() ? value.stringValue() : value.toString();
			@SuppressWarnings("unchecked")
			T result = (T) text;
			return result;
		}
		return packet.read(this.mapper, type);
	}

	/**
	 * Write a value for an endpoint that takes text as it is.
	 * @param what the name of the value, for messages
	 * @param value the value
	 * @return a {@link String} as it is, everything else as JSON, in UTF-8
	 * @throws IllegalArgumentException if the value can't be written as JSON
	 */
	public byte[] text(String what, Object value) {
		return (value instanceof String text) ? Utf8.encode(text, what) : this.writer.write(what, value, null);
	}

	private Mono<Packet> leaveOut(TriggerException failure) {
		logger.warn("A payload or output is left out, since it could not be downloaded: " + failure.getMessage());
		return Mono.empty();
	}

	private Mono<Packet> packet(EncodedOutput output) {
		String presignedUrl = output.presignedUrl();
		if (presignedUrl != null) {
			return within(download(presignedUrl));
		}
		JsonNode data = output.data();
		if (data == null || Packet.isNothing(data)) {
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

	private <T> Mono<T> within(Mono<T> transfer) {
		return this.http.limit("The transfer of a large payload or output", transfer);
	}

}

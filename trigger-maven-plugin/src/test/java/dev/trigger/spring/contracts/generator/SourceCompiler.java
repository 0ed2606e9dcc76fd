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

package dev.trigger.spring.contracts.generator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compiles generated sources as strictly as javac can, and loads them.
 */
final class SourceCompiler extends ClassLoader {

	private final Map<String, byte[]> classes = new HashMap<>();

	private SourceCompiler(Map<String, byte[]> classes) {
		super(SourceCompiler.class.getClassLoader());
		this.classes.putAll(classes);
	}

	static ClassLoader compile(Map<String, String> sources) {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		Map<String, ByteArrayOutputStream> output = new HashMap<>();
		StringWriter messages = new StringWriter();
		List<JavaFileObject> units = new ArrayList<>();
		sources.forEach((path, source) -> units.add(new Source(path, source)));
		try (JavaFileManager files = new Files(compiler, output)) {
			boolean compiled = compiler
				.getTask(messages, files, null,
						List.of("--release", "17", "-Xlint:all,-processing,-classfile", "-Werror",
								"-Xdoclint:all,-missing", "-parameters", "-proc:none"),
						null, units)
				.call();
			assertThat(compiled).as(messages.toString()).isTrue();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Map<String, byte[]> classes = new HashMap<>();
		output.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
		return new SourceCompiler(classes);
	}

	@Override
	protected Class<?> findClass(String name) throws ClassNotFoundException {
		byte[] bytes = this.classes.get(name);
		if (bytes == null) {
			throw new ClassNotFoundException(name);
		}
		return defineClass(name, bytes, 0, bytes.length);
	}

	private static final class Source extends SimpleJavaFileObject {

		private final String content;

		Source(String path, String content) {
			super(URI.create("memory:///" + path), Kind.SOURCE);
			this.content = new String(content.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.content;
		}

	}

	private static final class Files extends ForwardingJavaFileManager<JavaFileManager> {

		private final Map<String, ByteArrayOutputStream> output;

		Files(JavaCompiler compiler, Map<String, ByteArrayOutputStream> output) {
			super(compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8));
			this.output = output;
		}

		@Override
		public JavaFileObject getJavaFileForOutput(Location location, String className, JavaFileObject.Kind kind,
				FileObject sibling) {
			// as long as the name of a file may be
			assertThat(className.substring(className.lastIndexOf('.') + 1).length()).isLessThan(250);
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			this.output.put(className, bytes);
			return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + ".class"), kind) {
				@Override
				public OutputStream openOutputStream() {
					return bytes;
				}
			};
		}

	}

}

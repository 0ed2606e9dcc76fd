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

package dev.trigger.spring.sample.multienvironment;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The endpoint of the service.
 */
@RestController
class CatalogController {

	private final CatalogImport catalogImport;

	CatalogController(CatalogImport catalogImport) {
		this.catalogImport = catalogImport;
	}

	@PostMapping("/catalogs")
	Mono<ResponseEntity<CatalogImport.Result>> add(@RequestBody Catalog catalog) {
		return this.catalogImport.start(catalog)
			.map((result) -> ResponseEntity
				.status((result instanceof CatalogImport.Result.Started) ? HttpStatus.ACCEPTED
						: HttpStatus.UNPROCESSABLE_CONTENT)
				.body(result));
	}

}

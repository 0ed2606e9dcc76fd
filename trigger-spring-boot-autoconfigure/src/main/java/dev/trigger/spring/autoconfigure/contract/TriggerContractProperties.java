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

package dev.trigger.spring.autoconfigure.contract;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the contract with the deployed tasks.
 *
 * @since 1.0.0
 */
@ConfigurationProperties("trigger.contract")
public class TriggerContractProperties {

	/**
	 * Reaction at the start to tasks that the code calls and that are not deployed, or
	 * would refuse what the contract allows. Needs a personal access token.
	 */
	private Check check = Check.OFF;

	/**
	 * Label of the deployment to compare with. The promoted one has the label 'current'.
	 */
	private String tag = "current";

	/**
	 * Whether payloads are validated against the schemas of the contract before they are
	 * sent. Needs com.networknt:json-schema-validator.
	 */
	private boolean validate;

	public Check getCheck() {
		return this.check;
	}

	public void setCheck(Check check) {
		this.check = check;
	}

	public String getTag() {
		return this.tag;
	}

	public void setTag(String tag) {
		this.tag = tag;
	}

	public boolean isValidate() {
		return this.validate;
	}

	public void setValidate(boolean validate) {
		this.validate = validate;
	}

	/**
	 * What the check at the start does.
	 */
	public enum Check {

		/**
		 * Nothing.
		 */
		OFF,

		/**
		 * Log a warning.
		 */
		WARN,

		/**
		 * Stop the application.
		 */
		FAIL

	}

}

<?xml version="1.0" encoding="UTF-8"?>
<!-- Makes a flattened POM name the oldest version of Spring Boot that is supported, and no version of what that manages: the build tools of
	 an application never take a newer library for it than its own Spring Boot has -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:m="http://maven.apache.org/POM/4.0.0"
		xmlns="http://maven.apache.org/POM/4.0.0" exclude-result-prefixes="m">
	<xsl:param name="oldest"/>
	<xsl:output encoding="UTF-8" indent="yes"/>
	<xsl:strip-space elements="*"/>

	<xsl:template match="@*|node()">
		<xsl:copy>
			<xsl:apply-templates select="@*|node()"/>
		</xsl:copy>
	</xsl:template>

	<xsl:template match="/m:project/m:dependencies">
		<dependencyManagement>
			<dependencies>
				<dependency>
					<groupId>org.springframework.boot</groupId>
					<artifactId>spring-boot-dependencies</artifactId>
					<version><xsl:value-of select="$oldest"/></version>
					<type>pom</type>
					<scope>import</scope>
				</dependency>
			</dependencies>
		</dependencyManagement>
		<xsl:copy>
			<xsl:apply-templates select="@*|node()"/>
		</xsl:copy>
	</xsl:template>

	<xsl:template match="m:dependencies/m:dependency[m:groupId = 'org.springframework' or m:groupId = 'org.springframework.boot' or m:groupId = 'io.projectreactor'
			or m:groupId = 'io.projectreactor.netty'
			or m:groupId = 'io.micrometer' or m:groupId = 'io.netty' or starts-with(m:groupId, 'tools.jackson')
			or starts-with(m:groupId, 'com.fasterxml.jackson') or m:groupId = 'org.jspecify' or starts-with(m:groupId, 'jakarta.')
			or starts-with(m:groupId, 'org.apache.httpcomponents') or starts-with(m:groupId, 'org.eclipse.jetty')
			or m:groupId = 'org.testcontainers' or m:groupId = 'org.assertj'
			or starts-with(m:groupId, 'org.junit')]/m:version"/>
</xsl:stylesheet>

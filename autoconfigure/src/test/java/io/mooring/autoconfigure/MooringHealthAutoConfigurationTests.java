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

package io.mooring.autoconfigure;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.PingHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.mooring.Connection;
import io.mooring.ConnectionException;
import io.mooring.ConnectionSpec;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStatistics;
import io.mooring.ConnectionStatus;
import io.mooring.ConnectionType;
import io.mooring.Connections;
import io.mooring.DropReason;
import io.mooring.StreamConnection;
import io.mooring.UnixPath;
import io.mooring.health.HealthSettings;
import io.mooring.health.HealthSettings.Importance;
import io.mooring.integration.internal.TestDatagramConnection;
import io.mooring.test.SpecBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MooringHealthAutoConfiguration} in Boot's health endpoint.
 */
class MooringHealthAutoConfigurationTests {

	private static final Instant SINCE = Instant.parse("2026-11-21T08:00:00Z");

	private final FakeConnections connections = new FakeConnections();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HealthContributorAutoConfiguration.class,
				HealthContributorRegistryAutoConfiguration.class, HealthEndpointAutoConfiguration.class,
				MooringHealthAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=health")
		.withBean("mooringConnections", Connections.class, () -> this.connections);

	@Test
	void aConnectedConnectionIsUpWithItsDetails() {
		add("ground", connected(), (spec) -> spec);
		this.runner.run((context) -> {
			assertThat(composite(context).getComponents()).containsOnlyKeys("ground");
			IndicatedHealthDescriptor ground = child(context, "ground");
			assertThat(ground.getStatus()).isEqualTo(Status.UP);
			assertThat(ground.getDetails()).containsEntry("type", "udp-listen")
				.containsEntry("state", "CONNECTED")
				.containsEntry("localAddress", "127.0.0.1:" + this.connections.get("ground").port())
				.containsEntry("binding", "any address")
				.containsEntry("interface", "lo")
				.containsEntry("since", "2026-11-21T08:00:00Z")
				.containsEntry("attempts", 0)
				.doesNotContainKeys("remoteAddress", "lastError", "drops");
		});
	}

	@Test
	void aUnixSocketHasNoBinding() {
		add("hub", connected(), (spec) -> spec.unix(SpecBuilder.unix(UnixPath.of("/run/hub.sock"), null,
				PosixFilePermissions.fromString("rw-------"), null, false, false, 8192)));
		this.runner.run((context) -> assertThat(child(context, "hub").getDetails()).doesNotContainKey("binding"));
	}

	@Test
	void aLostConnectionIsDownWithTheErrorAndAllOfIt() {
		add("ground", lost(), (spec) -> spec);
		this.runner.run((context) -> {
			IndicatedHealthDescriptor ground = child(context, "ground");
			assertThat(ground.getStatus()).isEqualTo(Status.DOWN);
			assertThat(ground.getDetails()).containsEntry("attempts", 3)
				.containsEntry("lastError", "Connection 'ground' cannot be bound: Address already in use");
			assertThat(composite(context).getStatus()).isEqualTo(Status.DOWN);
			assertThat(overall(context)).isEqualTo(Status.DOWN);
		});
	}

	@Test
	void anOptionalLostConnectionIsDegradedAndNothingIsDown() {
		add("radio", lost(), (spec) -> spec.health(new HealthSettings(true, Importance.OPTIONAL)));
		this.runner.run((context) -> {
			Status degraded = child(context, "radio").getStatus();
			assertThat(degraded.getCode()).isEqualTo("DEGRADED");
			assertThat(context.getBean(HttpCodeStatusMapper.class).getStatusCode(degraded)).isEqualTo(200);
			assertThat(composite(context).getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(overall(context)).isEqualTo(Status.UP);
			add("ground", connected(), (spec) -> spec);
			assertThat(composite(context).getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void aConnectionThatNobodyWantsIsUnknown() {
		add("ground", new ConnectionStatus(ConnectionState.DISCONNECTED, SINCE, false, 0, null, null), (spec) -> spec);
		this.runner.run((context) -> {
			assertThat(child(context, "ground").getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(overall(context)).isEqualTo(Status.UP);
		});
	}

	@Test
	void connectionsThatComeAndGoAreFollowed() {
		add("ground", connected(), (spec) -> spec);
		this.runner.run((context) -> {
			add("air", lost(), (spec) -> spec);
			assertThat(composite(context).getComponents()).containsOnlyKeys("ground", "air");
			assertThat(overall(context)).isEqualTo(Status.DOWN);
			this.connections.remove("air");
			this.connections.remove("ground");
			assertThat(context.getBean(HealthEndpoint.class).healthForPath("connections")).isNull();
			assertThat(overall(context)).isEqualTo(Status.UP);
		});
	}

	@Test
	void aConnectionMayHaveNoHealth() {
		add("ground", connected(), (spec) -> spec);
		add("quiet", lost(), (spec) -> spec.health(new HealthSettings(false, Importance.REQUIRED)));
		this.runner.run((context) -> {
			assertThat(composite(context).getComponents()).containsOnlyKeys("ground");
			assertThat(context.getBean(HealthEndpoint.class).healthForPath("connections", "quiet")).isNull();
		});
	}

	@Test
	void dropsAreShownByReason() {
		add("ground", connected(), (spec) -> spec).drops = Map.of(DropReason.QUEUE_FULL, 7L, DropReason.KERNEL, 2L);
		this.runner.run((context) -> assertThat(child(context, "ground").getDetails()).containsEntry("drops",
				Map.of("queue-full", 7L, "kernel", 2L)));
	}

	@Test
	void aClientShowsWhereItWantsToGo() {
		FakeConnection client = new FakeConnection(
				SpecBuilder.of("beacon", ConnectionType.UDP).remote("::1", 4242).build(), lost());
		this.connections.byName.put("beacon", client);
		this.runner.run((context) -> assertThat(child(context, "beacon").getDetails()).containsEntry("remoteAddress",
				"[::1]:4242"));
	}

	@Test
	void itCanBeSwitchedOffAndReplaced() {
		this.runner.withPropertyValues("management.health.connections.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("connectionsHealthContributor"));
		this.runner.withBean("connectionsHealthContributor", HealthContributor.class, PingHealthIndicator::new)
			.run((context) -> assertThat(context.getBean("connectionsHealthContributor"))
				.isInstanceOf(PingHealthIndicator.class));
	}

	@Test
	void backsOffWithoutHealthOrConnections() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MooringHealthAutoConfiguration.class))
			.withBean(Connections.class, () -> this.connections)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).doesNotHaveBean("connectionsHealthContributor"));
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MooringHealthAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean("connectionsHealthContributor"));
	}

	private static ConnectionStatus connected() {
		return new ConnectionStatus(ConnectionState.CONNECTED, SINCE, true, 0, null, "lo");
	}

	private static ConnectionStatus lost() {
		return new ConnectionStatus(ConnectionState.CONNECTING, SINCE, true, 3,
				new ConnectionException("ground", "cannot be bound", new BindException("Address already in use")),
				null);
	}

	private FakeConnection add(String name, ConnectionStatus status, UnaryOperator<SpecBuilder> customizer) {
		FakeConnection connection = new FakeConnection(
				customizer.apply(SpecBuilder.of(name, ConnectionType.UDP_LISTEN)).build(), status);
		this.connections.byName.put(name, connection);
		return connection;
	}

	private CompositeHealthDescriptor composite(ApplicationContext context) {
		return (CompositeHealthDescriptor) context.getBean(HealthEndpoint.class).healthForPath("connections");
	}

	private IndicatedHealthDescriptor child(ApplicationContext context, String name) {
		HealthDescriptor child = context.getBean(HealthEndpoint.class).healthForPath("connections", name);
		assertThat(child).isInstanceOf(IndicatedHealthDescriptor.class);
		return (IndicatedHealthDescriptor) child;
	}

	private Status overall(ApplicationContext context) {
		return context.getBean(HealthEndpoint.class).health().getStatus();
	}

	static class FakeConnection extends TestDatagramConnection {

		private final ConnectionStatus status;

		private Map<DropReason, Long> drops = Map.of();

		FakeConnection(ConnectionSpec spec, ConnectionStatus status) {
			super(spec);
			this.status = status;
		}

		@Override
		public ConnectionStatus getStatus() {
			return this.status;
		}

		@Override
		public ConnectionStatistics getStatistics() {
			return new ConnectionStatistics(0, 0, 0, 0, 0, 0, this.drops, 1, 0, null, null);
		}

		int port() {
			InetSocketAddress address = getLocalAddress();
			return address.getPort();
		}

	}

	static class FakeConnections implements Connections {

		private final Map<String, FakeConnection> byName = new LinkedHashMap<>();

		@Override
		public boolean remove(String name) {
			this.byName.remove(name).close();
			return true;
		}

		@Override
		public Connection declare(String name, ConnectionSpec spec) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Connection declare(String name, String url) {
			throw new UnsupportedOperationException();
		}

		@Override
		public FakeConnection get(String name) {
			return this.byName.get(name);
		}

		@Override
		public <C extends Connection> C get(String name, Class<C> kind) {
			return kind.cast(get(name));
		}

		@Override
		public Set<String> names() {
			return Set.copyOf(this.byName.keySet());
		}

		@Override
		public Connection create(String url) {
			throw new UnsupportedOperationException();
		}

		@Override
		public StreamConnection connect(String url, Duration timeout, int retries) {
			throw new UnsupportedOperationException();
		}

		@Override
		public CompletableFuture<StreamConnection> connectAsync(String url, Duration timeout, int retries) {
			throw new UnsupportedOperationException();
		}

		@Override
		public int findFreePort(InetAddress address) {
			throw new UnsupportedOperationException();
		}

	}

}

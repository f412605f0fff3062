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

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpConnection;
import org.springframework.integration.ip.tcp.connection.TcpSender;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.Connections;
import io.mooring.DropReason;
import io.mooring.StreamConnection;
import io.mooring.autoconfigure.properties.InvalidConnectionsException;
import io.mooring.test.Pki;
import io.mooring.test.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Tests from the properties of connections and bundles to the flow, over TLS.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class TlsFlowTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final Pki pki = new Pki();

	@TempDir
	Path directory;

	private ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MooringAutoConfiguration.class, SslAutoConfiguration.class,
				IntegrationAutoConfiguration.class, MooringIntegrationAutoConfiguration.class,
				MooringHealthAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class,
				HealthContributorAutoConfiguration.class, HealthEndpointAutoConfiguration.class));

	@BeforeEach
	void writeCertificates() {
		Pki.write(this.directory.resolve("ca.crt"), this.pki.caPem());
		Pki.write(this.pki.server(), this.directory, "server");
		Pki.write(this.pki.client("drone-7"), this.directory, "drone");
		this.runner = this.runner
			.withPropertyValues(bundle("server", "keystore.certificate", "server.crt"),
					bundle("server", "keystore.private-key", "server.key"),
					bundle("server", "truststore.certificate", "ca.crt"))
			.withPropertyValues(bundle("drone", "keystore.certificate", "drone.crt"),
					bundle("drone", "keystore.private-key", "drone.key"),
					bundle("drone", "truststore.certificate", "ca.crt"))
			.withPropertyValues(bundle("trust", "truststore.certificate", "ca.crt"));
	}

	private String bundle(String name, String key, String file) {
		return "spring.ssl.bundle.pem." + name + "." + key + "=" + this.directory.resolve(file).toUri();
	}

	private ApplicationContextRunner feed(String... properties) {
		return this.runner
			.withPropertyValues("mooring.connections.feed.url=tcp-listen://127.0.0.1:0?framing.type=line",
					"mooring.connections.feed.ssl.bundle=server")
			.withPropertyValues(properties);
	}

	private static int port(ApplicationContext context) {
		return Ports.of(context.getBean("feed", Connection.class));
	}

	private static IntegrationFlow flow(String channel, MessageHandler handler) {
		return IntegrationFlow.from(channel).handle(handler).get();
	}

	@Test
	void theFactoryOfTheConnectionKnowsTheSession() {
		BlockingQueue<SSLSession> sessions = new LinkedBlockingQueue<>();
		feed("mooring.connections.feed.ssl.client-auth=need").run((context) -> {
			AbstractServerConnectionFactory factory = context.getBean("feed.connectionFactory",
					AbstractServerConnectionFactory.class);
			factory.registerListener((message) -> {
			});
			factory.registerSender(new TcpSender() {

				@Override
				public void addNewConnection(TcpConnection connection) {
					sessions.add(connection.getSslSession());
				}

				@Override
				public void removeDeadConnection(TcpConnection connection) {
				}

			});
			factory.start();
			StreamConnection drone = context.getBean(Connections.class)
				.connect(url(context, "drone"), Duration.ofSeconds(5), 2);
			drone.send("hello".getBytes());
			SSLSession session = sessions.poll(10, TimeUnit.SECONDS);
			assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
			assertThat(session.getPeerPrincipal().getName()).isEqualTo("CN=drone-7,O=Example");
			drone.close();
		});
	}

	private static String url(ApplicationContext context, String bundle) {
		return "tcp://localhost:" + port(context) + "?framing.type=line&ssl.bundle=" + bundle;
	}

	@Test
	void declaredConnectionsTalkAndTheSubjectIsInTheHeaders() {
		BlockingQueue<Message<?>> received = new LinkedBlockingQueue<>();
		feed("mooring.connections.feed.ssl.client-auth=need")
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("feed.in")
						.wireTap((tap) -> tap.handle(received::add))
						.channel("feed.out")
						.get())
			.run((context) -> {
				int port = port(context);
				BlockingQueue<Message<?>> answers = new LinkedBlockingQueue<>();
				this.runner
					.withPropertyValues("mooring.connections.drone.url=tcp://localhost:" + port + "?framing.type=line",
							"mooring.connections.drone.ssl.bundle=drone")
					.withBean("flow", IntegrationFlow.class, () -> flow("drone.in", answers::add))
					.run((client) -> {
						Connection drone = client.getBean("drone", Connection.class);
						assertThat(drone.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
						client.getBean("drone.out", MessageChannel.class).send(new GenericMessage<>("hello"));
						assertThat(received.poll(10, TimeUnit.SECONDS).getHeaders())
							.containsEntry("mooring_peerSubject", "CN=drone-7,O=Example");
						assertThat(answers.poll(10, TimeUnit.SECONDS)).satisfies((answer) -> {
							assertThat(answer.getPayload()).isEqualTo("hello".getBytes());
							assertThat(answer.getHeaders()).containsEntry("mooring_peerSubject", "CN=localhost");
						});
					});
			});
	}

	@Test
	void whatIsWrongWithABundleStopsTheStart() {
		this.runner
			.withPropertyValues("mooring.connections.feed.type=tcp-listen", "mooring.connections.feed.ssl.bundle=trust",
					"mooring.connections.drone.url=tcp://localhost:1?ssl.bundle=dron",
					"mooring.connections.other.url=tcp://localhost:1", "mooring.defaults.ssl.bundle=gone",
					"mooring.connections.datagrams.url=udp://localhost:1")
			.run((context) -> {
				assertThat(context).hasFailed();
				assertThat(context.getStartupFailure()).hasRootCauseInstanceOf(InvalidConnectionsException.class);
				FailureAnalysis analysis = new InvalidConnectionsFailureAnalyzer().analyze(context.getStartupFailure());
				assertThat(analysis.getDescription().lines().filter((line) -> line.contains("mooring."))).hasSize(3)
					.anySatisfy((line) -> assertThat(line).contains(
							"mooring.connections.feed.ssl.bundle: \"trust\" is an SSL bundle without a private key and "
									+ "certificate, which a listener needs"))
					.anySatisfy((line) -> assertThat(line)
						.contains("mooring.connections.drone.url: \"tcp://localhost:1?ssl.bundle=dron\" has a wrong "
								+ "ssl.bundle: \"dron\" is not the name of an SSL bundle; known are drone, server, trust"))
					.anySatisfy((line) -> assertThat(line).contains("mooring.defaults.ssl.bundle: \"gone\" is not the "
							+ "name of an SSL bundle; known are drone, server, trust"));
			});
	}

	@Test
	void aBundleThatCannotBeUsedStopsTheStart() {
		feed("spring.ssl.bundle.pem.server.options.enabled-protocols=TLSv9").run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("mooring.connections.feed.ssl.bundle: \"server\" is an SSL bundle that cannot be "
						+ "used: Unsupported protocol");
		});
	}

	@Test
	void withoutBundlesThereIsNone() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MooringAutoConfiguration.class))
			.withPropertyValues("mooring.connections.feed.type=tcp-listen",
					"mooring.connections.feed.ssl.bundle=server")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("\"server\" is not the name of an SSL bundle; no bundles are declared "
						+ "below spring.ssl.bundle"));
	}

	@Test
	void bundlesOfRegistrarsCountAndOptionsAreKept() {
		this.runner
			.withBean(SslBundleRegistrar.class,
					() -> (registry) -> registry.registerBundle("mine", SslBundle.systemDefault()))
			.withPropertyValues("mooring.connections.drone.url=tcp://localhost:1?ssl.bundle=mine")
			.run((context) -> assertThat(context).hasNotFailed());
		feed("spring.ssl.bundle.pem.trust.options.enabled-protocols=TLSv1.2",
				"spring.ssl.bundle.pem.server.options.enabled-protocols=TLSv1.3")
			.run((context) -> {
				Connection client = context.getBean(Connections.class).create(url(context, "trust"));
				assertThatThrownBy(client::open)
					.hasMessageContaining("the peer refused it with the alert protocol_version");
				client.close();
			});
	}

	@Test
	void aConnectionThatIsMadeLaterNeedsABundleToo() {
		feed().run((context) -> {
			Connections connections = context.getBean(Connections.class);
			assertThatIllegalArgumentException().isThrownBy(() -> connections.create(url(context, "gone")))
				.withMessageContaining("\"gone\" is not the name of an SSL bundle; known are drone, server, trust");
			StreamConnection client = connections.connect(url(context, "trust"), Duration.ofSeconds(5), 0);
			assertThat(client.isConnected()).isTrue();
			client.close();
		});
	}

	@Test
	void anUpdatedBundleThatIsBrokenIsNotUsed(CapturedOutput output) {
		feed().run((context) -> {
			DefaultSslBundleRegistry bundles = (DefaultSslBundleRegistry) context.getBean(SslBundles.class);
			SslBundle good = bundles.getBundle("server");
			bundles.updateBundle("server", SslBundle.of(good.getStores(), good.getKey(),
					SslOptions.of((String[]) null, new String[] { "TLSv9" })));
			assertThat(output)
				.contains("SSL bundle 'server' was updated but is invalid; the previous bundle remains in use: ");
			context.getBean(Connections.class).connect(url(context, "trust"), Duration.ofSeconds(5), 0).close();
		});
	}

	@Test
	void aCertificateIsExchangedUnderLoadWithoutOneFailedMessage(CapturedOutput output) {
		AtomicInteger received = new AtomicInteger();
		// Certificate and key in one file: two could be read when only one has changed
		Path file = this.directory.resolve("server.pem");
		write(this.pki.server(), file);
		feed("spring.ssl.bundle.pem.server.reload-on-update=true", "spring.ssl.bundle.watch.file.quiet-period=100ms",
				"spring.ssl.bundle.pem.server.keystore.certificate=" + file.toUri(),
				"spring.ssl.bundle.pem.server.keystore.private-key=" + file.toUri())
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("feed.in")
						.wireTap((tap) -> tap.handle((message) -> received.incrementAndGet()))
						.channel("feed.out")
						.get())
			.run((context) -> {
				Connections connections = context.getBean(Connections.class);
				AtomicBoolean enough = new AtomicBoolean();
				StreamConnection old = connections.connect(url(context, "trust"), Duration.ofSeconds(5), 0);
				List<CompletableFuture<Integer>> clients = new ArrayList<>();
				for (int i = 0; i < 8; i++) {
					clients.add(CompletableFuture.supplyAsync(() -> talk(context, enough),
							(task) -> new Thread(task).start()));
				}
				for (int round = 1; round <= 3; round++) {
					X509Bundle next = this.pki.server();
					write(next, file);
					int updates = round;
					await().atMost(SOON)
						.until(() -> output.getOut()
							.lines()
							.filter((line) -> line.contains("SSL bundle 'server' was updated; it is used"))
							.count() >= updates);
					int before = received.get();
					await().atMost(SOON).until(() -> received.get() > before + 500);
					assertThat(certificate(port(context))).isEqualTo(next.getCertificate());
				}
				enough.set(true);
				int sent = 0;
				for (CompletableFuture<Integer> client : clients) {
					sent += client.get(30, TimeUnit.SECONDS);
				}
				old.send("still open".getBytes());
				assertThat(old.receive(SOON)).isEqualTo("still open".getBytes());
				old.close();
				assertThat(received.get()).isEqualTo(sent + 1);
				Connection feed = context.getBean("feed", Connection.class);
				assertThat(feed.getStatistics().dropped()).isZero();
				assertThat(feed.getStatistics().dropped(DropReason.HANDSHAKE)).isZero();
			});
	}

	private static void write(X509Bundle bundle, Path file) {
		Pki.write(file, bundle.getCertificatePathPEM() + bundle.getPrivateKeyPEM());
	}

	private X509Certificate certificate(int port) throws Exception {
		try (SSLSocket socket = (SSLSocket) this.pki.context(null)
			.getSocketFactory()
			.createSocket(InetAddress.getLoopbackAddress(), port)) {
			return (X509Certificate) socket.getSession().getPeerCertificates()[0];
		}
	}

	/**
	 * Connect, send ten messages and receive the replies, repeatedly.
	 * @return the number of replies
	 */
	private static int talk(ApplicationContext context, AtomicBoolean enough) {
		Connections connections = context.getBean(Connections.class);
		int answered = 0;
		while (!enough.get()) {
			StreamConnection client = connections.connect(url(context, "trust"), Duration.ofSeconds(10), 0);
			for (int i = 0; i < 10; i++) {
				byte[] message = ("message " + i).getBytes();
				client.send(message);
				assertThat(client.receive(Duration.ofSeconds(10))).isEqualTo(message);
				answered++;
			}
			client.close();
		}
		return answered;
	}

}

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

package io.mooring.integration.internal;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.BeanRegistry.SupplierContext;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.core.env.Environment;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.config.ConsumerEndpointFactoryBean;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;

import io.mooring.Connection;
import io.mooring.ConnectionSpec;
import io.mooring.Direction;
import io.mooring.IntegrationMode;
import io.mooring.MessageConnection;
import io.mooring.integration.IntegrationSettings;
import io.mooring.integration.MissingChannelException;
import io.mooring.integration.PayloadSettings;
import io.mooring.transport.internal.concurrent.Shutdown;
import io.mooring.transport.internal.receive.StreamPeer;
import io.mooring.transport.settings.FlowSettings;

/**
 * {@link BeanRegistrar} for the channels and endpoints of one connection:
 * {@code <name>.in} with {@code <name>.inboundAdapter}, and {@code <name>.out} with
 * {@code <name>.outboundAdapter}. In gateway mode a listener has an
 * {@code <name>.inboundGateway} instead of the inbound adapter, and a client only an
 * {@code <name>.outboundGateway}. Channels named by the spec replace the created ones.
 */
public class ConnectionAdaptersRegistrar implements BeanRegistrar {

	private final String name;

	private final Direction direction;

	private final boolean listener;

	private final IntegrationSettings integration;

	private final @Nullable String inboundChannel;

	private final @Nullable String outboundChannel;

	private final PayloadSettings payload;

	private final InboundClaim claim = new InboundClaim();

	/**
	 * Create a registrar.
	 * @param spec the spec of the connection, which must be a bean of the same name
	 * @param present tests whether a channel bean with the given name exists and is to be
	 * used as {@code <name>.in} or {@code <name>.out}
	 */
	public ConnectionAdaptersRegistrar(ConnectionSpec spec, Predicate<String> present) {
		this.name = spec.name();
		this.direction = spec.get(FlowSettings.class).direction();
		this.listener = spec.type().isListener();
		this.integration = spec.get(IntegrationSettings.class);
		this.inboundChannel = channel(this.integration.inboundChannel(), ".in", present);
		this.outboundChannel = channel(this.integration.outboundChannel(), ".out", present);
		this.payload = spec.get(PayloadSettings.class);
	}

	/**
	 * Return the arbiter between the adapter and a connection factory.
	 * @return the claim
	 */
	public InboundClaim claim() {
		return this.claim;
	}

	/**
	 * Return the source of the headers for messages from a peer.
	 * @return headers by peer
	 */
	public Function<StreamPeer, Map<String, Object>> headers() {
		return new PeerHeaders(this.name)::headers;
	}

	private @Nullable String channel(@Nullable String given, String suffix, Predicate<String> present) {
		return (given == null && present.test(this.name + suffix)) ? this.name + suffix : given;
	}

	@Override
	public void register(BeanRegistry registry, Environment environment) {
		if (!this.integration.enabled()) {
			return;
		}
		if (this.integration.mode() == IntegrationMode.GATEWAY && !this.listener) {
			registerOutboundGateway(registry);
			return;
		}
		if (this.direction != Direction.SEND) {
			registerInbound(registry);
		}
		if (this.direction != Direction.RECEIVE) {
			registerOutbound(registry);
		}
	}

	private void registerInbound(BeanRegistry registry) {
		String channel = this.inboundChannel;
		if (channel == null) {
			registry.registerBean(this.name + ".in", ConnectionInboundChannel.class,
					(bean) -> bean.supplier((context) -> new ConnectionInboundChannel()));
		}
		if (this.integration.mode() == IntegrationMode.GATEWAY) {
			String bean = this.name + ".inboundGateway";
			registry.registerBean(bean, ConnectionInboundGateway.class, (gateway) -> gateway.infrastructure()
				.supplier((context) -> connect(new ConnectionInboundGateway(context.bean(this.name, Connection.class),
						bean, payloads(context)), context, channel)));
			return;
		}
		String bean = this.name + ".inboundAdapter";
		registry.registerBean(
				bean, ConnectionInboundChannelAdapter.class, (
						adapter) -> adapter.infrastructure()
							.supplier(
									(context) -> connect(
											new ConnectionInboundChannelAdapter(
													context.bean(this.name, Connection.class), bean, payloads(context)),
											context, channel)));
	}

	private <A extends ConnectionInboundChannelAdapter> A connect(A adapter, SupplierContext context,
			@Nullable String channel) {
		if (channel == null) {
			adapter.setOutputChannel(context.bean(this.name + ".in", ConnectionInboundChannel.class));
		}
		else {
			adapter.setOutputChannel(channel(context, "inbound-channel", channel));
		}
		adapter.setClaim(this.claim);
		context.beanProvider(Shutdown.class).ifAvailable(adapter::setShutdown);
		adapter.setErrorChannel(channel(context, "error-channel", this.integration.errorChannel()));
		return adapter;
	}

	private void registerOutbound(BeanRegistry registry) {
		String handler = this.name + ".outboundAdapter.handler";
		registry.registerBean(handler, ConnectionOutboundHandler.class,
				(bean) -> bean.infrastructure()
					.notAutowirable()
					.supplier((context) -> new ConnectionOutboundHandler(context.bean(this.name, Connection.class),
							payloads(context), channel(context, "error-channel", this.integration.errorChannel()))));
		registerConsumer(registry, ".outboundAdapter", handler);
	}

	private void registerOutboundGateway(BeanRegistry registry) {
		String handler = this.name + ".outboundGateway.handler";
		registry.registerBean(handler, ConnectionOutboundGateway.class,
				(bean) -> bean.infrastructure()
					.notAutowirable()
					.supplier((context) -> new ConnectionOutboundGateway(
							context.bean(this.name, MessageConnection.class), this.name + ".outboundGateway",
							this.integration.replyTimeout(), payloads(context))));
		registerConsumer(registry, ".outboundGateway", handler);
	}

	private void registerConsumer(BeanRegistry registry, String suffix, String handler) {
		String channel = this.outboundChannel;
		if (channel == null) {
			registry.registerBean(this.name + ".out", DirectChannel.class,
					(bean) -> bean.supplier((context) -> new DirectChannel()));
		}
		registry.registerBean(this.name + suffix, ConsumerEndpointFactoryBean.class,
				(bean) -> bean.infrastructure().supplier((context) -> {
					ConsumerEndpointFactoryBean endpoint = new ConsumerEndpointFactoryBean();
					endpoint.setHandler(context.bean(handler, MessageHandler.class));
					endpoint.setInputChannel((channel != null) ? channel(context, "outbound-channel", channel)
							: context.bean(this.name + ".out", MessageChannel.class));
					return endpoint;
				}));
	}

	private Payloads payloads(SupplierContext context) {
		return new Payloads(context.bean(this.name, Connection.class), PayloadCodec.of(this.payload, context),
				channel(context, "error-channel", this.integration.errorChannel()));
	}

	private MessageChannel channel(SupplierContext context, String key, String channel) {
		try {
			return context.bean(channel, MessageChannel.class);
		}
		catch (NoSuchBeanDefinitionException ex) {
			if (!channel.equals(ex.getBeanName())) {
				throw ex;
			}
			throw new MissingChannelException("mooring.connections." + this.name + ".integration." + key, channel, ex);
		}
		catch (BeanNotOfRequiredTypeException ex) {
			throw new MissingChannelException("mooring.connections." + this.name + ".integration." + key, channel, ex);
		}
	}

}

package com.example.tail;

import java.util.Set;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.TransportContext;
import io.mooring.transport.TransportFactory;
import io.mooring.transport.stream.FramingSettings;

/**
 * Transport of the type {@code tail}.
 */
public class TailTransportFactory implements TransportFactory {

	/**
	 * The type {@code tail}, as in {@code tail:/var/log/syslog?framing.type=line}.
	 */
	public static final ConnectionType TAIL = ConnectionType.listener("tail", TailConnection.class);

	@Override
	public Set<ConnectionType> getTypes() {
		return Set.of(TAIL);
	}

	@Override
	public Set<Class<?>> getSettings(ConnectionType type) {
		return Set.of(TailSettings.class, FramingSettings.class);
	}

	@Override
	public String getPathKey(ConnectionType type) {
		return "tail.file";
	}

	@Override
	public SupervisedConnection create(ConnectionSpec spec, TransportContext context) {
		return new FileTail(spec, context);
	}

}

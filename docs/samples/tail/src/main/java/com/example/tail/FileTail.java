package com.example.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.mooring.ConnectionSpec;
import io.mooring.binding.InterfaceChange;
import io.mooring.codec.FrameDecoder;
import io.mooring.codec.Framing;
import io.mooring.transport.AbstractMessageConnection;
import io.mooring.transport.MappedMessages;
import io.mooring.transport.TransportContext;
import io.mooring.transport.stream.FramingSettings;

/**
 * Connection that a thread of its own reads.
 */
class FileTail extends AbstractMessageConnection<TailMessage, OpenFile>
		implements TailConnection, MappedMessages<TailMessage> {

	private final TailSettings settings;

	private final Framing framing;

	FileTail(ConnectionSpec spec, TransportContext context) {
		super(spec, context);
		this.settings = spec.get(TailSettings.class);
		this.framing = spec.get(FramingSettings.class).framing(context.beans());
	}

	@Override
	public boolean canSend() {
		return false;
	}

	@Override
	public long position() {
		return requireEndpoint().read();
	}

	@Override
	protected OpenFile openEndpoint() throws IOException {
		return new OpenFile(Path.of(this.settings.file()), this.settings.from() == TailSettings.Position.END);
	}

	@Override
	protected void endpointOpened(OpenFile file) {
		new Thread(() -> follow(file), "tail-" + getName()).start();
	}

	private void follow(OpenFile file) {
		FrameDecoder decoder = this.framing.newDecoder(getSpec().get(FramingSettings.class).maxBytes());
		ByteBuffer buffer = ByteBuffer.allocate(8192);
		List<byte[]> frames = new ArrayList<>();
		long number = 0;
		try {
			while (endpoint() == file) {
				receivingGate().await(() -> endpoint() == file);
				int count = file.read(buffer.clear());
				if (count < 0) {
					file.await(this.settings.interval());
					continue;
				}
				decoder.decode(buffer.array(), 0, count, frames::add);
				for (byte[] frame : frames) {
					deliver(file, new TailMessage(frame, ++number));
				}
				frames.clear();
			}
		}
		catch (ClosedChannelException | InterruptedException ex) {
			// The connection was closed
		}
		catch (IOException | RuntimeException ex) {
			lost(file, ex);
		}
	}

	@Override
	protected void endpointClosing(OpenFile file, boolean requested) {
	}

	@Override
	protected void checkEndpoint(OpenFile file, InterfaceChange change) {
		// A file needs no network
	}

	@Override
	protected byte[] bytes(TailMessage message) {
		return message.payload();
	}

	@Override
	protected TailMessage withBytes(TailMessage message, byte[] bytes) {
		return new TailMessage(bytes, message.number());
	}

	@Override
	protected void sendBytes(byte[] bytes) {
		throw exception("is receive-only: it cannot send");
	}

	@Override
	public byte[] payload(TailMessage message) {
		return message.payload();
	}

	@Override
	public Map<String, Object> headers(TailMessage message) {
		return Map.of("tail_number", message.number());
	}

	@Override
	public void send(byte[] payload, Map<String, Object> headers) {
		sendBytes(payload);
	}

}
